// What the plausibility checks have in common: walks over the county of county_record.h, means, pairs.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "generate/calendar.h"
#include "generate/county_record.h"

namespace witmed::generate {

inline int32_t age_at(const Resident& person, const std::string& when) {
  return age_on(parse_day(person.true_birth), parse_day(when.substr(0, 10)));
}

template <class Visit>
void each(std::string_view type, Visit visit) {
  for (const auto& [id, resident] : county().residents) {
    for (size_t index : county().of_resident.at(id)) {
      const Item& item = county().items[index];
      if (type.empty() || item.type == type) visit(resident, item);
    }
  }
}

// Mean of a value, over those items that `choose` takes.
template <class Choose>
double mean(std::string_view code, Choose choose, uint32_t least = 20) {
  double sum = 0;
  uint32_t count = 0;
  each("Observation", [&](const Resident& resident, const Item& item) {
    if (item.code != code || !choose(resident, item)) return;
    sum += code == "85354-9" ? item.systolic : item.value;
    ++count;
  });
  EXPECT_GE(count, least) << code;
  return sum / std::max(count, 1u);
}

// Date of diagnosis of a disease on the problem list, by resident.
inline std::map<std::string, std::string> onset_of(std::string_view icd) {
  std::map<std::string, std::string> onset;
  each("Condition", [&](const Resident& resident, const Item& item) {
    if (item.code == icd && !onset.count(resident.id)) onset[resident.id] = item.start;
  });
  return onset;
}

// Values of two codes measured at the same moment of a visit.
inline std::vector<std::pair<double, double>> pairs(std::string_view a, std::string_view b) {
  std::vector<std::pair<double, double>> found;
  for (const auto& [id, indices] : county().of_resident) {
    std::map<std::string, double> first;
    for (size_t index : indices) {
      const Item& item = county().items[index];
      if (item.type != "Observation" || !item.has_value || item.encounter.empty()) continue;
      if (item.code == a) first[item.encounter + item.start] = item.value;
    }
    for (size_t index : indices) {
      const Item& item = county().items[index];
      if (item.type != "Observation" || item.code != b) continue;
      auto match = first.find(item.encounter + item.start);
      if (match != first.end()) found.emplace_back(match->second, item.value);
    }
  }
  return found;
}

inline double correlation(const std::vector<std::pair<double, double>>& points) {
  double n = static_cast<double>(points.size()), x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (auto [a, b] : points) x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
  return (n * xy - x * y) / std::sqrt((n * xx - x * x) * (n * yy - y * y));
}

// Whether somebody has a disease on his list on a day.
inline bool had(const std::map<std::string, std::string>& onset, const Resident& person,
                const std::string& when) {
  auto found = onset.find(person.id);
  return found != onset.end() && found->second.substr(0, 10) <= when.substr(0, 10);
}

}  // namespace witmed::generate
