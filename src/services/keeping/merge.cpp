// Patient/[id]/$merge: two records of one person become one. What was written about the first goes over to the
// second; the first stays, inactive, and says by which it is replaced (Patient.link). The Provenance names every
// version it made, so that the whole is taken back by $undo as long as none of them has changed.
#include <set>

#include "fhir/issue.h"
#include "services/keeping/change.h"
#include "services/keeping/find.h"
#include "services/keeping/keeping.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Rejection;

constexpr uint32_t kPage = 500;
constexpr size_t kEntries = 8000;  // of one record, in one transaction

std::set<std::string> resident_numbers(const Value& patient) {
  std::set<std::string> numbers;
  for (const Value& each : patient.at("identifier").items())
    if (each.text("system") == systems::kResidentNumber && each.text("use") != "old")
      numbers.emplace(each.text("value"));
  return numbers;
}

void judge(const Value& from, const Value& into) {
  for (const Value* patient : {&from, &into})
    for (const Value& each : patient->at("link").items())
      if (each.text("type") == "replaced-by")
        throw Rejection(409, "business-rule", "one of the two is merged already", "其中一份档案已并入别处");
  const auto one = resident_numbers(from), other = resident_numbers(into);
  if (one.empty() || other.empty()) return;
  for (const std::string& number : one)
    if (other.contains(number)) return;
  throw Rejection(409, "business-rule",
                  "their identity numbers differ: two people, or one of the numbers must be corrected first",
                  "两份档案的公民身份号码不同：不是同一人，或须先更正其中一个");
}

void link(Value& patient, std::string_view other, std::string_view type) {
  Value links = patient.at("link");
  links.add(Value::object({{"other", reference("Patient", other)}, {"type", type}}));
  patient.set("link", links);
}

// Numbers and names that only the replaced record has are found under the one that stays.
void take_over(Value& into, const Value& from) {
  Value numbers = into.at("identifier"), names = into.at("name");
  for (const Value& each : from.at("identifier").items()) {
    bool there = false;
    for (const Value& own : numbers.items())
      there = there || (own.text("system") == each.text("system") && own.text("value") == each.text("value"));
    if (!there) numbers.add(each);
  }
  for (const Value& each : from.at("name").items()) {
    bool there = each.text("text").empty();
    for (const Value& own : names.items()) there = there || own.text("text") == each.text("text");
    if (there) continue;
    Value former = each;
    former.set("use", "old");
    names.add(former);
  }
  if (numbers) into.set("identifier", numbers);
  if (names) into.set("name", names);
}

// A household that held both holds the one person once.
void once_each(Value& group) {
  std::set<std::string> seen;
  Value kept;
  for (const Value& member : group.at("member").items())
    if (seen.emplace(member.at("entity").text("reference")).second) kept.add(member);
  if (kept) group.set("member", kept);
}

// What refers to the resident, but for who did what when: that stays as it was written.
std::vector<record::Version> entries(const Request& request, const std::string& id, const std::string& other) {
  std::vector<record::Version> list;
  std::string cursor;
  do {
    auto page =
        request.record.everything(request.access, id, {}, std::nullopt, std::nullopt, kPage, cursor);
    for (auto& match : page.matches) {
      if (match.mode != record::Page::Match::Mode::match || !match.version.text) continue;
      const std::string_view type = fhir::Definitions::r4().type(match.version.type).name;
      if (type == "Provenance" || type == "AuditEvent") continue;
      if (type == "Patient" && (match.version.id == id || match.version.id == other)) continue;
      list.push_back(std::move(match.version));
      if (list.size() > kEntries)
        throw Rejection(422, "too-costly", "too much is written about this resident to be merged at once",
                        "这份档案的记录过多，不能一次合并");
    }
    cursor = page.next;
  } while (!cursor.empty());
  return list;
}

}  // namespace

Plan merge_resident(const Request& request) {
  const auto version = current(request);
  if (request.text("reason").empty()) throw Rejection(422, "required", "say why: reason", "请说明理由");
  const std::string into = id_of("Patient", std::string(request.value("into").text("reference")));
  if (into == request.id)
    throw Rejection(422, "value", "a record cannot be merged into itself", "不能并入自己");
  const auto target = current(request, "Patient", into);
  Value from = Value::parse(*version.text), stays = Value::parse(*target.text);
  judge(from, stays);

  Change change(request, {"merge", "合并档案"});
  take_over(stays, from);
  link(stays, request.id, "replaces");
  change.update(target, std::move(stays));
  from.set("active", Value(false));
  link(from, into, "replaced-by");
  change.update(version, std::move(from));
  const std::map<std::string, std::string> moved = {{"Patient/" + request.id, "Patient/" + into}};
  for (const auto& each : entries(request, request.id, into)) {
    Value resource = Value::parse(*each.text);
    if (!repoint(resource, moved)) continue;
    if (resource.text("resourceType") == "Group") once_each(resource);
    change.update(each, std::move(resource));
  }
  return change.plan({"resource", "replaced"});
}

}  // namespace witmed::keeping
