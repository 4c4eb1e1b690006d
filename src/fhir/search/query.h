// A search as FHIR R4 writes it (http://hl7.org/fhir/R4/search.html), read into a tree. Says nothing of how
// it is answered.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "fhir/search/extract.h"
#include "fhir/terminology.h"

namespace witmed::fhir {

enum class Prefix : uint8_t { eq, ne, gt, lt, ge, le, sa, eb, ap };
enum class Modifier : uint8_t {
  none,
  missing,
  exact,
  contains,
  not_,
  text,
  identifier,
  above,
  below,
  in,
  not_in,
  of_type,
  // what `_filter` asks beside these; values of strings and tokens are compared without case
  equals,    // string, token: the whole
  unequal,   // string, token: some value is another one
  ends,      // string
  compare,   // string, by QueryValue::prefix
  overlaps,  // date
  includes   // date: the value in the resource includes the one asked for
};

// One of the comma-separated values. Which fields hold a value depends on the parameter's search type.
struct QueryValue {
  Prefix prefix = Prefix::eq;
  bool missing = false;  // :missing=true|false
  std::string a, b, c;  // token: a system, b code · string: a · uri: a · reference: a type, b id, c url ·
                        // quantity: a system, b code of_type: a system, b code (of the type), c value
  bool any_system = true;     // token, quantity: no "|" was written; false with empty a = "|code", no system
  bool any_code = false;      // token: "system|"
  int64_t low = 0, high = 0;  // date: what the text spans, [low, high)
  double number = 0, low_number = 0,
         high_number = 0;  // number, quantity: the value, and what its precision spans
  std::string version;  // reference here: "Patient/1/_history/2"
  double canonical = 0, canonical_low = 0, canonical_high = 0;
  std::string canonical_unit;          // quantity with a UCUM unit; empty when it has none
  std::vector<QueryValue> components;  // composite
};

// One thing that must hold of a resource. Conditions nest: a chain speaks of what a resource refers to, `_has` of what
// refers to it, and `_filter` combines conditions.
struct Condition {
  enum class Kind : uint8_t {
    value,         // the values of `param` compared with `any`
    chain,         // some reference in `param` leads to a resource that meets one of `inner` (each on its type)
    has,           // a resource of type `inner[0].on` refers here by `param` and meets inner[0]
    id,            // the logical id is one of any[].a
    last_updated,  // meta.lastUpdated, as a date
    list,          // it is an item of List/any[].a
    narrative,     // these words (any[].a) follow each other in the narrative
    content,       // … in any element that people wrote
    near,          // Location.position within any[].high_number metres of latitude any[].number, longitude any[].canonical
    all,           // every one of `inner`
    some,          // one of `inner`
    none,          // none of `inner`
  };
  Kind kind = Kind::value;
  const SearchParam* param = nullptr;
  Modifier modifier = Modifier::none;
  TypeId target = 0;             // reference: `subject:Patient=…`
  std::vector<QueryValue> any;   // OR
  std::string name;              // as written, for messages and the self link: "code:not"
  TypeId on = 0;                 // inner conditions: the type of resource they are about
  std::vector<Condition> inner;
};

struct SortKey {
  const SearchParam* param;
  bool descending;
  std::string name;
};

struct Include {
  bool reverse = false;
  TypeId source = 0;
  const SearchParam* param = nullptr;  // nullptr = "*"
  TypeId target = 0;                   // 0 = any
  bool iterate = false;
};

struct SearchQuery {
  TypeId type = 0;             // 0 = all types (system search)
  std::vector<TypeId> types;   // system search: `_type`
  std::vector<Condition> all;  // AND
  std::optional<std::pair<std::string, std::string>> compartment;  // "Patient", id
  std::vector<SortKey> sort;  // param nullptr: "_id" or "_lastUpdated" by name
  std::vector<Include> includes;
  std::optional<uint32_t> count;  // `_count`; 0 = as _summary=count
  enum class Total : uint8_t { unset, none, estimate, accurate } total = Total::unset;
  enum class Summary : uint8_t { off, on, text, data, count } summary = Summary::off;
  // `_contained`: what stands inside other resources, alone or beside what stands by itself; `_containedType=contained`: that
  // itself is the answer, not its container.
  enum class Contained : uint8_t { no, only, both } contained = Contained::no;
  bool contained_alone = false;
  std::vector<std::string> elements;
  std::string base;    // address of this server: absolute references under it are relative ones
  std::string cursor;  // `_cursor`: where the page begins, opaque
  std::vector<std::pair<std::string, std::string>>
      used;                     // parameters that took part, as written: the self link
  std::vector<Issue> warnings;  // lenient handling: what was ignored
};

struct ParseSettings {
  bool lenient = false;  // Prefer: handling=lenient: unknown parameters are ignored, and said so
  ExtractSettings values;
  int64_t now = 0;  // microseconds since 1970: `ap` on dates is relative to it
  const Terminology* terminology = nullptr;  // for :in, :not-in, :above and :below of codes; they are refused without it
};

// `params`: decoded name and value, in the order written. Throws Rejection(400) naming the parameter at
// fault.
SearchQuery parse_query(TypeId type, const std::vector<std::pair<std::string, std::string>>& params,
                        const ParseSettings& settings);

// Does a resource with these entries meet the condition (of kind value)? The reference of what search means: the
// store's indexes only find candidates, and a property test compares both.
bool matches(const Condition& condition, const std::vector<IndexEntry>& entries);
// Metres between two points of the earth, as on a sphere.
double distance(double latitude, double longitude, double other_latitude, double other_longitude);
// Of kind last_updated: `time` is meta.lastUpdated, microseconds since 1970.
bool updated_when(const Condition& condition, int64_t time);

// Text as string search sees it: case, accents, width and compatibility forms folded, punctuation left out, white space
// single. A text of nothing but punctuation stays as it is.
std::string normalize_text(std::string_view text);
// "text/xml; charset=UTF-8" → "text/xml".
std::string_view mime_base(std::string_view text);

}  // namespace witmed::fhir
