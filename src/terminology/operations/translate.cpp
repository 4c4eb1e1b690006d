// ConceptMap/$translate: R4's parameters, and R5's names for them.
#include <algorithm>
#include <set>

#include "terminology/choose.h"
#include "terminology/operations/answer.h"
#include "terminology/operations/operations.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;
using fhir::Value;

constexpr int kOtherMaps = 5;  // maps that refer on to another for what they do not know

// What is asked: concepts, from which side, and where to.
struct Question {
  std::vector<Coding> codings;
  bool reverse = false;   // the codes are targets
  bool r5 = false;        // asked in R5's words
  std::string source_scope, target_scope, target_system;
  std::vector<MapProduct> depends_on;
};

void add_codings(const Input& input, std::string_view coding, std::string_view concept_name, std::string_view code, std::string_view system,
                 std::string_view version, Question& out) {
  if (const Value& given = input.value(coding)) out.codings.push_back(Coding::of(given));
  else if (const Value& whole = input.value(concept_name))
    for (const Value& each : whole.at("coding").items()) out.codings.push_back(Coding::of(each));
  else if (const std::string_view text = input.text(code); !text.empty())
    out.codings.push_back({std::string(input.text(system)), std::string(input.text(version)), std::string(text), {}});
}

Question read(const Input& input) {
  Question out;
  add_codings(input, "sourceCoding", "sourceCodeableConcept", "sourceCode", input.has("sourceSystem") ? "sourceSystem" : "system", "version", out);
  out.r5 = !out.codings.empty();
  if (out.codings.empty()) {
    add_codings(input, "targetCoding", "targetCodeableConcept", "targetCode", "targetSystem", "targetVersion", out);
    out.r5 = out.reverse = !out.codings.empty();
  }
  if (out.codings.empty()) add_codings(input, "coding", "codeableConcept", "code", "system", "version", out);
  if (out.codings.empty())
    throw Refusal(400, {Severity::error, "required", "invalid-data", {}, {}, "a code is needed: code and system, coding or codeableConcept"});
  out.source_scope = input.text("sourceScope", "source");
  out.target_scope = input.text("targetScope", "target");
  out.target_system = input.text("targetSystem", "targetsystem");
  if (out.r5 && out.reverse) out.target_system = input.text("sourceSystem", "system");
  if (input.flag("reverse")) {
    out.reverse = true;
    std::swap(out.source_scope, out.target_scope);
  }
  for (const Input::Entry& each : input.entries()) {
    if (each.name != "dependency" || !each.value) continue;
    MapProduct needed;
    for (const Value& part : each.value->at("part").items())
      for (const auto& [name, value] : part.members()) {
        if (part.text("name") == "element" || part.text("name") == "attribute") {
          if (name.starts_with("value")) needed.property = value.text();
        } else if (name == "valueCodeableConcept" && !value.at("coding").items().empty()) {
          needed.code = value.at("coding").items().front().text("code");
        } else if (name.starts_with("value")) {
          needed.code = value.kind() == fhir::Kind::object ? value.text("code") : value.text();
        }
      }
    out.depends_on.push_back(std::move(needed));
  }
  return out;
}

class Translation {
 public:
  Translation(Context& context, const Question& question) : context_(context), question_(question) {}

  void look(const ConceptMap& map, const Coding& coding, int depth) {
    if (!seen_.emplace(&map, coding.system + "|" + coding.code).second) return;  // maps may lead to each other
    check_deadline(context_.wishes.deadline);
    const MapBook& book = map.book();
    for (uint32_t i = 0; i < book.groups(); ++i) {
      const MapBookGroup group = book.group(i);
      if (!fits(group, coding)) continue;
      if (question_.reverse) {
        for (const MapBookPair& pair : book.to(i, coding.code)) tell(map, group, pair, coding);
        continue;
      }
      const std::vector<MapBookPair> pairs = book.from(i, coding.code);
      for (const MapBookPair& pair : pairs)
        if (!pair.code.empty()) tell(map, group, pair, coding);  // without: known to have none
      if (pairs.empty()) unmapped(map, group, coding, depth);
    }
  }

  Value take() {
    Answer out;
    out.add("result", "valueBoolean", Value(matched_));
    if (!matched_) {
      const bool zh = context_.wishes.tongue == Tongue::zh;
      out.add("message", "valueString", zh ? "没有找到对应的代码" : "no match was found");
    }
    for (Answer& each : matches_) out.add_parts("match", std::move(each));
    return out.take();
  }

 private:
  bool fits(const MapBookGroup& group, const Coding& coding) const {
    const std::string_view from = question_.reverse ? group.target : group.source, to = question_.reverse ? group.source : group.target;
    const std::string_view version = question_.reverse ? group.target_version : group.source_version;
    if (!from.empty() && !coding.system.empty() && from != coding.system) return false;
    if (!version.empty() && !coding.version.empty() && !version_matches(version, coding.version)) return false;
    return question_.target_system.empty() || to.empty() || to == question_.target_system;
  }

  // Every dependency of the target has to be among those given.
  bool meets(const MapBookPair& pair) const {
    const std::vector<MapProduct> all = depends_on(pair);
    return std::all_of(all.begin(), all.end(), [&](const MapProduct& needed) {
      return std::any_of(question_.depends_on.begin(), question_.depends_on.end(),
                         [&](const MapProduct& given) { return given.property == needed.property && given.code == needed.code; });
    });
  }

