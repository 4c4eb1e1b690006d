// The registration form of a resident: what was written in it, and what is wrong with it. The same for a page, an import and
// any FHIR client. Names of fields are those of the operation's parameters (docs/keeping.md).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "fhir/issue.h"
#include "services/identity/birth.h"
#include "services/identity/code_tables.h"
#include "services/identity/document.h"
#include "services/identity/name.h"
#include "services/operation.h"

namespace witmed::keeping {

struct FormDocument {
  const identity::DocumentKind* kind = nullptr;
  identity::DocumentNumber number;
  std::string valid_until;
};
struct FormContact {
  std::string name, relationship, phone;
};
struct FormAllergy {
  std::string substance, reaction;
};
struct FormHistory {
  std::string disease, year;
};

// Asked and told "none" is knowledge; not asked is not.
enum class Asked : uint8_t { not_asked, none, yes };

struct Form {
  identity::PersonName name;
  const identity::SexCode* sex = nullptr;
  identity::BirthDate birth;
  const identity::Nationality* nationality = nullptr;
  std::vector<FormDocument> documents;
  std::vector<std::string> phones;
  std::string address, county, village, grid;
  std::string household, household_role;
  std::vector<FormContact> contacts;
  Asked allergies = Asked::not_asked, history = Asked::not_asked;
  std::vector<FormAllergy> allergy_list;
  std::vector<FormHistory> history_list;
  std::optional<bool> consent;  // to keep a health record; absent = not asked
  std::string health_card, insurance, health_record, marital_status, organization, description;
  bool unknown_person = false;  // 无名氏: nothing of the above need be known
  bool newborn = false;         // of a mother who is known: documents come later

  // In the order of the fields. error: refused. warning: must be confirmed by its rule. information: said.
  std::vector<fhir::Issue> findings;
};

// `newborn`: of a mother who is known, before there is a name or a document. Never throws for what is written in the form; `today` judges dates.
Form read_form(const services::Request& request, bool newborn = false);

// Throws Rejection(422) unless there is no error and every warning's rule is among `confirm` parameters.
void refuse_unconfirmed(const services::Request& request, const std::vector<fhir::Issue>& findings);

// Parameters that tell findings to a page.
std::vector<fhir::Value> finding_parameters(const std::vector<fhir::Issue>& findings);

}  // namespace witmed::keeping
