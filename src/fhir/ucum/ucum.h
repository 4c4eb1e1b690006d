// Units of measure by UCUM (https://ucum.org/ucum, case-sensitive codes): an expression such as "mg/dL",
// "10*3/uL", "mm[Hg]", "{beats}/min" is read once and reduced to base units, so that values in different
// units can be compared. Amount of substance is kept as a base unit of its own (strict UCUM makes mol a
// number near 6.02e23, which would make "mmol/L" comparable with "/L"). Arbitrary units ([iU], [arb'U] …) and
// logarithmic ones (pH, B …) are their own base.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace witmed::fhir::ucum {

struct Unit {
  double factor = 1;  // canonical value = value * factor + offset
  double offset = 0;  // only Cel, [degF], [degRe] have one
  std::string base;   // canonical unit, "m-3.mol", "K", "1" for a plain number
};

// The unit that `code` stands for; nothing when it is no UCUM expression. Cached and thread-safe.
std::optional<Unit> parse(std::string_view code);

struct Quantity {
  double value;
  std::string unit;
};

// `value` in base units; nothing when `code` is no UCUM expression.
std::optional<Quantity> canonicalize(double value, std::string_view code);

}  // namespace witmed::fhir::ucum
