// The profiles that are known: those that R4 publishes (vital signs, its extensions) and the project's own (fhir/profiles/), packed at
// build time and read when they are first asked for; and those of a record, as they are written. Thread-safe.
#pragma once
#include <map>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "fhir/validate/profile/profile.h"

namespace witmed::fhir {

class ProfileRegistry : public Profiles {
 public:
  ProfileRegistry();
  std::shared_ptr<const Profile> find(std::string_view canonical) const override;

  // A StructureDefinition of the record, by id, as it is now; empty text: it is no more. It goes before an embedded one of its url.
  void put(const std::string& id, std::string_view text);
  // Canonical urls, embedded ones and the record's.
  std::vector<std::string> urls() const;

 private:
  struct Kept {
    std::string url, version, text;
  };
  std::shared_ptr<const Profile> compiled(std::string_view url, std::string_view version, int depth) const;
  std::string text_of(std::string_view url, std::string_view version) const;

  class Nested;  // what a definition that is being compiled may ask for
  mutable std::shared_mutex mutex_;
  std::map<std::string, Kept> kept_;                          // by id
  std::unordered_multimap<std::string, std::string> by_url_;  // → id
  mutable std::unordered_map<std::string, std::shared_ptr<const Profile>> compiled_;  // null: cannot be
  uint64_t generation_ = 0;                                   // of kept_
};

// What is packed: the text of a StructureDefinition; empty when the url is not among them.
std::string embedded_profile(std::string_view url);
std::vector<std::string> embedded_profile_urls();

}  // namespace witmed::fhir
