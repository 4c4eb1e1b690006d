// One version of a code system as the operations see it: a book or a grammar, with the supplements that add to it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/json/value.h"
#include "terminology/book/code_system.h"
#include "terminology/definition.h"
#include "terminology/grammar.h"
#include "terminology/language.h"

namespace witmed::terminology {

class System {
 public:
  explicit System(CodeSystem book);
  explicit System(const Grammar& grammar);
  // From a CodeSystem resource. Throws Rejection(422).
  static std::shared_ptr<const System> parse(std::string_view text);

  Definition definition;
  const CodeSystem* book() const { return book_ ? &*book_ : nullptr; }
  const Grammar* grammar() const { return grammar_; }
  Content content() const { return book_ ? book_->content() : Content::complete; }
  bool case_sensitive() const { return book_ ? book_->case_sensitive() : grammar_->case_sensitive; }
  // A supplement that only brings names in other languages: it is always in use.
  bool is_language_pack() const { return language_pack_; }

 private:
  std::optional<CodeSystem> book_;
  const Grammar* grammar_ = nullptr;
  bool language_pack_ = false;
};
using SystemPtr = std::shared_ptr<const System>;

// A code found in a system. `id` is kNoConcept in a grammar. `code` is as the system writes it.
struct Place {
  ConceptId id = kNoConcept;
  std::string code;
};

// One of the names of a concept.
struct Name {
  std::string language, use_system, use_code, use_display, value;
  std::string status;          // active, or what the standards-status extension says: withdrawn, deprecated …
  fhir::Value extension;       // list; nothing when there is none
  const System* supplement = nullptr;  // that brought it
  bool main = false;           // the concept's display
  bool active() const { return status != "withdrawn" && status != "inactive"; }
  bool shown_first() const;    // meant to be displayed: no use, or one that says so
};

struct Property {
  std::string_view code, uri, text;
  PropertyType type;
  std::string_view system, version, display;  // of a Coding
};

// A system in use.
class Source {
 public:
  Source() = default;
  Source(SystemPtr system, std::vector<SystemPtr> supplements) : system_(std::move(system)), supplements_(std::move(supplements)) {}
  explicit operator bool() const { return system_ != nullptr; }
  const System& system() const { return *system_; }
  const SystemPtr& pointer() const { return system_; }
  const CodeSystem* book() const { return system_->book(); }
  const std::string& url() const { return system_->definition.url; }
  const std::string& version() const { return system_->definition.version; }
  std::string canonical() const { return system_->definition.canonical(); }
  const std::vector<SystemPtr>& supplements() const { return supplements_; }
  bool has_supplement(std::string_view canonical) const;

  // nullopt: no such code here. Languages are wished for what a grammar displays.
  std::optional<Place> locate(std::string_view code) const;
  std::string display(const Place& place) const;     // in the system's own language
  std::string definition(const Place& place) const;
  bool inactive(const Place& place) const;
  bool abstract(const Place& place) const;
  bool deprecated(const Place& place) const;
  std::string status(const Place& place) const;      // of the concept; empty when nothing is said
  // Display first, then designations, then those of supplements.
  std::vector<Name> names(const Place& place, std::string_view language = {}) const;
  std::vector<Property> properties(const Place& place) const;
  // Extensions of the concept, and of supplements.
  std::vector<fhir::Value> extensions(const Place& place) const;

 private:
  SystemPtr system_;
  std::vector<SystemPtr> supplements_;
};

// The name that is best shown in these languages; nullptr: none of them is in a wanted language.
const Name* best_name(const std::vector<Name>& names, const Languages& languages);

inline constexpr std::string_view kPreferredUse = "preferredForLanguage";
inline constexpr std::string_view kUseSystem = "http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra";

}  // namespace witmed::terminology
