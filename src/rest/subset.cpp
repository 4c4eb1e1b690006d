#include "rest/subset.h"

#include <algorithm>

#include "base/text.h"
#include "fhir/json/document.h"

namespace witmed::rest {
namespace {

using fhir::Definitions;
using fhir::Element;
using fhir::Node;
using fhir::Type;
using Summary = Subset::Summary;

constexpr std::string_view kTag =
    R"({"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED","display":"subsetted"})";

// The name of an element as _elements says it: "value" for valueQuantity, "birthDate" for _birthDate.
const Element* element_of(const Type& type, std::string_view key) {
  if (key.starts_with('_')) key.remove_prefix(1);
  fhir::NameId name = Definitions::r4().name(key);
  return name == 0 ? nullptr : type.element(name);
}

bool is_frame(std::string_view key) { return key == "resourceType" || key == "id" || key == "meta"; }

class Writer {
 public:
  explicit Writer(const Subset& subset) : subset_(subset) {}

  std::string run(Node root, const Type& type) {
    out_.reserve(1024);
    out_ += '{';
    bool meta = false, first = true;
    for (Node member : root) {
      std::string_view key = member.key();
      if (key == "meta") meta = true;
      if (!is_frame(key) && !kept(type, key)) continue;
      begin(key, first);
      if (key == "meta")
        tagged_meta(member);
      else
        value(type, key, member);
    }
    if (!meta) {
      begin("meta", first);
      out_ += "{\"tag\":[";
      out_ += kTag;
      out_ += "]}";
    }
    return std::move(out_ += '}');
  }

 private:
  void begin(std::string_view key, bool& first) {
    if (!first) out_ += ',';
    first = false;
    out_ += '"';
    out_ += key;
    out_ += "\":";
  }

  bool kept(const Type& type, std::string_view key) const {
    const Element* element = element_of(type, key);
    if (!element) return false;
    if (element->min > 0) return true;
    std::string_view base = Definitions::r4().text(element->base);
    if (!subset_.elements.empty())
      return std::find(subset_.elements.begin(), subset_.elements.end(), base) != subset_.elements.end();
    switch (subset_.summary) {
      case Summary::on: return element->summary;
      case Summary::text: return key == "text";
      case Summary::data: return key != "text";
      default: return true;
    }
  }

  // A summary goes on inside the elements that a resource type defines itself, not inside data types.
  void value(const Type& type, std::string_view key, Node node) {
    const Element* element = element_of(type, key);
    bool nested = element && subset_.summary == Summary::on && subset_.elements.empty() &&
                  !key.starts_with('_') &&
                  Definitions::r4().type(element->type).kind == fhir::TypeKind::backbone;
    if (!nested) {
      out_ += node.raw();
      return;
    }
    const Type& inner = Definitions::r4().type(element->type);
    if (node.kind() != fhir::Kind::array) return object(inner, node);
    out_ += '[';
    bool first = true;
    for (Node item : node) {
      if (!first) out_ += ',';
      first = false;
      object(inner, item);
    }
    out_ += ']';
  }

  void object(const Type& type, Node node) {
    out_ += '{';
    bool first = true;
    for (Node member : node) {
      if (member.key() != "id" && !kept(type, member.key())) continue;
      begin(member.key(), first);
      value(type, member.key(), member);
    }
    out_ += '}';
  }

  // A tag list is continued, else one is added at the end.
  void tagged_meta(Node meta) {
    out_ += '{';
    bool first = true, tagged = false;
    for (Node member : meta) {
      begin(member.key(), first);
      if (member.key() == "tag" && member.size() > 0) {
        tagged = true;
        out_ += '[';
        out_ += kTag;
        out_ += ',';
        out_ += member.raw().substr(1);
      } else {
        out_ += member.raw();
      }
    }
    if (!tagged) {
      begin("tag", first);
      out_ += '[';
      out_ += kTag;
      out_ += ']';
    }
    out_ += '}';
  }

  const Subset& subset_;
  std::string out_;
};

Summary read_summary(const std::string& text) {
  if (text == "true") return Summary::on;
  if (text == "false" || text.empty()) return Summary::off;
  if (text == "text") return Summary::text;
  if (text == "data") return Summary::data;
  if (text == "count") return Summary::count;
  throw fhir::Rejection(400, "value", "_summary is one of true, text, data, count, false",
                        "_summary 只能是 true、text、data、count 或 false");
}

}  // namespace

Subset read_subset(const Params& params) {
  Subset subset;
  if (const std::string* summary = find_param(params, "_summary")) subset.summary = read_summary(*summary);
  if (const std::string* elements = find_param(params, "_elements"))
    for (std::string_view item : split(*elements, ','))
      if (!trim(item).empty()) subset.elements.emplace_back(trim(item));
  return subset;
}

std::string apply_subset(const Subset& subset, std::string_view text) {
  if (subset.whole()) return std::string(text);
  fhir::Document document = fhir::Document::parse(text);
  const Type& type = Definitions::r4().type(document.resource_type());
  Subset plain = subset;
  // "Patient.name" and "name" are the same; below the first level R4 lets a server give the whole.
  for (std::string& element : plain.elements) {
    std::string_view name = element;
    if (name.starts_with(type.name) && name.substr(type.name.size()).starts_with('.'))
      name.remove_prefix(type.name.size() + 1);
    element = std::string(name.substr(0, name.find('.')));
  }
  return Writer(plain).run(document.root(), type);
}

}  // namespace witmed::rest
