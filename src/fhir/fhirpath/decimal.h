// Decimal numbers of FHIRPath: exact to 38 digits, and they keep the zeros they were written with (1.00 has
// scale 2).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace witmed::fhir {

using Int128 = __int128;

class Decimal {
 public:
  static constexpr int kMaxScale = 28;  // digits after the point that are kept

  Decimal() = default;
  explicit Decimal(int64_t value) : Decimal(Int128(value), 0) {}
  Decimal(Int128 mantissa, int scale)
      : low_(static_cast<uint64_t>(mantissa)), high_(static_cast<int64_t>(mantissa >> 64)), scale_(scale) {}

  // "-12.50", "1e3", "+4"; nothing when it is no number or has more digits than we keep.
  static std::optional<Decimal> parse(std::string_view text);
  // The shortest text of a double, read again; nothing for infinities and NaN.
  static std::optional<Decimal> from_double(double value);

  Int128 mantissa() const { return (Int128(high_) << 64) | Int128(low_); }
  int scale() const { return scale_; }
  bool is_zero() const { return low_ == 0 && high_ == 0; }
  bool is_short() const {
    return high_ == (static_cast<int64_t>(low_) < 0 ? -1 : 0);
  }  // mantissa fits 64 bits
  bool is_negative() const { return high_ < 0; }
  int digits() const;  // significant digits as written: 1.58700 has 6
  double to_double() const;
  std::string text() const;

  Decimal negated() const { return {-mantissa(), scale_}; }
  // Trailing zeros after the point removed.
  Decimal trimmed() const;
  // To `scale` digits after the point: half away from zero, down, up, or towards zero.
  enum class Rounding : uint8_t { half, floor, ceiling, truncate };
  std::optional<Decimal> rounded(int scale, Rounding how) const;
  // The whole part, when it fits.
  std::optional<int64_t> integer() const;

  // Nothing on overflow.
  friend std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
  // a / b to at least 16 digits after the point; nothing when b is zero.
  friend std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
  // Whole quotient towards zero, and what is left.
  friend std::optional<Decimal> quotient(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> remainder(const Decimal& a, const Decimal& b);
  // <0, 0, >0; trailing zeros make no difference.
  friend int compare(const Decimal& a, const Decimal& b);

 private:
  uint64_t low_ = 0;  // two halves, so that a value of FHIRPath needs no 16-byte alignment
  int64_t high_ = 0;
  int32_t scale_ = 0;
};

std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
std::optional<Decimal> quotient(const Decimal& a, const Decimal& b);
std::optional<Decimal> remainder(const Decimal& a, const Decimal& b);
int compare(const Decimal& a, const Decimal& b);

}  // namespace witmed::fhir
