// metadata: the CapabilityStatement (http://hl7.org/fhir/R4/capabilitystatement.html), made from the
// definitions and from the table of interactions, so that it says what is served.
#include <algorithm>

#include "base/clock.h"
#include "base/text.h"
#include "base/time.h"
#include "base/version.h"
#include "fhir/issue.h"
#include "fhir/search/custom.h"
#include "fhir/validate/profile/catalogue.h"
#include "rest/interactions.h"
#include "rest/subset.h"

namespace witmed::rest {
namespace {

using fhir::SearchParam;
using fhir::SearchType;

constexpr std::string_view kTypeInteractions[] = {
    "read", "vread", "update", "delete", "history-instance", "history-type", "create", "search-type"};
constexpr std::string_view kSystemInteractions[] = {"transaction", "batch", "search-system",
                                                    "history-system"};
constexpr std::string_view kCompartments[] = {"Patient", "Encounter", "Practitioner", "RelatedPerson",
                                              "Device"};

template <typename List, typename Write>
void append_list(std::string& out, std::string_view name, const List& list, Write write) {
  size_t begin = out.size();
  out += ",\"";
  out += name;
  out += "\":[";
  bool first = true;
  for (const auto& item : list) {
    size_t before = out.size();
    if (!first) out += ',';
    if (write(item))
      first = false;
    else
      out.resize(before);
  }
  // FHIR has no empty lists.
  if (first)
    out.resize(begin);
  else
    out += ']';
}

// R4's, and those that this record defines itself.
void append_search_params(std::string& out, std::span<const SearchParam> params, const fhir::ExtractSettings& settings, fhir::TypeId type) {
  std::vector<SearchParam> all(params.begin(), params.end());
  if (settings.custom) {
    const auto set = settings.custom->load();
    for (const auto& state : set->all)
      if (!state.leaving && state.param->param.base == type) all.push_back(state.param->param);
  }
  append_list(out, "searchParam", all, [&](const SearchParam& param) {
    out += R"({"name":")";
    out += param.code;
    out += R"(","definition":")";
    out += param.url;
    out += R"(","type":")";
    out += fhir::code_of(param.type);
    out += "\"}";
    return true;
  });
}

// What a service says of its operation.
void append_documentation(std::string& out, std::string_view definition) {
  for (const services::Operation& each : services::operations()) {
    if (each.definition != definition) continue;
    out += R"(,"documentation":)";
    append_json_string(out, std::string(each.zh) + " · " + std::string(each.en));
  }
}

// Operations of a type; those of any type and of the system stand at the end of the statement (type empty).
void append_operations(std::string& out, std::string_view type) {
  std::string_view last;
  append_list(out, "operation", interactions(), [&](const Interaction& row) {
    if (row.shape != Shape::operation || row.type != type || row.operation == last) return false;
    last = row.operation;
    out.append(R"({"name":")").append(row.operation.substr(1));
    out.append(R"(","definition":")").append(row.definition).append("\"");
    append_documentation(out, row.definition);
    out += '}';
    return true;
  });
}

// Profiles that are packed in, with their titles; those of the record are found by search.
void append_profiles(std::string& out, fhir::TypeId type) {
  const auto& all = fhir::packed_profiles();
  append_list(out, "supportedProfile", all, [&](const fhir::ProfileName& each) {
    if (each.type == type) append_json_string(out, each.url);
    return each.type == type;
  });
  append_list(out, "_supportedProfile", all, [&](const fhir::ProfileName& each) {
    if (each.type != type) return false;
    out += R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/display","valueString":)";
    append_json_string(out, each.title);
    out += "}]}";
    return true;
  });
}

void append_resource(std::string& out, const fhir::Type& type, const fhir::ExtractSettings& settings) {
  const auto& definitions = fhir::Definitions::r4();
  out += R"({"type":")";
  out += type.name;
  out += R"(","profile":"http://hl7.org/fhir/StructureDefinition/)";
  out += type.name;
  out += '"';
  append_profiles(out, type.id);
  append_list(out, "interaction", kTypeInteractions, [&](std::string_view code) {
    out.append(R"({"code":")").append(code).append("\"}");
    return true;
  });
  out += R"(,"versioning":"versioned","readHistory":true,"updateCreate":true,"conditionalCreate":true,)"
         R"("conditionalRead":"full-support","conditionalUpdate":true,"conditionalDelete":"single")";
  auto params = definitions.search_params(type.id);
  append_list(out, "searchInclude", params, [&](const SearchParam& param) {
    if (param.type != SearchType::reference) return false;
    out.append("\"").append(type.name).append(":").append(param.code).append("\"");
    return true;
  });
  append_search_params(out, params, settings, type.id);
  append_operations(out, type.name);
  out += '}';
}

