#include "services/overview/tally.h"

#include <algorithm>

#include "base/hash.h"
#include "base/time.h"

namespace witmed::services {
namespace {

uint64_t resident_key(std::string_view id) { return fnv1a(id); }

// fnv1a of the id mixed with the category: 64 bits, so that two of a hundred million pairs meet once in a
// thousand regions.
uint64_t disease_key(uint64_t resident, size_t category) {
  uint64_t x = resident ^ (0xd6e8feb86659fd93ull * (category + 1));
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ull;
  x ^= x >> 32;
  return x;
}

constexpr size_t kNamesKept = 64;  // ways to write one disease that are told apart

// "E11", "E11.900", "I10.x00": the disease without a further word. Its name stands for the category.
bool is_unspecified(std::string_view code) { return code.size() <= 4 || code[4] == '9' || code[4] == 'x'; }

// The most frequent of those without a further word, else of all.
std::string name_of(const std::map<std::string, int64_t>& names) {
  std::string best;
  int64_t most = 0;
  for (const auto& [name, times] : names) {
    const bool unspecified_known = !best.empty() && best[0] == '0';
    if (times <= 0 || (unspecified_known && (name[0] == '1' || times <= most)) ||
        (!unspecified_known && times <= most))
      continue;
    best = name;
    most = times;
  }
  return best.empty() ? best : best.substr(1);
}

size_t oldest_band(size_t bands) { return bands - 1; }

}  // namespace

int Tally::year_of(int32_t day) {
  if (day == kNoDay) return -1;
  int64_t year = civil_from_days(day).year - kFirstYear;
  return year >= 0 && year < kYears ? static_cast<int>(year) : -1;
}

void Tally::count_resident(const Resident& resident, int sign) {
  if (!resident.counted) return;
  residents_ += sign;
  if (!resident.alive) return;
  alive_ += sign;
  if (resident.birth == kNoDay || resident.sex == Sex::unknown) {
    unknown_ += sign;
    return;
  }
  births_[resident.birth][static_cast<size_t>(resident.sex)] += sign;
}

void Tally::count_disease(size_t category, const Resident& resident, int sign) {
  if (!resident.alive || !resident.counted) return;
  int year = year_of(resident.birth);
  if (year < 0) return;
  categories_[category].people[static_cast<size_t>(year)][static_cast<size_t>(resident.sex)] += sign;
}

size_t Tally::category_of(std::string_view code) {
  auto found = std::find_if(categories_.begin(), categories_.end(),
                            [&](const Category& each) { return each.code == code; });
  if (found == categories_.end()) {
    categories_.emplace_back();
    categories_.back().code = code;
    return categories_.size() - 1;
  }
  return static_cast<size_t>(found - categories_.begin());
}

void Tally::resident(std::string_view id, const ResidentFacts& now) {
  const uint64_t key = resident_key(id);
  Resident& kept = residents_by_id_.at(key);
  const Resident before = kept;
  kept = {now.birth, now.sex, now.alive, now.counted, true};
  const Resident after = kept;
  count_resident(before, -1);
  count_resident(after, 1);
  const bool same = before.birth == after.birth && before.sex == after.sex && before.alive == after.alive &&
                    before.counted == after.counted;
  if (same) return;
  for (size_t category = 0; category < categories_.size(); ++category) {
    const uint32_t* entries = entries_by_disease_.find(disease_key(key, category));
    if (entries == nullptr || *entries == 0) continue;
    count_disease(category, before, -1);
    count_disease(category, after, 1);
  }
}

void Tally::visit(const VisitFacts& facts, int sign, int64_t written) {
  if (facts.month == kNoMonth) return;
  months_[facts.month][static_cast<size_t>(facts.type)] += sign;
  if (facts.institution.empty()) return;
  Work& work = work_[facts.institution];
  work.months[facts.month] += sign;
  work.written = std::max(work.written, written);
}

void Tally::diagnosis(const DiagnosisFacts& facts, int sign) {
  Entry& entry = diagnoses_[facts.code.empty() ? facts.name : facts.code];
  entry.times += sign;
  if (entry.name.empty()) entry.name = facts.name;
  const std::string_view code = chronic_category(facts.code);
  if (code.empty()) return;
  const size_t category = category_of(code);
  auto& names = categories_[category].names;
  const std::string name = (is_unspecified(facts.code) ? "0" : "1") + facts.name;
  if (names.size() < kNamesKept || names.contains(name)) names[name] += sign;
  const uint64_t resident = resident_key(facts.patient);
  uint32_t& entries = entries_by_disease_.at(disease_key(resident, category));
  if (sign < 0 && entries == 0) return;
  entries = static_cast<uint32_t>(static_cast<int64_t>(entries) + sign);
  const bool first = sign > 0 && entries == 1, last = sign < 0 && entries == 0;
  const Resident* kept = residents_by_id_.find(resident);
  if ((first || last) && kept != nullptr) count_disease(category, *kept, sign);
}

void Tally::institution(const std::string& id, const InstitutionFacts& now) {
  if (now.name.empty())
    institutions_.erase(id);
  else
    institutions_[id] = now;
}

void Tally::place(const std::string& location, const std::optional<PlaceFacts>& now) {
  if (now)
    places_[location] = *now;
  else
    places_.erase(location);
}

const Tally::Work* Tally::work(const std::string& institution) const {
  auto found = work_.find(institution);
  return found == work_.end() ? nullptr : &found->second;
}

std::vector<Tally::Band> Tally::ages(int32_t day) const {
  std::vector<Band> bands(121);
  const CivilDate today = civil_from_days(day);
  for (const auto& [birth, counts] : births_) {
    const CivilDate born = civil_from_days(birth);
    int64_t age = today.year - born.year;
    if (today.month < born.month || (today.month == born.month && today.day < born.day)) --age;
    if (age < 0) continue;  // a birth date in the future
    Band& band = bands[std::min(static_cast<size_t>(age), oldest_band(bands.size()))];
    band.male += counts[0];
    band.female += counts[1];
  }
  return bands;
}

std::vector<Tally::Disease> Tally::diseases(int year, size_t most) const {
  std::vector<Disease> out;
  for (const Category& category : categories_) {
    Disease disease;
    disease.code = category.code;
    disease.decades.resize(10);
    disease.name = name_of(category.names);
    for (int y = 0; y < kYears; ++y) {
      const auto& people = category.people[static_cast<size_t>(y)];
      const int age = std::max(0, year - (kFirstYear + y));
      Band& band = disease.decades[std::min<size_t>(static_cast<size_t>(age) / 10, 9)];
      band.male += people[0];
      band.female += people[1];
      disease.people += people[0] + people[1] + people[2];
    }
    if (disease.people > 0) out.push_back(std::move(disease));
  }
  std::sort(out.begin(), out.end(), [](const Disease& a, const Disease& b) {
    return a.people != b.people ? a.people > b.people : a.code < b.code;
  });
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<Tally::Diagnosis> Tally::diagnoses(size_t most) const {
  std::vector<Diagnosis> out;
  for (const auto& [code, entry] : diagnoses_)
    if (entry.times > 0) out.push_back({code == entry.name ? std::string() : code, entry.name, entry.times});
  const size_t kept = std::min(most, out.size());
  std::partial_sort(out.begin(), out.begin() + static_cast<ptrdiff_t>(kept), out.end(),
                    [](const Diagnosis& a, const Diagnosis& b) {
                      return a.times != b.times ? a.times > b.times : a.code < b.code;
                    });
  out.resize(kept);
  return out;
}

}  // namespace witmed::services
