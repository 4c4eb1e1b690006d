#include "fhir/validate/questionnaire/answer_rules.h"

#include <charconv>

#include "fhir/validate/names.h"
#include "fhir/validate/run.h"

namespace witmed::fhir {
namespace {

constexpr std::string_view kSdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";

std::optional<uint32_t> number_of(Node node) {
  uint32_t out = 0;
  if (!node || node.kind() != Kind::number) return std::nullopt;
  const std::string_view text = node.raw();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

std::string string_of(Node node) { return node && node.kind() == Kind::string ? node.string() : std::string(); }

// The values of an extension that may stand several times.
std::vector<Node> all_of(Node item, std::string_view name) {
  const Names& names = Names::get();
  constexpr std::string_view kCore = "http://hl7.org/fhir/StructureDefinition/";
  std::vector<Node> out;
  const Node list = list_in(item, names.extension);
  if (!list) return out;
  for (Node each : list) {
    const std::string url = text_in(each, names.url);
    if (!url.starts_with(kCore) || std::string_view(url).substr(kCore.size()) != name) continue;
    for (Node member : each) {
      if (member.key().starts_with("value")) out.push_back(member);
    }
  }
  return out;
}

Node first_of(Node a, Node b) { return a ? a : b; }

// Codes of `concept` or `contains`, with those below them.
bool has_code(Node owner, std::string_view list_name, std::string_view code, std::string_view system, uint64_t& work) {
  const Names& names = Names::get();
  const Node list = owner[list_name];
  if (!list || list.kind() != Kind::array) return false;
  for (Node each : list) {
    ++work;
    if (each.kind() != Kind::object) continue;
    if (text_in(each, names.code) == code && (system.empty() || text_in(each, names.system) == system)) return true;
    if (list_name == "contains" && has_code(each, list_name, code, system, work)) return true;
  }
  return false;
}

}  // namespace

AnswerRules::AnswerRules(const FormItem& item, Node questionnaire) {
  const Names& names = Names::get();
  const FormNames& words = FormNames::get();
  const Node node = item.node;
  min_length = number_of(extension_value(node, "minLength"));
  max_length = number_of(node[words.max_length]);
  decimal_places = number_of(extension_value(node, "maxDecimalPlaces"));
  regex = string_of(extension_value(node, "regex"));
  entry_format = string_of(extension_value(node, "entryFormat"));
  least = first_of(extension_value(node, "minValue"), extension_value(node, std::string(kSdc) + "minQuantity"));
  most = first_of(extension_value(node, "maxValue"), extension_value(node, std::string(kSdc) + "maxQuantity"));
  for (Node each : all_of(node, "mimeType")) mime_types.insert(string_of(each));
  if (const Node size = extension_value(node, "maxSize"); size && size.kind() == Kind::number) attachment_size = Decimal::parse(size.raw());
  for (Node each : all_of(node, "questionnaire-unitOption")) units.insert(coding_key(text_in(each, names.system), text_in(each, names.code)));
  unit_set = string_of(extension_value(node, "questionnaire-unitValueSet"));
  for (Node each : all_of(node, "questionnaire-referenceResource")) {
    if (const TypeId type = names.r4.type_id(string_of(each))) targets.insert(type);
  }
  value_set = text_in(node, words.answer_value_set);
  if (value_set.starts_with('#')) contained_set = contained_in(questionnaire, std::string_view(value_set).substr(1));
  const Node list = list_in(node, words.answer_option);
  if (!list) return;
  for (Node each : list) {
    if (each.kind() != Kind::object) continue;
    for (const Occurrence& value : occurrences({each, {}, words.option_type, nullptr}, names.value)) {
      if (!value.node) continue;
      option_strings = option_strings || value.type == names.string;
      const std::string key = answer_key(value);
      const Node alone = extension_value(each, "questionnaire-optionExclusive");
      if (alone && alone.is_true()) exclusive.insert(key);
      options.insert(key);
    }
  }
}

std::string coding_key(std::string_view system, std::string_view code) { return "Coding\n" + std::string(system) + "\n" + std::string(code); }

std::string answer_key(const Occurrence& value) {
  const Names& names = Names::get();
  if (value.type == names.coding_type) {
    const std::string code = text_in(value.node, names.code);
    return code.empty() ? "display\n" + text_in(value.node, names.display) : coding_key(text_in(value.node, names.system), code);
  }
  const std::string type(names.r4.type(value.type).name);
  if (value.type == names.reference_type) return type + "\n" + text_in(value.node, names.reference);
  return type + "\n" + value.node.string();
}

bool is_among(const std::unordered_set<std::string>& keys, const Occurrence& answer) {
  const Names& names = Names::get();
  if (keys.empty()) return false;
  if (keys.contains(answer_key(answer))) return true;
  return answer.type == names.coding_type && keys.contains(coding_key({}, text_in(answer.node, names.code)));
}

Known in_contained_set(Node value_set, Node coding, uint64_t& work) {
  const Names& names = Names::get();
  const std::string code = text_in(coding, names.code), system = text_in(coding, names.system);
  if (code.empty() || value_set.kind() != Kind::object) return Known::unknown;
  if (const Node expansion = value_set["expansion"]; expansion && expansion.kind() == Kind::object && expansion["contains"])
    return has_code(expansion, "contains", code, system, work) ? Known::yes : Known::no;
  const Node compose = value_set["compose"];
  if (!compose || compose.kind() != Kind::object || compose["exclude"]) return Known::unknown;
  const Node includes = compose["include"];
  if (!includes || includes.kind() != Kind::array) return Known::unknown;
  Known out = Known::no;
  for (Node each : includes) {
    if (each.kind() != Kind::object) continue;
    if (each["valueSet"] || each["filter"]) {
      out = Known::unknown;
    } else if (system.empty() || text_in(each, names.system) == system) {
      if (!each["concept"] || has_code(each, "concept", code, {}, work)) return Known::yes;
    }
  }
  return out;
}

}  // namespace witmed::fhir
