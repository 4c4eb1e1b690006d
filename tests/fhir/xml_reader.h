// As much XML as the official FHIRPath suite and its input resources need. For tests only.
#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fhir/definitions/definitions.h"

namespace witmed::fhir {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;   // character data of the element itself
  std::string outer;  // as written, for narrative
  std::vector<XmlElement> children;
};

// A FHIR resource in XML as FHIR JSON (http://hl7.org/fhir/R4/json.html), by the definitions.
inline std::string xml_to_json(const XmlElement& resource);

class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  XmlElement document() {
    prolog();
    return element();
  }

 private:
  bool at(std::string_view mark) const { return text_.substr(at_).starts_with(mark); }
  void skip_to(std::string_view mark) {
    size_t found = text_.find(mark, at_);
    if (found == std::string_view::npos) throw std::runtime_error("XML: unfinished");
    at_ = found + mark.size();
  }
  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  void prolog() {
    if (at("\xEF\xBB\xBF")) at_ += 3;
    for (skip_space(); at("<?") || at("<!"); skip_space()) at("<!--") ? skip_to("-->") : skip_to(">");
  }
  std::string_view until(std::string_view stop) {
    size_t end = text_.find_first_of(stop, at_);
    if (end == std::string_view::npos) throw std::runtime_error("XML: unfinished");
    std::string_view part = text_.substr(at_, end - at_);
    at_ = end;
    return part;
  }

  static std::string decoded(std::string_view text) {
    static const std::map<std::string_view, std::string_view> kEntities = {
        {"amp", "&"},  {"lt", "<"},   {"gt", ">"},   {"quot", "\""},
        {"apos", "'"}, {"#xA", "\n"}, {"#10", "\n"}, {"#x9", "\t"}};
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
      size_t end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
      auto found =
          end == std::string_view::npos ? kEntities.end() : kEntities.find(text.substr(i + 1, end - i - 1));
      if (found == kEntities.end()) {
        out += text[i];
        continue;
      }
      out += found->second;
      i = end;
    }
    return out;
  }

  XmlElement element() {
    size_t start = at_;
    XmlElement made;
    ++at_;
    made.name = until(" \t\r\n/>");
    for (skip_space(); !at("/>") && !at(">"); skip_space()) {
      std::string name(until("= "));
      skip_to("=");
      skip_space();
      char quote = text_[at_++];
      made.attributes[name] = decoded(until(std::string_view(&quote, 1)));
      ++at_;
    }
    if (at("/>")) {
      at_ += 2;
    } else {
      ++at_;
      content(made);
    }
    made.outer = text_.substr(start, at_ - start);
    return made;
  }

  void content(XmlElement& made) {
    while (!at("</")) {
      if (at("<!--"))
        skip_to("-->");
      else if (at("<"))
        made.children.push_back(element());
      else
        made.text += decoded(until("<"));
    }
    skip_to(">");
  }

  std::string_view text_;
  size_t at_ = 0;
};

inline std::string json_text(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

inline bool is_bare(std::string_view type) {
  return type == "boolean" || type == "integer" || type == "decimal" || type == "positiveInt" ||
         type == "unsignedInt";
}

inline std::string xml_object(const XmlElement& xml, TypeId type);

// The "_name" object of a primitive: its id and extensions; empty when it has none.
inline std::string xml_sibling(const XmlElement& xml) {
  if (xml.children.empty() && !xml.attributes.contains("id")) return {};
  return xml_object(xml, Definitions::r4().type_id("Element"));
}

inline std::string xml_value(const XmlElement& xml, TypeId type) {
  const Type& known = Definitions::r4().type(type);
  if (xml.name == "div") return json_text(xml.outer);
  if (known.kind != TypeKind::primitive) {
    if (known.kind == TypeKind::abstract && !xml.children.empty()) return xml_to_json(xml.children.front());
    return xml_object(xml, type);
  }
  auto found = xml.attributes.find("value");
  if (found == xml.attributes.end()) return "null";
  return is_bare(known.name) ? found->second : json_text(found->second);
}

inline std::string xml_object(const XmlElement& xml, TypeId type) {
  const Definitions& r4 = Definitions::r4();
  std::string out;
  auto member = [&](const std::string& name, const std::string& json) {
    out += (out.empty() ? "" : ",") + json_text(name) + ":" + json;
  };
  for (const char* attribute : {"id", "url"}) {
    if (xml.attributes.contains(attribute)) member(attribute, json_text(xml.attributes.at(attribute)));
  }
  for (size_t i = 0; i < xml.children.size();) {
    const std::string& name = xml.children[i].name;
    const Element* element = r4.type(type).element(r4.name(name));
    if (element == nullptr) throw std::runtime_error("XML: no element " + name);
    std::string values, siblings;
    bool any_value = false, any_sibling = false, first = true;
    for (; i < xml.children.size() && xml.children[i].name == name; ++i, first = false) {
      std::string one = xml_value(xml.children[i], element->type), beside;
      if (r4.type(element->type).kind == TypeKind::primitive && name != "div")
        beside = xml_sibling(xml.children[i]);
      any_value = any_value || one != "null";
      any_sibling = any_sibling || !beside.empty();
      values += (first ? "" : ",") + one;
      siblings += (first ? "" : ",") + (beside.empty() ? "null" : beside);
    }
    if (any_value) member(name, element->array ? "[" + values + "]" : values);
    if (any_sibling) member("_" + name, element->array ? "[" + siblings + "]" : siblings);
  }
  return "{" + out + "}";
}

// The root element; throws std::runtime_error for what it cannot read.
inline XmlElement read_xml(std::string_view text) { return XmlReader(text).document(); }

inline std::string xml_to_json(const XmlElement& resource) {
  std::string body = xml_object(resource, Definitions::r4().type_id(resource.name));
  return "{\"resourceType\":" + json_text(resource.name) + (body == "{}" ? "" : ",") + body.substr(1);
}

}  // namespace witmed::fhir
