// CodeSystem/$lookup, $subsumes, $find-matches.
#include <algorithm>

#include "base/text.h"
#include "terminology/limits.h"
#include "terminology/operations/answer.h"
#include "terminology/operations/operations.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;
using fhir::Value;

[[noreturn]] void refuse(int status, const char* code, const char* kind, std::string text) {
  throw Refusal(status, {Severity::error, code, kind, {}, {}, std::move(text)});
}

// The system that the request names, or that its instance is.
Source named_system(Context& context, const Input& input, const Subject& subject, const Coding& coding) {
  context.required_supplements = context.wishes.supplements;
  const std::string url = subject.system ? subject.system->definition.url : coding.system;
  const std::string version = subject.system ? subject.system->definition.version : coding.version;
  if (url.empty()) refuse(400, "invalid", "invalid-data", "a system is needed: coding, or system and code");
  Source source = context.find(url, version);
  if (!source) {
    const std::string known = context.known_versions(url);
    const Message message = version.empty() ? Message::unknown_system : known.empty() ? Message::unknown_version_none : Message::unknown_version;
    throw Refusal(422, {Severity::error, "not-found", "not-found", {}, message_id(message), context.text(message, {url, version, known})});
  }
  (void)input;
  context.require_supplements({source});
  return source;
}

Coding given_coding(const Input& input) {
  if (const Value& coding = input.value("coding")) return Coding::of(coding);
  return {std::string(input.text("system")), std::string(input.text("version")), std::string(input.text("code")), {}};
}

Place located(const Context& context, const Source& source, const std::string& code) {
  if (const auto found = source.locate(code)) return *found;
  const Message message = source.version().empty() ? Message::unknown_code : Message::unknown_code_version;
  throw Refusal(404, {Severity::error, "not-found", "invalid-code", {}, message_id(message),
                      context.text(message, {code, source.url(), source.version()})});
}

class Lookup {
 public:
  Lookup(Context& context, const Source& source, const Place& place) : wishes_(context.wishes), source_(source), place_(place) {}

  Value run() {
    const auto tags = wishes_.languages().tags();
    const std::vector<Name> names = source_.names(place_, tags.empty() ? std::string_view() : tags.front());
    out_.add("name", "valueString", source_.system().definition.name);
    out_.add("code", "valueCode", place_.code);
    out_.add("system", "valueUri", source_.url());
    if (!source_.version().empty()) out_.add("version", "valueString", source_.version());
    const Name* shown = best_name(names, wishes_.languages());
    if (!shown) shown = best_name(names, {});
    out_.add("display", "valueString", shown ? shown->value : place_.code);
    const std::string definition = source_.definition(place_);
    if (!definition.empty() && wanted("definition")) out_.add("definition", "valueString", definition);
    if (wanted("abstract")) out_.add("abstract", "valueBoolean", Value(source_.abstract(place_)));
    if (wanted("inactive")) property("inactive", "valueBoolean", Value(source_.inactive(place_)));
    if (wanted("designation"))
      for (const Name& each : names) designation(each);
    properties();
    relatives();
    for (const SystemPtr& each : source_.supplements()) out_.add("used-supplement", "valueCanonical", each->definition.canonical());
    return out_.take();
  }

 private:
  bool wanted(std::string_view name) const {
    const auto& all = wishes_.properties;
    return all.empty() || std::any_of(all.begin(), all.end(), [&](const std::string& each) { return each == "*" || equal_nocase(each, name); });
  }

  void property(std::string_view code, std::string_view type, Value value, std::string_view description = {}) {
    Answer parts;
    parts.add("code", "valueCode", Value(code));
    parts.add("value", type, std::move(value));
    if (!description.empty()) parts.add("description", "valueString", Value(description));
    out_.add_parts("property", std::move(parts));
  }

  void designation(const Name& name) {
    Answer parts;
    if (!name.language.empty()) parts.add("language", "valueCode", name.language);
    if (!name.use_code.empty()) {
      Value use = Value::object();
      if (!name.use_system.empty()) use.set("system", name.use_system);
      use.set("code", name.use_code);
      if (!name.use_display.empty()) use.set("display", name.use_display);
      parts.add("use", "valueCoding", std::move(use));
    }
    if (name.supplement) parts.add("source", "valueCanonical", name.supplement->definition.canonical());
    parts.add("value", "valueString", name.value);
    out_.add_parts("designation", std::move(parts));
  }

  void properties() {
    for (const Property& each : source_.properties(place_)) {
      if (each.code == "inactive" || each.code == "parent" || each.code == "child" || !wanted(each.code)) continue;
      auto [type, value] = parameter_value(each);
      property(each.code, type, std::move(value));
    }
  }

