// Who may be the same person as the one in a form: candidates found by number, birth date, name and telephone, each with a
// score and the reasons for it. Weights are our own judgement, for showing to a registrar who decides; they are no
// probabilities, and nothing is merged by them.
#pragma once
#include <string>
#include <vector>

#include "services/keeping/change.h"
#include "services/keeping/form.h"

namespace witmed::keeping {

struct Candidate {
  record::Version patient;
  int score = 0;        // at most 100
  bool certain = false; // a document of the same number
  std::vector<std::string> reasons;  // codes: "document", "name", "name-sound", "name-like", "birth-date" …
};

inline constexpr int kShown = 35;   // from here on shown
inline constexpr int kLikely = 60;  // from here on the registrar must say that it is somebody else

// Best first, at most `count`; without the resident of `except`.
std::vector<Candidate> candidates(const Request& request, const Form& form, std::string_view except, size_t count);
// Findings that a registration must settle: a number that is taken (error), somebody likely (warning), unless the request
// says `different-from` them.
void add_findings(const Request& request, const std::vector<Candidate>& list, std::vector<fhir::Issue>& findings);
std::vector<Value> candidate_parameters(const Request& request, const std::vector<Candidate>& list);

}  // namespace witmed::keeping
