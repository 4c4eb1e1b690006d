// What the client asks for beside the resource itself: format, language, Prefer
// (http://hl7.org/fhir/R4/http.html#mime-type, #ops; RFC 7240).
#pragma once
#include <cstdint>
#include <string_view>

namespace witmed::rest {

enum class Language : uint8_t { zh, en };
// By Accept-Language; Chinese unless English is preferred.
Language read_language(std::string_view accept_language);

struct Preferences {
  // unset: a single write answers with the resource, an entry of a Bundle without.
  enum class Return : uint8_t { unset, representation, minimal, outcome } answer = Return::unset;
  bool lenient = false;  // handling=lenient
  bool explain = false;  // explain: how a search was walked, in Server-Timing
};
Preferences read_preferences(std::string_view prefer);

inline constexpr std::string_view kFhirJson = "application/fhir+json;charset=utf-8";

// Only JSON, of FHIR 4.0. Throw Rejection: 406 for what cannot be answered, 415 for what cannot be read.
void check_accept(std::string_view accept);
void check_format(std::string_view format);              // _format; empty is fine
void check_content_type(std::string_view content_type);  // empty is taken as JSON

}  // namespace witmed::rest
