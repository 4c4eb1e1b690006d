#include "crash/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace witmed::crash {
namespace {

constexpr std::string_view kPatientMark = "\"multipleBirthInteger\":";
constexpr std::string_view kObservationMark = "\"valueInteger\":";

int after(std::string_view text, std::string_view mark) {
  const size_t at = text.find(mark);
  if (at == std::string_view::npos) return kAbsent;
  int value = kAbsent;
  std::from_chars(text.data() + at + mark.size(), text.data() + text.size(), value);
  return value;
}

uint64_t count_found(support::Client& client, std::string_view nonce) {
  const auto found =
      client.request("GET", fmt::format("/Observation?identifier={}%7C{}&_summary=count", kSystem, nonce));
  if (found.status != 200) throw std::runtime_error(fmt::format("search answered {}", found.status));
  return static_cast<uint64_t>(std::max(0, after(found.body, "\"total\":")));
}

}  // namespace

std::string patient(std::string_view id, int revision) {
  return fmt::format(R"({{"resourceType":"Patient","id":"{}","identifier":[{{"system":"{}","value":"{}"}}],)"
                     R"("name":[{{"family":"Crash","given":["{}"]}}],"birthDate":"1950-01-31",{}{}}})",
                     id, kSystem, id, revision, kPatientMark, revision);
}

std::string observation(std::string_view nonce, int revision, std::string_view subject) {
  return fmt::format(
      R"({{"resourceType":"Observation","identifier":[{{"system":"{}","value":"{}"}}],"status":"final",)"
      R"("code":{{"coding":[{{"system":"http://loinc.org","code":"8867-4"}}]}},"subject":{{"reference":"{}"}},)"
      R"("effectiveDateTime":"2024-05-01T08:00:00Z",{}{}}})",
      kSystem, nonce, subject, kObservationMark, revision);
}

int revision_of(const support::Response& response) {
  if (response.status == 404) return kAbsent;
  if (response.status == 410) return kDeleted;
  if (response.status != 200)
    throw std::runtime_error(fmt::format("a read answered {}: {}", response.status, response.body));
  return std::max(after(response.body, kPatientMark), after(response.body, kObservationMark));
}

void Verdict::add(const Verdict& other) {
  acknowledged += other.acknowledged;
  groups += other.groups;
  faults.insert(faults.end(), other.faults.begin(), other.faults.end());
}

void Ledger::apply(std::string_view event) {
  std::istringstream in{std::string(event)};
  std::string what, name;
  in >> what >> name;
  if (what == "intend") {
    int revision = 0;
    in >> revision;
    Item& item = items_[name];
    item.pending.push_back(revision);
    item.fresh = true;
  } else if (what == "done") {
    Item& item = items_[name];
    in >> item.acknowledged;
    item.pending.clear();
    item.fresh = true;
  } else if (what == "refused") {
    items_[name].pending.pop_back();
  } else if (what == "intend-group") {
    Group group;
    in >> group.count >> group.item >> group.revision;
    Item& item = items_[group.item];
    item.pending.push_back(group.revision);
    item.fresh = true;
    groups_[name] = group;
  } else if (what == "done-group" || what == "refused-group") {
    Group& group = groups_.at(name);
    Item& item = items_[group.item];
    (what == "done-group" ? group.done : group.refused) = true;
    if (group.refused) {
      item.pending.pop_back();
      return;
    }
    item.acknowledged = group.revision;
    item.pending.clear();
  } else {
    throw std::runtime_error(fmt::format("not an event: {}", event));
  }
}

Verdict Ledger::check_item(support::Client& client, const std::string& name, const Item& item) const {
  Verdict verdict;
  const int found = revision_of(client.request("GET", "/" + name));
  if (item.pending.empty()) ++verdict.acknowledged;
  const bool nothing = item.acknowledged == kAbsent && found == kDeleted;  // deleting what never was
  if (found == item.acknowledged || std::ranges::find(item.pending, found) != item.pending.end() || nothing)
    return verdict;
  verdict.faults.push_back(fmt::format(
      "{}: revision {} acknowledged{}, found {}", name, item.acknowledged,
      item.pending.empty() ? "" : fmt::format(", {} under way", fmt::join(item.pending, " ")), found));
  return verdict;
}

Verdict Ledger::check_group(support::Client& client, const std::string& nonce, const Group& group) const {
  Verdict verdict;
  verdict.groups = 1;
  const uint64_t found = count_found(client, nonce), whole = static_cast<uint64_t>(group.count);
  if (group.done ? found != whole : group.refused ? found != 0 : found != 0 && found != whole)
    verdict.faults.push_back(fmt::format("transaction {} ({}): {} of {} there", nonce,
                                         group.done      ? "acknowledged"
                                         : group.refused ? "refused"
                                                         : "under way",
                                         found, whole));
  const auto item = items_.find(group.item);
  const auto& pending = item->second.pending;
  const bool still_under_way =
      !group.done && !group.refused && !pending.empty() && pending.back() == group.revision;
  if (still_under_way) {
    const int revision = revision_of(client.request("GET", "/" + group.item));
    if ((revision == group.revision) != (found == whole))
      verdict.faults.push_back(fmt::format("transaction {} is half there: {} of {}, but {} has revision {}",
                                           nonce, found, whole, group.item, revision));
  }
  return verdict;
}

Verdict Ledger::check(support::Client& client, unsigned stride) const {
  Verdict verdict;
  unsigned n = 0;
  for (const auto& [name, item] : items_)
    if (item.fresh || n++ % stride == 0) verdict.add(check_item(client, name, item));
  for (const auto& [nonce, group] : groups_)
    if (group.fresh || n++ % stride == 0) verdict.add(check_group(client, nonce, group));
  return verdict;
}

void Ledger::rest() {
  for (auto& [name, item] : items_) item.fresh = !item.pending.empty();
  for (auto& [nonce, group] : groups_) group.fresh = !group.done && !group.refused;
}

void Ledger::settle(support::Client& client) {
  for (auto& [nonce, group] : groups_) {
    if (group.fresh && !group.done && !group.refused)
      (count_found(client, nonce) > 0 ? group.done : group.refused) = true;
    group.fresh = false;
  }
  for (auto& [name, item] : items_) {
    if (!item.pending.empty()) item.acknowledged = revision_of(client.request("GET", "/" + name));
    item.pending.clear();
    item.fresh = false;
  }
}

}  // namespace witmed::crash
