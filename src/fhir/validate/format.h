// Formats of R4's primitive types (http://hl7.org/fhir/R4/datatypes.html#primitive), checked by hand: as the
// published regular expressions say, and beyond them that days exist and base64 ends where it may.
#pragma once
#include <cstdint>
#include <string_view>

#include "fhir/definitions/definitions.h"
#include "fhir/json/document.h"

namespace witmed::fhir {

enum class Format : uint8_t {
  none,
  boolean,
  integer,
  positive_int,
  unsigned_int,
  decimal,
  string,
  code,
  id,
  uri,
  oid,
  uuid,
  base64,
  date,
  date_time,
  instant,
  time,
  xhtml
};

// Format::none for a type that is no primitive. url and canonical are uri, markdown is string.
Format format_of(TypeId type);
// What JSON writes it as: boolean, number or string.
Kind json_kind(Format format);

// `text` is the value without quotes, unescaped.
bool well_formed(Format format, std::string_view text);

// What the format is, for messages: "date (YYYY, YYYY-MM or YYYY-MM-DD, a day that exists)".
struct FormatHelp {
  const char *en, *zh;
};
FormatHelp describe(Format format);

}  // namespace witmed::fhir
