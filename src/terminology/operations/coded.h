// The code that a request asks about, in one of the three forms that it may have.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "terminology/operations/input.h"

namespace witmed::terminology {

struct Coding {
  std::string system, version, code, display;
  static Coding of(const fhir::Value& coding);
};

struct Coded {
  enum class Form : uint8_t { code, coding, concept_ } form = Form::code;
  std::vector<Coding> codings;
  const fhir::Value* concept_value = nullptr;  // of a CodeableConcept, as given

  // FHIRPath of the whole ("", "Coding", "CodeableConcept"), and of a coding.
  std::string place() const;
  std::string place(size_t coding) const;
  // `of_system`: url and version name the code system. nullopt: there is none.
  static std::optional<Coded> read(const Input& input, bool of_system);
};

// "Coding" + "code" = "Coding.code"; without a place the name alone.
std::string below(std::string_view place, std::string_view name);

}  // namespace witmed::terminology
