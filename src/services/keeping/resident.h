// From a form to what is stored: the Patient and what belongs to the basic record.
#pragma once
#include "services/keeping/change.h"
#include "services/keeping/form.h"

namespace witmed::keeping {

// A new Patient. For a person not identified a name is made of day and clock.
Value patient_of(const Form& form, const Request& request);
// Fills what the form says into a Patient that exists: documents are added, name and birth date replaced, the former
// name kept with use "old".
void identify_patient(Value& patient, const Form& form, const Request& request);

// Allergies, past diseases, consent, household; for a patient of this id.
void create_belongings(Change& change, const Request& request, const Form& form, const std::string& patient, std::string_view name);
// Into the household of a number; makes it when there is none.
void join_household(Change& change, const Request& request, const std::string& number, const std::string& role,
                    const std::string& patient, std::string_view name);

// The search that must find nobody else with one of these documents: "identifier=a|1,b|2"; empty without documents.
std::string unique_documents(const Form& form);

}  // namespace witmed::keeping
