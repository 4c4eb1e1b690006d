// Bundles: who is meant by a reference between their entries, and the rules that R4's invariants do not say
// (http://hl7.org/fhir/R4/bundle.html#references, #document, #transaction).
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fhir/validate/faults.h"

namespace witmed::fhir {

class BundleIndex {
 public:
  struct Entry {
    Node entry, resource;   // resource: nothing for a removal
    std::string full_url;   // empty when there is none
    std::string name;       // "Patient/p1"; empty when the resource has no id
    std::string version;    // meta.versionId
  };
  explicit BundleIndex(Node bundle);

  const std::vector<Entry>& entries() const { return entries_; }
  // Of the entry that holds `resource`; nullptr when none does.
  const Entry* holder(Node resource) const;
  // Entries that a reference means, when it stands in `from` (R4's rules: by fullUrl, relative ones beside a RESTful fullUrl).
  std::vector<const Entry*> strict(std::string_view reference, const Entry& from) const;  // two when there are several
  // The one entry that it can mean at all: strictly, else the only one of that type and id; nullptr when none, or several.
  const Entry* lenient(std::string_view reference, const Entry* from) const;
  // The resource of that type with that canonical url: "url" (then the greatest version) or "url|version"; nothing when none has it.
  Node definition(TypeId type, std::string_view canonical) const;

 private:
  std::vector<Entry> entries_;
  std::unordered_multimap<std::string_view, const Entry*> by_url_, by_name_;
  std::unordered_multimap<std::string, const Entry*> by_version_;  // "fullUrl/_history/version"
  std::unordered_map<std::string, Node> definitions_;  // "Questionnaire url", "Questionnaire url|version"
};

void check_bundle(Node bundle, const BundleIndex& index, Faults& faults);

}  // namespace witmed::fhir
