// Identity documents: kinds, how each number is written, and under which system it stands in FHIR.
// The kinds are those that a registrar meets at the counter; number forms as widely published, not verified
// against each document's own standard, so that a form that differs is asked about and not refused — except
// where a check digit says that it is a slip of typing.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace witmed::identity {

struct DocumentKind {
  std::string_view code;  // our own: "resident-id"
  std::string_view zh, en;
  std::string_view system;  // of Identifier
  std::string_view type;    // http://terminology.hl7.org/CodeSystem/v2-0203; empty where it has none
  bool resident_number;     // numbered as in GB 11643
};

std::span<const DocumentKind> document_kinds();
const DocumentKind* document_kind(std::string_view code_or_name);
const DocumentKind* document_kind_of_system(std::string_view system);

struct DocumentNumber {
  std::string number;              // normalised
  std::string fault_en, fault_zh;  // empty when nothing is wrong
  bool certain = false;            // the fault is a slip of typing for certain: refused, not asked
  std::optional<std::string> birth_date;
  std::optional<bool> male;
  bool first_generation = false;
  bool good() const { return fault_en.empty(); }
};
DocumentNumber read_document_number(const DocumentKind& kind, std::string_view text);

}  // namespace witmed::identity
