// Finding a person as people ask at a counter: name or part of it, pinyin or its initials, a whole number (identity, card,
// telephone) or its last digits. Not a FHIR parameter: the named query `Patient?_query=lookup&q=…`.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fhir/search/index_entry.h"

namespace witmed::fhir {

struct LookupTerms {
  std::vector<std::string> names;    // normalised, as written: found by beginning, or anywhere from two characters on
  std::vector<std::string> sounds;   // pinyin without spaces and tones, and its initials: found by beginning
  std::vector<std::string> numbers;  // lower case, letters and digits only: found whole or by the last four or more
};

// From the entries of a Patient: parameters name, identifier and telecom.
LookupTerms lookup_terms(const std::vector<IndexEntry>& entries);
bool lookup_matches(std::string_view query, const LookupTerms& terms);

// Pinyin of a Chinese name without tones, one syllable an item; surnames by their own reading (单 shan, 解 xie, 尉迟 yu chi).
// The list of surname readings is our own (unverified against a dictionary). Characters without a reading are left out.
std::vector<std::string> pinyin(std::string_view name);

// What a number is compared by.
std::string plain_number(std::string_view text);

}  // namespace witmed::fhir
