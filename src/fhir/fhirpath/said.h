// What is wrong with an expression, in both languages.
#pragma once
#include <fmt/format.h>

#include "fhir/fhirpath/fhirpath.h"

namespace witmed::fhir {

template <typename... Args>
Said said(fmt::format_string<const Args&...> en, fmt::format_string<const Args&...> zh, const Args&... args) {
  return {fmt::format(en, args...), fmt::format(zh, args...)};
}

}  // namespace witmed::fhir
