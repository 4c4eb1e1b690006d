// A FHIR CodeSystem resource (http://hl7.org/fhir/R4/codesystem.html) into a book.
#include "fhir/json/member.h"
#include "terminology/book/code_system_builder.h"

namespace witmed::terminology {
namespace {

using fhir::Node;

std::string json_of(Node node) { return node ? fhir::minify(node) : std::string(); }

template <class Enum>
Enum one_of(std::string_view text, std::initializer_list<std::string_view> names, Enum fallback) {
  uint8_t number = 0;
  for (const std::string_view name : names) {
    if (name == text) return static_cast<Enum>(number);
    ++number;
  }
  return fallback;
}

PropertyType type_of(std::string_view text) {
  return one_of(text, {"code", "Coding", "string", "integer", "boolean", "dateTime", "decimal"}, PropertyType::string);
}

SystemHead head_of(Node resource) {
  SystemHead head;
  head.url = text_of(resource, "url");
  if (head.url.empty()) throw fhir::Rejection(422, "required", "a CodeSystem needs a url", "CodeSystem 缺少 url");
  head.version = text_of(resource, "version");
  head.name = text_of(resource, "name");
  head.title = text_of(resource, "title");
  head.language = text_of(resource, "language");
  head.status = text_of(resource, "status");
  head.value_set = text_of(resource, "valueSet");
  head.supplements = text_of(resource, "supplements");
  head.date = text_of(resource, "date");
  (head.language.starts_with("zh") ? head.title_zh : head.title_en) = head.title;
  head.content = one_of(text_of(resource, "content"), {"complete", "not-present", "example", "fragment", "supplement"}, Content::complete);
  head.hierarchy_meaning = one_of(text_of(resource, "hierarchyMeaning"), {"", "grouped-by", "is-a", "part-of", "classified-with"}, HierarchyMeaning::none);
  const auto truth = [&](std::string_view key, bool fallback) { return resource[key] ? resource[key].is_true() : fallback; };
  head.case_sensitive = truth("caseSensitive", true);
  head.compositional = truth("compositional", false);
  head.version_needed = truth("versionNeeded", false);
  head.experimental = truth("experimental", false);
  if (const auto count = text_of(resource, "count"); !count.empty() && count.size() < 10) head.count = static_cast<uint32_t>(std::atoi(count.c_str()));
  return head;
}

// The resource without its concepts and its narrative.
std::string rest_of(Node resource) {
  std::vector<fhir::Edit> edits;
  for (const Node member : resource)
    if (member.key() == "concept" || member.key() == "text")
      edits.push_back({member.offset(), static_cast<uint32_t>(member.offset() + member.raw().size()), ""});
  return fhir::minify(resource, edits);
}

void add_value(CodeSystemBuilder& out, CodeSystemBuilder::Handle handle, Node property) {
  for (const Node member : property) {
    const std::string_view key = member.key();
    if (!key.starts_with("value")) continue;
    const uint32_t index = out.property(text_of(property, "code"), type_of(key == "valueDateTime" ? "dateTime" : key == "valueCoding" ? "Coding" : key == "valueCode" ? "code" : key == "valueInteger" ? "integer" : key == "valueBoolean" ? "boolean" : key == "valueDecimal" ? "decimal" : "string"));
    if (key == "valueCoding")
      out.coding(handle, index, text_of(member, "system"), text_of(member, "version"), text_of(member, "code"), text_of(member, "display"));
    else
      out.value(handle, index, member.string());
  }
}

// The reader limits how deep the resource nests.
void add_concepts(CodeSystemBuilder& out, Node concepts, const std::string& parent) {
  if (!concepts) return;
  for (const Node each : concepts) {
    const std::string code = text_of(each, "code");
    const auto handle = out.add(code, text_of(each, "display"), text_of(each, "definition"));
    out.parent(handle, parent);
    out.extension(handle, json_of(each["extension"]));
    if (const Node designations = each["designation"])
      for (const Node one : designations) {
        const Node use = one["use"];
        out.designation(handle, text_of(one, "language"), text_of(one, "value"), text_of(use, "code"), text_of(use, "system"), text_of(use, "display"),
                        json_of(one["extension"]));
      }
    if (const Node properties = each["property"])
      for (const Node one : properties) add_value(out, handle, one);
    add_concepts(out, each["concept"], code);
  }
}

}  // namespace

CodeSystemBuilder CodeSystemBuilder::from_resource(Node resource) {
  CodeSystemBuilder out(head_of(resource));
  out.head().resource = rest_of(resource);
  if (const Node properties = resource["property"])
    for (const Node each : properties)
      out.property(text_of(each, "code"), type_of(text_of(each, "type")), text_of(each, "uri"), text_of(each, "description"));
  if (const Node filters = resource["filter"])
    for (const Node each : filters) {
      std::string operators;
      if (const Node list = each["operator"])
        for (const Node one : list) operators += (operators.empty() ? "" : " ") + one.string();
      out.filter(text_of(each, "code"), operators, text_of(each, "value"), text_of(each, "description"));
    }
  add_concepts(out, resource["concept"], "");
  return out;
}

}  // namespace witmed::terminology