  void relatives() {
    const CodeSystem* book = source_.book();
    if (!book) return;
    if (wanted("parent"))
      for (const ConceptId id : book->parents(place_.id)) property("parent", "valueCode", Value(book->code(id)), book->display(id));
    if (wanted("child"))
      for (const ConceptId id : book->children(place_.id)) property("child", "valueCode", Value(book->code(id)), book->display(id));
  }

  const Wishes& wishes_;
  const Source& source_;
  const Place& place_;
  Answer out_;
};

}  // namespace

// A table may hold what is no number where one was announced: it is told as it stands.
static std::pair<std::string_view, Value> number(std::string_view text, std::string_view type) {
  try {
    Value value = Value::parse(text);
    if (value.kind() == fhir::Kind::number) return {type, std::move(value)};
  } catch (const fhir::Rejection&) {
  }
  return {"valueString", Value(text)};
}

std::pair<std::string_view, Value> parameter_value(const Property& property) {
  switch (property.type) {
    case PropertyType::code: return {"valueCode", Value(property.text)};
    case PropertyType::boolean: return {"valueBoolean", Value(property.text == "true")};
    case PropertyType::integer: return number(property.text, "valueInteger");
    case PropertyType::decimal: return number(property.text, "valueDecimal");
    case PropertyType::date_time: return {"valueDateTime", Value(property.text)};
    case PropertyType::coding: {
      Value coding = Value::object();
      if (!property.system.empty()) coding.set("system", property.system);
      if (!property.version.empty()) coding.set("version", property.version);
      coding.set("code", property.text);
      if (!property.display.empty()) coding.set("display", property.display);
      return {"valueCoding", std::move(coding)};
    }
    default: return {"valueString", Value(property.text)};
  }
}

Value lookup(Context& context, const Input& input, const Subject& subject) {
  const Coding coding = given_coding(input);
  if (coding.code.empty()) refuse(400, "required", "invalid-data", "a code is needed: coding, or system and code");
  const Source source = named_system(context, input, subject, coding);
  const Place place = located(context, source, coding.code);
  return Lookup(context, source, place).run();
}

Value subsumes(Context& context, const Input& input, const Subject& subject) {
  Coding a{std::string(input.text("system")), std::string(input.text("version")), std::string(input.text("codeA")), {}}, b = a;
  b.code = input.text("codeB");
  if (const Value& coding = input.value("codingA")) a = Coding::of(coding);
  if (const Value& coding = input.value("codingB")) b = Coding::of(coding);
  if (a.code.empty() || b.code.empty()) refuse(400, "required", "invalid-data", "codeA and codeB, or codingA and codingB, are needed");
  if (!a.system.empty() && !b.system.empty() && a.system != b.system)
    refuse(400, "invalid", "invalid-data", "both codes have to be of one code system");
  const Source source = named_system(context, input, subject, a.system.empty() ? b : a);
  const Place first = located(context, source, a.code), second = located(context, source, b.code);
  std::string_view outcome = "not-subsumed";
  if (first.code == second.code) outcome = "equivalent";
  else if (source.book() && source.book()->is_above(first.id, second.id)) outcome = "subsumes";
  else if (source.book() && source.book()->is_above(second.id, first.id)) outcome = "subsumed-by";
  Answer out;
  out.add("outcome", "valueCode", Value(outcome));
  return out.take();
}

// Codes whose properties have the values given.
Value find_matches(Context& context, const Input& input, const Subject& subject) {
  Coding coding{std::string(input.text("system")), std::string(input.text("version")), {}, {}};
  const Source source = named_system(context, input, subject, coding);
  if (!source.book()) refuse(422, "not-supported", "not-supported", "this code system has no properties");
  ConceptSet asked;
  asked.system = source.url();
  for (const Input::Entry& each : input.entries()) {
    if (each.name != "property" || !each.value) continue;
    Filter filter;
    filter.op = "=";
    for (const Value& part : each.value->at("part").items())
      for (const auto& [name, value] : part.members())
        if (name.starts_with("value"))
          (part.text("name") == "code" ? filter.property : filter.value) =
              value.kind() == fhir::Kind::object ? value.text("code") : value.text();
    if (filter.property == "code") filter.property = "concept";
    asked.filters.push_back(std::move(filter));
  }
  if (asked.filters.empty()) refuse(400, "required", "invalid-data", "a property is needed");
  const auto bits = context.chosen(asked, source, "property");
  Answer out;
  uint32_t left = kExpansionWhole;
  for (ConceptId id = bits->next(0); id != kNoConcept && left > 0; id = bits->next(id + 1), --left) {
    Value match = Value::object({{"system", source.url()}});
    if (!source.version().empty()) match.set("version", source.version());
    match.set("code", source.book()->code(id));
    if (const std::string_view display = source.book()->display(id); !display.empty()) match.set("display", display);
    Answer parts;
    parts.add("code", "valueCoding", std::move(match));
    out.add_parts("match", std::move(parts));
  }
  return out.take();
}

}  // namespace witmed::terminology
