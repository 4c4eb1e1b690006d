// What one operation works with: the library as the request sees it, its wishes, and how versions are found under its rules.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "terminology/library.h"
#include "terminology/operations/outcome.h"
#include "terminology/operations/wishes.h"

namespace witmed::terminology {

struct Context {
  const Library& library;
  Wishes wishes;
  std::vector<std::string> required_supplements = {};  // by the request and the value set
  std::set<std::string> used_rules = {};               // of versions, for the expansion to tell

  uint32_t walked = 0;                                 // value sets looked into

  // Before a value set is looked into: throws Refusal(422) when it were too many, Rejection(503) past the deadline.
  void walk();
  std::string text(Message message, std::initializer_list<std::string_view> words) const { return say(message, wishes.tongue, words); }

  // The system in the version that the rules lead to; content that is not here is as if it were not there.
  Source find(std::string_view url, std::string_view version);
  // Without the rules.
  Source find_as_asked(std::string_view url, std::string_view version) const;
  // A version that a check parameter does not allow: nullopt when all is well.
  std::optional<Finding> check_version(const Source& source, std::string place = {}) const;
  // "url|version" of a value set with the version that the rules lead to.
  std::string pinned(std::string_view canonical);
  // In the order of their age, for messages: "1.0.0 or 1.2.0".
  std::string known_versions(std::string_view url) const;
  // `from`: a "#id" is contained in it. nullptr: not here.
  std::shared_ptr<const ValueSet> value_set(std::string_view canonical, const ValueSet* from) const;
  // The extension of a supplement is there for the system; throws Refusal(422) when a required one is not used by any of these.
  void require_supplements(const std::vector<Source>& sources) const;
  // Bits of an include's filters, or Refusal(400).
  std::shared_ptr<const ConceptBits> chosen(const ConceptSet& set, const Source& source, std::string_view place) const;
};

}  // namespace witmed::terminology
