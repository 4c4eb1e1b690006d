// One validation under way: what its parts share.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/validate/bundle.h"
#include "fhir/validate/coded.h"
#include "fhir/validate/faults.h"
#include "fhir/validate/rule_book.h"
#include "fhir/validate/world.h"

namespace witmed::fhir {

class QuestionForm;  // questionnaire/form.h

// Where a value stands: what %resource and %rootResource mean, and in which Bundle.
struct Standing {
  Node resource;  // the resource that has it
  Node root;      // the one that contains that; itself when it is not contained
  const BundleIndex* bundle = nullptr;
  const BundleIndex::Entry* entry = nullptr;
};

class Run : public Host {
 public:
  Run(Faults& faults, const World& world, const ValidateOptions& options)
      : faults(faults), world(world), options(options), codes(faults, world, options) {}

  Faults& faults;
  const World& world;
  const ValidateOptions& options;
  CodeJudge codes;
  uint64_t work = 0;      // parts of profiles looked at
  int profile_depth = 0;  // profiles within profiles: what recursion may take
  uint64_t form_work = 0;  // items, conditions and codes of Questionnaires looked at

  // The resource that a reference means: contained, in the Bundle, or of the resolver.
  Node target(std::string_view reference, const Standing& standing);
  // A Questionnaire, read once however many responses name it.
  const QuestionForm& form(Node questionnaire);
  // Is an invariant kept? What cannot be evaluated is.
  bool keeps(const Rule& rule, Node node, TypeId type, const Standing& standing);
  void judge(const Rule& rule, Node node, TypeId type, const Standing& standing);

  // Whether `check`, given a run that tells nobody, finds no error.
  template <class Check>
  bool quietly(Check&& check) {
    Faults muted = Faults::muted();
    ValidateOptions errors_alone = options;
    errors_alone.warnings = false;
    Run quiet(muted, world, errors_alone);
    quiet.profile_depth = profile_depth;
    quiet.work = work;
    check(quiet);
    work = quiet.work;
    return muted.errors() == 0;
  }

  // Host
  Node resolve(std::string_view reference) override;
  std::optional<bool> member_of(const PathValue& coded, std::string_view value_set) override;
  std::optional<bool> subsumes(std::string_view system, std::string_view ancestor, std::string_view descendant) override;
  std::optional<bool> conforms_to(const PathValue& value, std::string_view profile) override;

 private:
  const Standing* standing_ = nullptr;  // of the rule that is being evaluated
  std::map<std::pair<const Document*, uint32_t>, std::shared_ptr<const QuestionForm>> forms_;
};

// The resource that `root` contains by this id.
Node contained_in(Node root, std::string_view id);

}  // namespace witmed::fhir
