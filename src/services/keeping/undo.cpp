// Provenance/[id]/$undo: an act of keeping taken back. What it made is deleted, what it changed stands again
// as before; the history keeps both. Refused when something has changed since: then it is corrected by hand.
#include "base/text.h"
#include "fhir/issue.h"
#include "services/keeping/change.h"
#include "services/keeping/find.h"
#include "services/keeping/keeping.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Rejection;

struct Target {
  std::string type, id;
  uint64_t version;
};

Target read_target(std::string_view reference) {
  const size_t slash = reference.find('/'), history = reference.find("/_history/");
  if (slash == std::string_view::npos || history == std::string_view::npos || history <= slash)
    throw Rejection(422, "business-rule", "this act does not say which versions it made",
                    "该操作没有记下它写入的版本，不能撤销");
  return {std::string(reference.substr(0, slash)),
          std::string(reference.substr(slash + 1, history - slash - 1)),
          parse_unsigned(reference.substr(history + 10)).value_or(0)};
}

// What else is written about a resident who was made by this act.
void refuse_used(const Request& request, const std::vector<Target>& targets, const Target& patient) {
  const auto page =
      request.record.everything(request.access, patient.id, {}, std::nullopt, std::nullopt, 200, {});
  for (const auto& match : page.matches) {
    if (match.mode != record::Page::Match::Mode::match) continue;
    const std::string_view type = fhir::Definitions::r4().type(match.version.type).name;
    bool ours = type == "Provenance" || type == "Group";
    for (const Target& each : targets) ours = ours || (each.type == type && each.id == match.version.id);
    if (!ours)
      throw Rejection(409, "business-rule",
                      "something was written about Patient/" + patient.id + " since: " + std::string(type) +
                          "/" + match.version.id,
                      "之后已有关于 Patient/" + patient.id + " 的记录（" + std::string(type) + "/" +
                          match.version.id + "），不能撤销；请改用更正或迁出");
  }
}

// Others may have joined the household since: only those whom this act put there leave it.
void leave_household(Change& change, const record::Version& household, const std::vector<Target>& targets) {
  Value group = Value::parse(*household.text), kept;
  for (const Value& member : group.at("member").items()) {
    bool ours = false;
    for (const Target& each : targets)
      ours =
          ours || (each.version == 1 && member.at("entity").text("reference") == each.type + "/" + each.id);
    if (!ours) kept.add(member);
  }
  if (!kept) return change.remove(household);
  group.set("member", kept);
  change.update(household, std::move(group));
}

}  // namespace

Plan undo(const Request& request) {
  const auto act = current(request);
  if (request.text("reason").empty()) throw Rejection(422, "required", "say why: reason", "请说明理由");
  const Value provenance = Value::parse(*act.text);
  std::vector<Target> targets;
  for (const Value& each : provenance.at("target").items())
    targets.push_back(read_target(each.text("reference")));

  Change change(request, {"undo", "撤销"});
  for (const Target& each : targets) {
    const auto now = request.record.read(request.access, fhir::Definitions::r4().type_id(each.type), each.id);
    const std::string name = each.type + "/" + each.id;
    if (now && !now->removed() && each.type == "Group") {
      leave_household(change, *now, targets);
      continue;
    }
    if (!now || now->version != each.version || now->removed())
      throw Rejection(409, "conflict", name + " has changed since: correct it by hand",
                      name + " 之后又有改动，不能撤销；请逐项更正");
    if (each.version == 1) {
      if (each.type == "Patient") refuse_used(request, targets, each);
      change.remove(*now);
      continue;
    }
    const auto before = request.record.vread(request.access, now->type, each.id, each.version - 1);
    if (!before || !before->text)
      throw Rejection(409, "conflict", name + " has no version before", name + " 没有更早的版本");
    change.update(*now, Value::parse(*before->text));
  }
  for (const Value& tag : provenance.at("meta").at("tag").items())
    change.tag(tag.text("system"), std::string(tag.text("code")) + "-undone");
  change.stands_on("removal", "Provenance/" + request.id + "/_history/" + std::to_string(act.version));
  return change.plan({});
}

}  // namespace witmed::keeping
