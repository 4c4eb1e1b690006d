// Words of texts, for `_text` and `_content` (http://hl7.org/fhir/R4/search.html#text): runs of letters and digits, folded;
// of Chinese every pair of neighbouring characters, so that any piece of two characters or more is found.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fhir/search/query_condition.h"

namespace witmed::fhir {

// In the order of the text, repeated ones too.
std::vector<std::string> words(std::string_view text);
// The text of a narrative without its tags.
std::string narrative_text(std::string_view xhtml);

// Words of a resource, in order; an empty one stands between two elements. Of the narrative, or of everything that people wrote:
// strings, markdown and the narrative, but no identifiers, references, codes and units.
std::vector<std::string> narrative_words(Node resource);
std::vector<std::string> content_words(Node resource, TypeId type);

// Both, each word once and in order of words: what the index keeps of a resource.
void add_words(Node resource, TypeId type, Extraction& out);

// A query of words, "phrases", and, or, not, brackets → conditions of kind narrative or content. Throws Rejection(400).
Condition parse_words(ConditionReader& reader, std::string_view name, std::string_view text);

}  // namespace witmed::fhir