  void tell(const ConceptMap& map, const MapBookGroup& group, const MapBookPair& pair, const Coding& coding) {
    if (!question_.reverse && !meets(pair)) return;
    const auto coding_of = [](auto system, auto version, auto code, auto display) {
      return Coding{std::string(system), std::string(version), std::string(code), std::string(display)};
    };
    const Coding other = question_.reverse ? coding_of(group.source, group.source_version, pair.source_code, pair.source_display)
                                           : coding_of(group.target, group.target_version, pair.code, pair.display);
    add(map, other, coding, pair.equivalence, std::string(pair.comment), products(pair));
  }

  void unmapped(const ConceptMap& map, const MapBookGroup& group, const Coding& coding, int depth) {
    if (group.unmapped_mode == "provided") {
      add(map, {std::string(group.target), std::string(group.target_version), coding.code, coding.display}, coding, "equal", {}, {});
    } else if (group.unmapped_mode == "fixed") {
      add(map, {std::string(group.target), std::string(group.target_version), std::string(group.unmapped_code), std::string(group.unmapped_display)},
          coding, "relatedto", {}, {});
    } else if (group.unmapped_mode == "other-map" && depth < kOtherMaps) {
      const Canonical wanted = split_canonical(group.unmapped_url);
      for (const auto& held : context_.library.concept_maps())
        if (held->label.url == wanted.url && version_matches(wanted.version, held->label.version) && held->get())
          return look(*held->get(), coding, depth + 1);
    }
  }

  void add(const ConceptMap& map, const Coding& other, const Coding& asked, std::string_view equivalence, const std::string& comment,
           const std::vector<MapProduct>& products) {
    const auto coding_value = [](const Coding& from) {
      Value coding = Value::object();
      if (!from.system.empty()) coding.set("system", from.system);
      if (!from.version.empty()) coding.set("version", from.version);
      coding.set("code", from.code);
      if (!from.display.empty()) coding.set("display", from.display);
      return coding;
    };
    const std::string_view seen = question_.reverse && !question_.r5 ? turned(equivalence) : equivalence;
    Answer parts;
    parts.add("equivalence", "valueCode", Value(seen));
    if (question_.r5) parts.add("relationship", "valueCode", Value(relationship_of(seen)));
    const bool turned_r5 = question_.reverse && question_.r5;  // R5 tells both sides as they stand in the map
    parts.add("concept", "valueCoding", coding_value(turned_r5 ? asked : other));
    if (turned_r5) parts.add("source", "valueCoding", coding_value(other));
    for (const MapProduct& each : products) {
      Answer inner;
      inner.add("element", "valueUri", each.property);
      inner.add("concept", "valueCoding", coding_value({each.system, {}, each.code, each.display}));
      parts.add_parts("product", std::move(inner));
    }
    if (question_.r5) parts.add("originMap", "valueCanonical", map.definition.canonical());
    else parts.add("source", "valueUri", map.definition.canonical());
    if (!comment.empty()) parts.add("comment", "valueString", comment);
    matches_.push_back(std::move(parts));
    if (seen != "unmatched" && seen != "disjoint") matched_ = true;
  }

  Context& context_;
  const Question& question_;
  std::vector<Answer> matches_;
  std::set<std::pair<const ConceptMap*, std::string>> seen_;  // map and code looked at
  bool matched_ = false;
};

bool in_scope(const ConceptMap& map, const Question& question) {
  const std::string &source = question.reverse ? map.target_scope : map.source_scope, &target = question.reverse ? map.source_scope : map.target_scope;
  const auto same = [](const std::string& wanted, const std::string& is) {
    const Canonical a = split_canonical(wanted), b = split_canonical(is);
    return wanted.empty() || (a.url == b.url && (a.version.empty() || b.version.empty() || version_matches(a.version, b.version)));
  };
  return same(question.source_scope, source) && same(question.target_scope, target);
}

}  // namespace

Value translate(Context& context, const Input& input, const Subject& subject) {
  const Question question = read(input);
  std::vector<std::shared_ptr<const ConceptMap>> maps;
  const Canonical url = split_canonical(input.text("url"));
  const std::string_view version = input.text("conceptMapVersion").empty() ? url.version : input.text("conceptMapVersion");
  if (subject.map) {
    maps.push_back(subject.map);
  } else {
    for (const auto& held : context.library.concept_maps()) {
      if (!url.url.empty() && (held->label.url != url.url || !version_matches(version, held->label.version))) continue;
      const auto& map = held->get();
      if (map && (!url.url.empty() || in_scope(*map, question))) maps.push_back(map);
    }
    if (maps.empty() && !url.url.empty())
      throw Refusal(404, {Severity::error, "not-found", "not-found", {}, {}, "A definition for the ConceptMap '" + std::string(url.url) + "' could not be found"});
  }
  Translation translation(context, question);
  for (const auto& map : maps)
    for (const Coding& coding : question.codings) translation.look(*map, coding, 0);
  return translation.take();
}

}  // namespace witmed::terminology
