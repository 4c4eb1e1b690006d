// Finds every indexed value of a resource. Deterministic: equal text gives equal entries, in the same order.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "fhir/search/index_entry.h"

namespace witmed::fhir {

// How texts without a zone, and urls of our own, are to be read.
struct ExtractSettings {
  int zone_minutes = 480;  // a date without zone is in the zone of the region (east of UTC positive)
  std::string base_url;    // absolute references under it are ours; empty = only relative ones are
  std::shared_ptr<class CustomParams> custom;  // search parameters that the record defines itself (custom.h); null = none
};

struct Extraction {
  std::vector<IndexEntry> entries;
  std::deque<std::string> arena;  // texts that had to be made (unescaped, normalised)
  std::vector<std::shared_ptr<struct ContainedExtraction>> contained;  // of contained resources; not filled by extract()
  std::vector<std::string> narrative, content;  // words of the resource (words.h); not filled by extract()
  void clear() {
    entries.clear();
    arena.clear();
    contained.clear();
    narrative.clear();
    content.clear();
  }
};

struct ContainedExtraction {
  TypeId type = 0;
  Extraction extraction;
};

// One root of a composite parameter ("Observation.component"), and for each component the parts it is looked
// for in. `joined`: both must come from the same element of the root (IndexEntry::ordinal equal); false for a
// component that is read from the whole resource.
struct CompositeComponent {
  std::vector<PartId> parts;
  bool joined = true;
};
using CompositeRoot = std::vector<CompositeComponent>;

// All parts of all types, and what belongs to whom.
class SearchIndex {
 public:
  static const SearchIndex&
  r4();  // compiled once, on first use, thread-safe; per type lazily so that start-up stays short
  const Part& part(PartId id) const;
  std::span<const PartId> parts(TypeId resource) const;
  // Parts of a parameter on its base type; a composite gives the parts of its components in turn.
  std::vector<PartId> parts(const SearchParam& param) const;
  // The alternatives of a composite; empty for others.
  std::span<const CompositeRoot> composite(const SearchParam& param) const;
  // "subject.where(resolve() is Patient)" shares the part of "subject": then this is Patient, and only
  // references of that type belong to the parameter. 0 = no such limit.
  TypeId target(const SearchParam& param) const;

  // `resource` must be structurally valid. `only`: extract just these parts (empty = all).
  void extract(Node resource, TypeId type, const ExtractSettings& settings, Extraction& out,
               std::span<const PartId> only = {}) const;
  // Values of the resources that are contained in one.
  void extract_contained(Node resource, const ExtractSettings& settings, Extraction& out) const;
};

}  // namespace witmed::fhir
