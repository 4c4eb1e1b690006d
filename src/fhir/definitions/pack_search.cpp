#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "fhir/definitions/pack_json.h"
#include "fhir/definitions/pack_model.h"

namespace witmed::fhir::pack {
namespace {

std::vector<std::string> texts_of(element e, const char* key) {
  std::vector<std::string> out;
  for (element item : list_of(e, key)) out.emplace_back(std::string_view(item));
  return out;
}

std::string trimmed(std::string_view s) {
  const size_t begin = s.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(s.substr(begin, s.find_last_not_of(" \t\r\n") - begin + 1));
}

// Alternatives of a union, split at "|" outside parentheses and quotes.
std::vector<std::string> alternatives(std::string_view expression) {
  std::vector<std::string> out;
  int depth = 0;
  bool quoted = false;
  size_t begin = 0;
  for (size_t i = 0; i < expression.size(); ++i) {
    const char c = expression[i];
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c != '|' || depth) continue;
    out.push_back(trimmed(expression.substr(begin, i - begin)));
    begin = i + 1;
  }
  out.push_back(trimmed(expression.substr(begin)));
  return out;
}

// The type an alternative starts on: "(Observation.value as Quantity)" → "Observation"; "name" → none.
std::string leading_type(const std::string& alternative) {
  size_t begin = alternative.find_first_not_of("( ");
  if (begin == std::string::npos || !std::isupper(static_cast<unsigned char>(alternative[begin]))) return {};
  size_t end = begin;
  while (end < alternative.size() && std::isalnum(static_cast<unsigned char>(alternative[end]))) ++end;
  return alternative.substr(begin, end - begin);
}

std::string part_for(const std::string& base, const std::string& expression) {
  std::string out;
  for (const std::string& alternative : alternatives(expression)) {
    const std::string type = leading_type(alternative);
    if (!type.empty() && type != base && type != "Resource" && type != "DomainResource") continue;
    if (!out.empty()) out += " | ";
    out += alternative;
  }
  return out;
}

// Resource and DomainResource stand for every concrete type derived from them.
std::vector<std::string> bases_of(element definition, const Model& model) {
  std::vector<std::string> out;
  for (const std::string& base : texts_of(definition, "base")) {
    if (base != "Resource" && base != "DomainResource") {
      out.push_back(base);
      continue;
    }
    for (const auto& [name, type] : model.types) {
      if (type.resource && (base == "Resource" || type.base == base)) out.push_back(name);
    }
  }
  return out;
}

void add_parameter(element definition, Model& model) {
  Param param;
  param.code = text_of(definition, "code");
  param.url = text_of(definition, "url");
  param.type = text_of(definition, "type");
  param.targets = texts_of(definition, "target");
  for (element c : list_of(definition, "component")) {
    param.components.push_back({text_of(c, "definition"), text_of(c, "expression")});
  }
  // R4 joins the definitions of this one crosswise: `relatesto` is the target, `relation` the code.
  if (param.url.ends_with("/DocumentReference-relationship")) std::swap(param.components.at(0).expression, param.components.at(1).expression);
  const std::string expression = text_of(definition, "expression");
  for (const std::string& base : bases_of(definition, model)) {
    Param one = param;
    one.base = base;
    one.expression = part_for(base, expression);
    if (!expression.empty() && one.expression.empty())
      throw std::runtime_error(param.url + " says nothing of " + base);
    model.types.at(base).params.push_back(std::move(one));
  }
}

}  // namespace

void read_search_parameters(const std::string& path, Model& model) {
  simdjson::dom::parser parser;
  for (element entry : list_of(load(parser, path), "entry")) add_parameter(entry["resource"], model);
  for (auto& [name, type] : model.types) {
    std::sort(type.params.begin(), type.params.end(),
              [](const Param& a, const Param& b) { return a.code < b.code; });
    for (size_t i = 1; i < type.params.size(); ++i) {
      if (type.params[i].code == type.params[i - 1].code)
        throw std::runtime_error(name + " has two parameters " + type.params[i].code);
    }
  }
}

// A value set may draw on another one as a whole; R4's do so at most twice in a row.
void read_value_sets(const std::string& path, Model& model) {
  simdjson::dom::parser parser;
  std::map<std::string, std::vector<std::string>> parts;  // systems and value sets, by url
  for (element entry : list_of(load(parser, path), "entry")) {
    element resource = entry["resource"];
    if (text_of(resource, "resourceType") != "ValueSet") continue;
    auto& all = parts[text_of(resource, "url")];
    element compose;
    if (resource["compose"].get(compose) != simdjson::SUCCESS) continue;
    for (element include : list_of(compose, "include")) {
      if (const std::string system = text_of(include, "system"); !system.empty()) all.push_back(system);
      for (const std::string& other : texts_of(include, "valueSet")) all.push_back(other);
    }
  }
  for (const auto& [name, type] : model.types) {
    for (const Element& e : type.elements) {
      const std::string url = e.binding.substr(0, e.binding.find('|'));
      if (e.type != "code" || e.strength != 4 || !parts.contains(url)) continue;
      auto& systems = model.value_sets[url];
      systems.clear();
      std::vector<std::string> open = parts[url];
      for (int rounds = 0; rounds < 3; ++rounds) {
        std::vector<std::string> next;
        for (const std::string& one : open) {
          if (const auto other = parts.find(one); other != parts.end() && one.find("/ValueSet/") != std::string::npos)
            next.insert(next.end(), other->second.begin(), other->second.end());
          else if (std::find(systems.begin(), systems.end(), one) == systems.end())
            systems.push_back(one);
        }
        open = next;
      }
    }
  }
}

}  // namespace witmed::fhir::pack
