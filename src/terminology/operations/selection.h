// The codes of a value set, not yet written out: runs of concepts of code systems, in the order of the value set. Large
// systems are held as bits, so that a page of them costs what the page costs.
#pragma once
#include <memory>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "terminology/concept_bits.h"
#include "terminology/operations/context.h"

namespace witmed::terminology {

// One code of a value set.
struct Chosen {
  uint32_t segment = 0;
  Place place;
  const ConceptReference* reference = nullptr;  // of the include that lists it
  const Listed* listed = nullptr;               // of an expansion that came with the value set
};

struct Segment {
  Source source;                // none: listed only
  ConceptBits bits;             // of a book, in its order; else:
  std::vector<Chosen> entries;  // in the order of the value set
  bool by_bits = false;
  const ValueSet* from = nullptr;  // that includes it
  uint32_t size() const { return by_bits ? bits.count() : static_cast<uint32_t>(entries.size()); }
  bool has(std::string_view code) const;
  std::string_view system() const;
  template <typename Test>
  void remove_if(Test test);  // of Place

 private:
  mutable std::unordered_set<std::string> codes_;  // of many entries, made when first asked for
};

class Selection {
 public:
  std::vector<Segment> segments;
  bool versioned = false;   // the same system in several versions: codes are told with theirs
  bool one_per_code = false;  // … and yet one code is taken from one version only ("versionsMatch")
  bool flat = false;        // no hierarchy can be shown
  bool unclosed = false;    // part of a system is not here: a fragment
  uint32_t total() const;
  bool contains(std::string_view system, std::string_view version, std::string_view code) const;

  // What was used, for the expansion to tell: "used-codesystem" → canonical …
  std::vector<std::pair<std::string, std::string>> told;
  void tell(std::string_view name, std::string value);
};

// Throws Refusal, Rejection(503). `keep` holds value sets that the selection points into.
class Selector {
 public:
  explicit Selector(Context& context) : context_(context) {}
  Selection select(const std::shared_ptr<const ValueSet>& set);

 private:
  Selection select(const std::shared_ptr<const ValueSet>& set, std::vector<std::string>& path, bool top);
  void add_listed(const ValueSet& set, Selection& out) const;
  void add_include(const std::shared_ptr<const ValueSet>& set, size_t index, std::vector<std::string>& path, Selection& out);
  void add_whole_import(const std::vector<Selection>& imports, Selection& out) const;
  Segment segment(const ValueSet& set, const ConceptSet& each, std::string_view place, const Source& source, Selection& out);
  std::vector<Selection> imports(const std::shared_ptr<const ValueSet>& set, const ConceptSet& each, std::vector<std::string>& path, Selection& out);
  void subtract(const std::shared_ptr<const ValueSet>& set, std::vector<std::string>& path, Selection& out);
  void drop(Segment& segment, const ValueSet& set) const;
  void drop_seen(Segment& segment, const Selection& out) const;
  void note_versions(const ValueSet& set, Selection& out) const;
  Source source(const ConceptSet& each, Selection& out);
  bool is_excluded_system(const Source& source) const;
  void tell_status(const Definition& definition, const Definition* from, Selection& out) const;

  Context& context_;
  std::vector<std::shared_ptr<const ValueSet>> keep_;
};

}  // namespace witmed::terminology
