// The grammar of index keys: how what search finds in a resource becomes rows, and how a search finds them again.
// Every key is SipHash-2-4 under the secret of the store, so that an index alone tells nothing; hashed keys find candidates,
// and where an error would hurt (identifiers, conditional operations) the value itself is compared afterwards.
//
//   posting key        what it lists (numbers of resources, ascending)
//   ------------------------------------------------------------------------------------------------
//   type               H("T" type)                       every resource of a type
//   shape              H("S" shape)                      resources in which exactly the same parts are present: `:missing`
//   token              H("c" part code) · H("v" part system 0 code) · H("s" part system); only the first where the
//                      element implies its system or is a plain string; "s" of a mime type: its base
//   text prefix        H("p" part first-n-characters)    n in {1,2,3,4,6,8,12,16}; string and lookup
//   text bigram        H("b" part two-characters)        `:contains`; H("l" part) lists texts too long to index
//   uri                H("u" part uri)
//   reference          R(type id) ⊕ h("r" part)          reference to a resource here
//   reference outside  H("o" part url); H("o" part "#") for every reference to what is contained
//   reference by name  H("i" part system 0 value)        Reference.identifier
//   lookup             H("p" "lookup" first-n-characters of the pinyin or its initials), H("c" "lookup" last four of a number)
//   contained          H("C" type)                       holders of a contained resource of the type; its values stand under
//                                                        parts of their own (contained_part)
//   word               H("w" type word) of everything people wrote, H("x" type word) of the narrative (fhir/search/words.h)
//   compartment        R("Patient" id) ⊕ h("P")          everything in a patient's compartment, and the patient
//
//   ordered key        value                             extra
//   ------------------------------------------------------------------------------------------------
//   date               H("d" class part) begin, ms       length, ms; class 0..3 by length ≤ 1 day, 32 days, 366 days, more
//   number             H("n" wide part)       low end    high end − low end, as mapped integers; wide 1 when they differ
//   quantity           H("q" wide part)       as written (unit not in the key: compared afterwards)
//   canonical          H("k" wide part unit)  in base units
//   timeline           R("Patient" id) ⊕ h("t" type)     clinical time, ms; type number
//   timeline by code   R("Patient" id) ⊕ h("t" type code)
//
// H is 64 bits. R(type id) gives the upper 32 bits and h the lower 32: everything that points at one resource lies together
// in the tables, so writing about one patient touches few pages, and reading a patient reads few.
#pragma once
#include <string>
#include <string_view>

#include "base/hash.h"
#include "fhir/search/extract.h"
#include "store/rows.h"

namespace witmed::store {

// Rows of one resource, and its shape.
struct ResourceRows {
  RowSet rows;
  uint64_t shape = 0;
  std::vector<uint64_t> shape_parts;
};

int64_t ordered_number(double value);  // order-preserving map of doubles to integers
double number_from_ordered(int64_t ordered);

class Keys {
 public:
  explicit Keys(SipKey secret) : secret_(secret) {}

  ResourceRows rows(fhir::TypeId type, std::string_view id, const fhir::Extraction& extraction) const;
  // Those of one part only.
  void part_rows(const fhir::Part& part, const fhir::Extraction& extraction, RowSet& out) const;

  Key type(fhir::TypeId type) const;
  Key shape(uint64_t shape) const;
  Key identity(fhir::TypeId type, std::string_view id) const;  // not a posting: guards, overlay and cache
  Key code(uint64_t part, std::string_view code) const;
  Key token(uint64_t part, std::string_view system, std::string_view code) const;
  Key system(uint64_t part, std::string_view system) const;
  Key prefix(uint64_t part, std::string_view characters) const;
  Key bigram(uint64_t part, std::string_view characters) const;
  Key long_text(uint64_t part) const;
  Key uri(uint64_t part, std::string_view uri) const;
  Key reference(uint64_t part, std::string_view type, std::string_view id) const;
  Key outside(uint64_t part, std::string_view url) const;
  Key reference_identifier(uint64_t part, std::string_view system, std::string_view value) const;
  Key compartment(std::string_view patient) const;
  Key contained(fhir::TypeId type) const;
  // The part under which values of contained resources stand.
  static uint64_t contained_part(uint64_t part) { return part ^ 0x9E3779B97F4A7C15ull; }
  Key word(fhir::TypeId type, bool narrative, std::string_view word) const;
  Key date(uint64_t part, int length_class) const;
  Key number(uint64_t part, bool wide) const;
  Key quantity(uint64_t part, bool wide) const;
  Key canonical(uint64_t part, bool wide, std::string_view unit) const;
  Key timeline(std::string_view patient, fhir::TypeId type, std::string_view code) const;

  // Lengths of the indexed prefixes of a text, and the longest of them that a text of n characters has.
  static constexpr size_t kPrefixes[] = {1, 2, 3, 4, 6, 8, 12, 16};
  static constexpr size_t kLongText = 2000;  // characters; longer texts have no bigrams
  static constexpr int kDateClasses = 4;
  static constexpr int64_t kClassLength[kDateClasses] = {86'400'000, 32 * 86'400'000ll, 366 * 86'400'000ll, INT64_MAX};

  static constexpr uint64_t kLookup = fnv1a("lookup");  // the part of what is no FHIR parameter (fhir/search/lookup.h)

 private:
  // Prefixes and bigrams of a normalised text.
  void text_rows(uint64_t part, std::string_view normalized, RowSet& out) const;
  Key hash(char tag, uint64_t part, std::string_view a, std::string_view b) const;
  Key about(std::string_view type, std::string_view id, Key low) const;
  void entry_rows(const fhir::Part& part, const fhir::IndexEntry& entry, RowSet& out) const;
  void lookup_rows(const fhir::Extraction& extraction, RowSet& out) const;
  void timeline_rows(fhir::TypeId type, const fhir::Extraction& extraction, RowSet& out) const;
  SipKey secret_;
};

// Byte offsets of the characters of a UTF-8 text, and its end.
std::vector<uint32_t> characters(std::string_view text);

}  // namespace witmed::store
