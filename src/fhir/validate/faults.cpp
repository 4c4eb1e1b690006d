#include "fhir/validate/faults.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>

#include "fhir/json/fault.h"

namespace witmed::fhir {
namespace {

constexpr size_t kNameLength = 48;  // R4's longest element name has 37 characters

// Edit distance (insert, delete, replace, exchange of neighbours), both texts at most kNameLength.
size_t distance(std::string_view a, std::string_view b) {
  std::array<std::array<uint8_t, kNameLength + 1>, kNameLength + 1> d;
  for (size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<uint8_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    d[i][0] = static_cast<uint8_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int edit = std::min({d[i - 1][j - 1] + (a[i - 1] != b[j - 1]), d[i - 1][j] + 1, d[i][j - 1] + 1});
      const bool exchange = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      d[i][j] = static_cast<uint8_t>(exchange ? std::min(edit, d[i - 2][j - 2] + 1) : edit);
    }
  }
  return d[a.size()][b.size()];
}

// Issue::rule is a literal. Keys of profiles are not: each is kept once, and no more of them than real ones are.
const char* lasting(const std::string& key) {
  constexpr size_t kKeys = 100'000, kLength = 64;
  static std::mutex mutex;
  static std::set<std::string> kept;
  const std::lock_guard lock(mutex);
  const auto known = kept.find(key);
  if (known != kept.end()) return known->c_str();
  return key.size() > kLength || kept.size() >= kKeys ? "invariant" : kept.insert(key).first->c_str();
}

}  // namespace

void Faults::add(Fault fault) {
  const bool error = fault.severity >= Severity::error;
  if (error ? full() : !warnings_ || found_.size() - errors_ >= limit_) return;
  // What R4 and a profile, or two profiles, say alike is one fault.
  const bool told = std::any_of(found_.begin(), found_.end(), [&](const Fault& known) {
    return known.at == fault.at && known.rule == fault.rule && known.en == fault.en;
  });
  if (told) return;
  errors_ += error;
  if (!muted_) found_.push_back(std::move(fault));
}

void Faults::forget(Node node) {
  const uint32_t begin = node.offset(), end = begin + static_cast<uint32_t>(node.raw().size());
  std::erase_if(found_, [&](const Fault& fault) {
    const bool here = fault.at.offset() >= begin && fault.at.offset() < end;
    errors_ -= here && fault.severity >= Severity::error;
    return here;
  });
}

bool Faults::within(Node node) const {
  const uint32_t begin = node.offset(), end = begin + static_cast<uint32_t>(node.raw().size());
  return std::any_of(found_.begin(), found_.end(), [&](const Fault& fault) {
    const uint32_t at = (fault.shown ? fault.shown : fault.at).offset();
    return fault.severity >= Severity::error && at >= begin && at < end;
  });
}

std::vector<Issue> Faults::take() {
  std::vector<Issue> out;
  if (found_.empty()) return out;
  const Document& document = found_[0].at.document();
  const auto shown = [](const Fault& fault) { return (fault.shown ? fault.shown : fault.at).offset(); };
  std::stable_sort(found_.begin(), found_.end(),
                   [&](const Fault& a, const Fault& b) { return shown(a) < shown(b); });
  size_t warnings = limit_ - std::min(limit_, errors_);
  std::erase_if(found_, [&](const Fault& fault) { return fault.severity < Severity::error && (warnings == 0 || warnings-- == 0); });
  std::vector<uint32_t> offsets;
  for (const Fault& fault : found_) offsets.push_back(shown(fault));
  const auto places = places_in(document.text(), offsets);
  for (size_t i = 0; i < found_.size(); ++i) {
    Fault& fault = found_[i];
    Issue issue{fault.severity, fault.code, std::move(fault.en), std::move(fault.zh), document.path(fault.at)};
    issue.line = places[i].line;
    issue.column = places[i].column;
    issue.rule = lasting(fault.rule);
    out.push_back(std::move(issue));
  }
  return out;
}

std::string_view nearest_name(std::string_view written, const Type& type) {
  std::string_view best;
  size_t nearest = std::min<size_t>(2, written.size() / 3) + 1;
  if (written.size() > kNameLength) return best;
  for (const Element& element : type.elements) {
    const std::string_view name = Definitions::r4().text(element.name);
    const size_t d = name.size() <= kNameLength ? distance(written, name) : kNameLength;
    if (d < nearest) {
      nearest = d;
      best = name;
    }
  }
  return best;
}

std::string excerpt(Node node) {
  const std::string_view raw = node.raw();
  size_t end = 0, characters = 0;
  for (; end < raw.size() && characters < 40; ++characters) {
    ++end;
    while (end < raw.size() && (raw[end] & 0xC0) == 0x80) ++end;
  }
  return std::string(raw.substr(0, end)) + (end < raw.size() ? "…" : "");
}

KindName kind_name(Kind kind) {
  switch (kind) {
    case Kind::null: return {"null", "null"};
    case Kind::boolean: return {"a boolean", "布尔值"};
    case Kind::number: return {"a number", "数字"};
    case Kind::string: return {"a string", "字符串"};
    case Kind::array: return {"an array", "数组"};
    case Kind::object: return {"an object", "对象"};
  }
  return {"", ""};
}

}  // namespace witmed::fhir
