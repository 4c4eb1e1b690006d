// Text without what makes no difference when people compare: case, accents, width and compatibility forms
// folded, white space single and trimmed, the many middle dots of transcribed names one.
#pragma once
#include <string>
#include <string_view>

namespace witmed::fhir {

// Bytes that are not UTF-8 are kept as they are.
std::string fold_text(std::string_view text);
void fold_text(std::string_view text, std::string& out);  // replaces what `out` holds

}  // namespace witmed::fhir
