#include "terminology/operations/closure.h"

#include <algorithm>
#include <charconv>

#include "base/clock.h"
#include "terminology/limits.h"
#include "terminology/operations/coded.h"
#include "terminology/operations/outcome.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;
using fhir::Value;

[[noreturn]] void refuse(int status, const char* code, std::string text) {
  throw Refusal(status, {Severity::error, code, "invalid-data", {}, {}, std::move(text)});
}

uint32_t read_version(std::string_view text) {
  uint32_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) refuse(400, "value", "version: a number of the closure table is expected");
  return out;
}

}  // namespace

void ClosureTables::Table::add(const Library& library, const std::string& system, const std::string& code, int64_t deadline) {
  if (!library.system(system, {})) refuse(404, "not-found", "the code system is not here: " + system);
  OfSystem& its = systems[system];
  if (std::find(its.codes.begin(), its.codes.end(), code) != its.codes.end()) return;
  if (library.subsumes(system, code, code) != fhir::Known::yes) refuse(422, "code-invalid", "the code system has no such code: " + code);
  if (++codes > kClosureCodes) refuse(422, "too-costly", "the closure table is full");
  const std::string& added = its.codes.emplace_back(code);
  const auto relate = [&](std::string_view below, std::string_view above) {
    if (library.subsumes(system, above, below) != fhir::Known::yes) return;
    if (++relations > kClosureRelations) refuse(422, "too-costly", "the closure table is full");
    its.relations.push_back({below, above, version});
  };
  for (const std::string& other : its.codes) {
    if (&other == &added) continue;
    if (deadline > 0 && steady_micros() > deadline) refuse(503, "timeout", "this takes too long");
    relate(added, other);
    relate(other, added);
  }
}

ClosureTables::Mark ClosureTables::Table::mark() const {
  Mark out{version, codes, relations, {}};
  for (const auto& [system, its] : systems) out.sizes[system] = {its.codes.size(), its.relations.size()};
  return out;
}

void ClosureTables::Table::back_to(const Mark& mark) {
  version = mark.version;
  codes = mark.codes;
  relations = mark.relations;
  for (auto& [system, its] : systems) {
    const auto known = mark.sizes.find(system);
    const auto [first_code, first_relation] = known == mark.sizes.end() ? std::pair<size_t, size_t>() : known->second;
    its.relations.erase(its.relations.begin() + static_cast<ptrdiff_t>(first_relation), its.relations.end());
    its.codes.erase(std::next(its.codes.begin(), static_cast<ptrdiff_t>(first_code)), its.codes.end());
  }
}

Value ClosureTables::Table::since(uint32_t from) const {
  Value groups = Value::list();
  for (const auto& [system, its] : systems) {
    std::map<std::string_view, Value> targets;
    for (const Relation& each : its.relations) {
      if (each.since <= from) continue;
      Value& list = targets.try_emplace(each.code, Value::list()).first->second;
      list.add(Value::object({{"code", Value(each.ancestor)}, {"equivalence", "subsumes"}}));
    }
    Value elements = Value::list();
    for (auto& [code, list] : targets) elements.add(Value::object({{"code", Value(code)}, {"target", std::move(list)}}));
    if (!elements.items().empty())
      groups.add(Value::object({{"source", Value(system)}, {"target", Value(system)}, {"element", std::move(elements)}}));
  }
  Value out = Value::object({{"resourceType", "ConceptMap"}});
  out.set("version", Value(std::to_string(version)));
  out.set("name", Value(name));
  out.set("status", "active");
  out.set("experimental", Value(true));
  if (!groups.items().empty()) out.set("group", std::move(groups));
  return out;
}

ClosureTables::Table& ClosureTables::table(std::string_view name) {
  const auto at = std::find_if(tables_.begin(), tables_.end(), [&](const Table& each) { return each.name == name; });
  if (at == tables_.end()) refuse(404, "not-found", "there is no such closure table; begin it by its name alone: " + std::string(name));
  tables_.splice(tables_.begin(), tables_, at);
  return tables_.front();
}

Value ClosureTables::answer(const Library& library, const Input& input, int64_t deadline) {
  const std::string_view name = input.text("name");
  if (name.empty()) refuse(400, "required", "a name of the closure table is needed");
  std::lock_guard lock(mutex_);
  if (input.has("version")) return table(name).since(read_version(input.text("version")));
  if (!input.has("concept")) {
    tables_.remove_if([&](const Table& each) { return each.name == name; });
    tables_.push_front(Table{.name = std::string(name)});
    if (tables_.size() > kClosureTables) tables_.pop_back();
    return tables_.front().since(0);
  }
  Table& its = table(name);
  const Mark before = its.mark();
  ++its.version;
  try {
    for (const Input::Entry& each : input.entries()) {
      if (each.name != "concept" || !each.value) continue;
      const Coding coding = Coding::of(*each.value);
      its.add(library, coding.system, coding.code, deadline);
    }
  } catch (...) {
    its.back_to(before);  // all of them or none: what is told once is not told again
    throw;
  }
  return its.since(before.version);
}

}  // namespace witmed::terminology
