// One version of a code system (http://hl7.org/fhir/R4/codesystem.html) as a book: an immutable image, read where it lies,
// in a mapped file or in memory. Cheap to open and to copy (a copy shares the image), thread-safe. What it hands out lives as
// long as the image. The bytes are described in format.h; they come from CodeSystemBuilder.
//
// A damaged or hostile image can give wrong answers, but never makes a reader crash, read outside it, or loop.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terminology/book/format.h"
#include "terminology/book/image.h"
#include "terminology/book/typed.h"

namespace witmed::terminology {

// The place of a concept in its system's order: 0 … size()-1. Parents stand before their children and every subtree of first
// parents is one run, so a walk from 0 to the end is the order of the pages of the printed book.
using ConceptId = uint32_t;
inline constexpr ConceptId kNoConcept = ~ConceptId{0};

struct PropertyDefinition {
  std::string_view code, uri, description;
  PropertyType type;
};
struct FilterDefinition {
  std::string_view code, description, value;
  std::string_view operators;  // as in the resource, separated by one space: "= is-a"
};
// A property of a concept. `text` is the value as written ("true", "3.50", "2020-01-01"); of a Coding its code.
struct PropertyValue {
  uint32_t property;  // index in properties()
  PropertyType type;
  std::string_view text;
  std::string_view system, version, display;  // of a Coding
};
// Another name of a concept; `use` empty where the table says none.
struct Designation {
  std::string_view language, use_system, use_code, use_display, value;
  std::string_view extension;  // JSON list; empty: none
};

// A run of things that are read one by one; like a span that computes its items.
template <class Item>
class Items {
 public:
  using Get = Item (*)(const Image&, uint32_t);
  Items(const Image& image, uint32_t first, uint32_t last, Get get) : image_(&image), first_(first), last_(last), get_(get) {}
  class Iterator {
   public:
    Iterator(const Items& items, uint32_t at) : items_(&items), at_(at) {}
    Item operator*() const { return items_->get_(*items_->image_, at_); }
    Iterator& operator++() { return ++at_, *this; }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const Items* items_;
    uint32_t at_;
  };
  Iterator begin() const { return {*this, first_}; }
  Iterator end() const { return {*this, last_}; }
  uint32_t size() const { return last_ - first_; }
  bool empty() const { return first_ == last_; }
  Item operator[](uint32_t i) const { return get_(*image_, first_ + i); }

 private:
  const Image* image_;
  uint32_t first_, last_;
  Get get_;
};

struct Match {
  ConceptId id;
  MatchKind kind;
};
using MatchVisitor = std::function<bool(Match)>;  // false: enough

class CodeSystem {
 public:
  // Image::map(path), Image::keep(builder.finish()) or Image::view(bytes in place). Throws Failure when it is no code system.
  explicit CodeSystem(Image image);

  // --- the system ---
  std::string_view url() const;
  std::string_view version() const;  // empty: none
  std::string_view name() const;
  std::string_view title() const;           // in the system's own language
  std::string_view title_zh() const;        // empty where unknown, as title_en
  std::string_view title_en() const;
  std::string_view language() const;        // of the displays, BCP 47; empty: not said
  std::string_view status() const;          // draft | active | retired | unknown
  std::string_view value_set() const;       // canonical url of the value set of all its codes
  std::string_view supplements() const;     // content supplement: url or url|version of the system it adds to
  std::string_view date() const;            // of publication, as written
  // The days on which this version applies, "YYYY-MM-DD", both inclusive; empty: open.
  std::string_view valid_from() const;
  std::string_view valid_until() const;
  // The CodeSystem resource without its concepts, JSON; empty where the book was made from a table.
  std::string_view resource() const;
  Content content() const;
  HierarchyMeaning hierarchy_meaning() const;
  bool case_sensitive() const;
  bool compositional() const;
  bool version_needed() const;
  bool experimental() const;
  uint32_t size() const { return size_; }  // concepts here
  uint32_t count() const;                  // concepts of the whole system as it says itself; 0: not said

  Items<PropertyDefinition> properties() const;
  std::optional<uint32_t> property(std::string_view code) const;  // index in properties()
  Items<FilterDefinition> filters() const;

  // --- a concept ---
  // kNoConcept where there is none. Follows case_sensitive().
  ConceptId find(std::string_view code) const;
  std::string_view code(ConceptId id) const;
  std::string_view display(ConceptId id) const;     // empty: none
  std::string_view definition(ConceptId id) const;  // empty: none
  // By property `inactive`, or `status` retired or inactive; by property `notSelectable`; by `status` deprecated or `deprecated`.
  bool inactive(ConceptId id) const;
  bool abstract(ConceptId id) const;
  bool deprecated(ConceptId id) const;
  std::string_view extension(ConceptId id) const;   // JSON list; empty: none
  Items<Designation> designations(ConceptId id) const;
  Items<PropertyValue> values(ConceptId id) const;
  // The display in the best of these languages (BCP 47, "zh" takes "zh-CN"): the display, a designation, else the display.
  std::string_view display(ConceptId id, std::span<const std::string_view> languages) const;

  // --- the hierarchy ---
  bool has_hierarchy() const;
  std::vector<ConceptId> roots() const;                 // in order; all concepts where there is no hierarchy
  // One behind the last concept of the tree of `id` (by first parents): its next sibling, where there is one.
  ConceptId tree_end(ConceptId id) const;
  std::vector<ConceptId> parents(ConceptId id) const;   // first parent first
  std::vector<ConceptId> children(ConceptId id) const;  // in order, then those whose first parent is another
  bool has_children(ConceptId id) const;
  // Is `ancestor` above `descendant` by any way up? Not of itself. O(log k), k the runs below.
  bool is_above(ConceptId ancestor, ConceptId descendant) const;
  // All below `id`, without itself: disjoint ascending runs [first, last). In a tree at most one.
  struct Run {
    ConceptId first, last;
  };
  std::vector<Run> below(ConceptId id) const;

  // --- search as a person types ---
  // Chinese anywhere in the text, words of other scripts from their beginning, codes from their beginning with or without
  // their points, pinyin or its initials; several words: all of them. Display and designations in `languages` (all when empty;
  // those of an unsaid language always). Calls `visit` best first: by kind, then commoner, then shorter; of more than kRanked
  // matches (a single letter, in a large system) the commonest are sorted by kind, the others follow by commonness alone.
  // Complete: goes on until all matches were visited or `visit` says enough. Of pinyin at most Sounds::kMaxReadings ways to
  // part it into syllables are looked at.
  static constexpr uint32_t kRanked = 4096;
  void search(const Typed& typed, std::span<const std::string_view> languages, const MatchVisitor& visit) const;
  std::vector<Match> search(std::string_view typed, std::span<const std::string_view> languages, size_t limit) const;
  // The same question of one concept.
  std::optional<MatchKind> match(const Typed& typed, ConceptId id, std::span<const std::string_view> languages) const;

  const Image& image() const { return image_; }

 private:
  bool in_languages(std::string_view language, std::span<const std::string_view> languages) const;

  Image image_;
  uint32_t size_ = 0;
  uint32_t slots_ = 0;  // of code_hash; 0: none
  bool case_sensitive_ = true;
};

}  // namespace witmed::terminology