// Of the terminology ecosystem (https://build.fhir.org/ig/HL7/fhir-tx-ecosystem-ig): the version of its tests that is met, and that
// code systems may come with a request.
void append_features(std::string& out) {
  constexpr std::pair<std::string_view, std::string_view> kFeatures[] = {
      {"http://hl7.org/fhir/uv/tx-tests/FeatureDefinition/test-version", "1.9.5"},
      {"http://hl7.org/fhir/uv/tx-ecosystem/FeatureDefinition/CodeSystemAsParameter", "true"}};
  out += R"("extension":[)";
  for (const auto& [definition, value] : kFeatures) {
    if (out.back() != '[') out += ',';
    out += R"({"url":"http://hl7.org/fhir/uv/application-feature/StructureDefinition/feature","extension":[)"
           R"({"url":"definition","valueCanonical":")";
    out.append(definition).append(R"("},{"url":"value","valueCode":")").append(value).append("\"}]}");
  }
  out += ']';
}

std::string statement(const Call& call) {
  const auto& definitions = fhir::Definitions::r4();
  std::string out;
  out.reserve(600 << 10);
  out += R"({"resourceType":"CapabilityStatement",)";
  append_features(out);
  out += R"(,"url":)";
  append_json_string(out, call.base + "/metadata");
  out.append(R"(,"version":")").append(kVersion);
  out += R"(","name":"Witmed","title":"Witmed 智慧医疗","status":"active","date":")";
  append_instant(out, wall_micros(), 0);
  out += R"(","kind":"instance","instantiates":["http://hl7.org/fhir/CapabilityStatement/terminology-server"],)"
         R"("software":{"name":"Witmed 智慧医疗","version":")";
  out.append(kVersion).append(R"(","releaseDate":")").append(kVersionDate);
  out += R"("},"implementation":{"description":"Witmed 区域健康档案平台 · regional health platform","url":)";
  append_json_string(out, call.base);
  out +=
      R"(},"fhirVersion":"4.0.1","format":["json","application/fhir+json"],"rest":[{"mode":"server",)"
      R"("security":{"cors":true,"description":"no authentication yet: the server is bound to loopback only"})";
  append_list(out, "resource", definitions.resource_types(), [&](fhir::TypeId id) {
    append_resource(out, definitions.type(id), call.api.record.settings());
    return true;
  });
  append_list(out, "interaction", kSystemInteractions, [&](std::string_view code) {
    out.append(R"({"code":")").append(code).append("\"}");
    return true;
  });
  append_operations(out, {});
  append_list(out, "compartment", kCompartments, [&](std::string_view name) {
    out.append(R"("http://hl7.org/fhir/CompartmentDefinition/)").append(lower(name)).append("\"");
    return true;
  });
  return out += "}]}";
}

}  // namespace

Answer metadata(const Call& call) {
  Subset subset = read_subset(call.params);
  const bool terminology = std::any_of(call.params.begin(), call.params.end(),
                                       [](const auto& each) { return each.first == "mode" && each.second == "terminology"; });
  std::string text = terminology ? terminology_capabilities(call) : statement(call);
  if (!subset.whole()) text = apply_subset(subset, text);
  return Answer::of(200, std::move(text));
}

// The versions of FHIR that are spoken.
Answer versions(const Call&) {
  return Answer::of(200, R"({"resourceType":"Parameters","parameter":[{"name":"version","valueCode":"4.0"},)"
                         R"({"name":"default","valueCode":"4.0"}]})");
}

}  // namespace witmed::rest
