// All terminology that is known at a moment: shelves, one above the other, and what follows from them. Immutable and
// thread-safe; a change makes another Library. What judge() hands out lives as long as the Library.
#pragma once
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/terminology.h"
#include "terminology/compiled_set.h"
#include "terminology/shelf.h"

namespace witmed::terminology {

class Library : public fhir::Terminology {
 public:
  using Shelves = std::vector<std::shared_ptr<const Shelf>>;  // the first is looked at first
  explicit Library(Shelves shelves) : shelves_(std::move(shelves)) {}
  ~Library() override;

  // The version of a system that answers to `version` (as version_matches); of several the one in force on `date`
  // ("YYYY-MM-DD", empty: not asked), with most of its content, newest; of the first shelf that has it whole. nullptr: not here, or
  // its resource cannot be read.
  SystemPtr system(std::string_view url, std::string_view version, std::string_view date = {}) const;
  // The system with its supplements: language packs, and those among `wanted` (canonicals).
  Source source(std::string_view url, std::string_view version, const std::vector<std::string>& wanted = {},
                std::string_view date = {}) const;
  // A supplement by its own canonical.
  SystemPtr supplement(std::string_view url) const;
  // Versions that are here, oldest first, each once; without those that have none.
  std::vector<std::string> versions(std::string_view url) const;
  // "url", "url|version". Value sets of whole systems (CodeSystem.valueSet, SNOMED's ?fhir_vs) are made here.
  std::shared_ptr<const ValueSet> value_set(std::string_view canonical) const;
  Shelf::ConceptMaps concept_maps() const;
  const Shelves& shelves() const { return shelves_; }

  // What a value set means; made once. nullptr: there is no such value set.
  std::shared_ptr<const CompiledSet> compiled(std::string_view canonical) const;
  // What the filters of an include choose; made once. `system` is on one of the shelves. Throws FilterFault, Rejection(503).
  std::shared_ptr<const ConceptBits> chosen(const ConceptSet& set, const SystemPtr& system, int64_t deadline) const;

  Verdict judge(const fhir::Code& code, std::string_view value_set) const override;
  fhir::Known subsumes(std::string_view system, std::string_view ancestor, std::string_view descendant) const override;
  std::optional<std::vector<Token>> tokens(std::string_view value_set, size_t limit) const override;
  std::optional<std::vector<Token>> relatives(std::string_view system, std::string_view code, bool below, size_t limit) const override;

 private:
  struct Made;
  const Made* known(std::string_view url, std::string_view version, bool set) const;
  const Made* remember(std::unique_ptr<Made> made) const;
  SystemPtr known_system(std::string_view url, std::string_view version) const;
  void judge_in_system(const fhir::Code& code, std::string_view url, Verdict& out) const;
  std::shared_ptr<const ValueSet> implied_value_set(std::string_view canonical) const;

  Shelves shelves_;
  // Compiled sets and systems by the words they were asked for; appended without a lock, kept until the end.
  static constexpr size_t kBuckets = 1024;
  static constexpr size_t kMaxMade = 20'000;  // beyond, what is asked for is made anew each time
  mutable std::array<std::atomic<const Made*>, kBuckets> made_{};
  mutable std::atomic<size_t> made_count_{0};
  // By include and system: both live as long as the shelves, or as the Library that was made for one request.
  static constexpr size_t kMaxChosen = 1'000;
  mutable std::shared_mutex chosen_mutex_;
  mutable std::map<std::pair<const void*, std::string>, std::shared_ptr<const ConceptBits>> chosen_;  // by system and filters
};

// Shelf of what comes with the program: R4's own definitions (http://hl7.org/fhir/R4/terminologies.html), the project's
// (fhir/terminology), and code systems that are grammars. Made once.
std::shared_ptr<const Shelf> delivered_shelf();

}  // namespace witmed::terminology
