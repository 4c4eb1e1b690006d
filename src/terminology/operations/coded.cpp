#include "terminology/operations/coded.h"

namespace witmed::terminology {

Coding Coding::of(const fhir::Value& coding) {
  const auto text = [&](std::string_view key) { return std::string(coding.text(key)); };
  return {text("system"), text("version"), text("code"), text("display")};
}

std::string Coded::place() const {
  switch (form) {
    case Form::coding: return "Coding";
    case Form::concept_: return "CodeableConcept";
    default: return {};
  }
}

std::string Coded::place(size_t coding) const {
  return form == Form::concept_ ? "CodeableConcept.coding[" + std::to_string(coding) + "]" : place();
}

std::optional<Coded> Coded::read(const Input& input, bool of_system) {
  Coded out;
  if (const fhir::Value& concept_value = input.value("codeableConcept")) {
    out.form = Form::concept_;
    out.concept_value = &concept_value;
    for (const fhir::Value& each : concept_value.at("coding").items()) out.codings.push_back(Coding::of(each));
    return out;
  }
  if (const fhir::Value& coding = input.value("coding")) {
    out.form = Form::coding;
    out.codings.push_back(Coding::of(coding));
    return out;
  }
  const std::string_view code = input.text("code");
  if (code.empty()) return std::nullopt;
  const std::string_view system = of_system ? input.text("url", "system") : input.text("system");
  if (system.empty() && !input.has("inferSystem")) return std::nullopt;
  const std::string_view version = of_system ? input.text("version") : input.text("systemVersion");
  out.codings.push_back({std::string(system), std::string(version), std::string(code), std::string(input.text("display"))});
  return out;
}

std::string below(std::string_view place, std::string_view name) {
  return place.empty() ? std::string(name) : std::string(place) + "." + std::string(name);
}

}  // namespace witmed::terminology
