#include "fhir/fhirpath/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

namespace witmed::fhir {
namespace {

constexpr int kDigits = 37;  // any number of so many digits fits into 128 bits
constexpr int kShort = 18;   // into 64 bits

std::optional<Int128> times_power(Int128 value, int power) {
  for (; power > 0; --power) {
    if (__builtin_mul_overflow(value, Int128(10), &value)) return std::nullopt;
  }
  return value;
}

// Both mantissas at one scale.
std::optional<std::pair<Int128, Int128>> aligned(const Decimal& a, const Decimal& b) {
  if (a.scale() == b.scale()) return std::pair(a.mantissa(), b.mantissa());
  int scale = std::max(a.scale(), b.scale());
  auto left = times_power(a.mantissa(), scale - a.scale());
  auto right = times_power(b.mantissa(), scale - b.scale());
  if (!left || !right) return std::nullopt;
  return std::pair(*left, *right);
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
  Int128 mantissa = 0;
  uint64_t low = 0;  // the first digits, which are all that most numbers have
  int scale = 0, digits = 0, seen = 0;
  bool point = false;
  for (; at < text.size(); ++at) {
    char c = text[at];
    if (c == '.' && !point && seen > 0) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    ++seen;
    if (digits != 0 || c != '0') ++digits;
    if (digits > kDigits) return std::nullopt;
    if (digits <= kShort) {
      low = low * 10 + uint64_t(c - '0');
      mantissa = low;
    } else {
      mantissa = mantissa * 10 + (c - '0');
    }
    scale += point;
  }
  if (seen == 0 || text[at - 1] == '.') return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    ++at;
    if (at < text.size() && text[at] == '+') ++at;
    int exponent = 0;
    auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
    if (error != std::errc() || end != text.data() + text.size() || std::abs(exponent) > 400)
      return std::nullopt;
    scale -= exponent;
  }
  if (scale < 0) {
    auto grown = times_power(mantissa, -scale);
    if (!grown) return std::nullopt;
    mantissa = *grown;
    scale = 0;
  }
  if (scale > kDigits) return std::nullopt;
  return Decimal(negative ? -mantissa : mantissa, scale);
}

std::optional<Decimal> Decimal::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char buffer[64];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  if (error != std::errc()) return std::nullopt;
  return parse({buffer, size_t(end - buffer)});
}

int Decimal::digits() const {
  std::string written = text();
  size_t count = 0;
  bool leading = true;
  for (char c : written) {
    if (c == '-' || c == '.') continue;
    if (leading && c == '0') continue;
    leading = false;
    ++count;
  }
  return int(count);
}

double Decimal::to_double() const {
  if (scale_ == 0) return double(mantissa());
  std::string written = text();
  double value = 0;
  std::from_chars(written.data(), written.data() + written.size(), value);
  return value;
}

std::string Decimal::text() const {
  Int128 value = mantissa();
  bool negative = value < 0;
  unsigned __int128 rest =
      negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
  std::string out;
  int written = 0;
  while (rest != 0 || written <= scale_) {
    if (written == scale_ && scale_ > 0) out += '.';
    out += char('0' + int(rest % 10));
    rest /= 10;
    ++written;
  }
  if (negative) out += '-';
  std::reverse(out.begin(), out.end());
  return out;
}

Decimal Decimal::trimmed() const {
  Int128 value = mantissa();
  int scale = scale_;
  while (scale > 0 && value % 10 == 0) {
    value /= 10;
    --scale;
  }
  return {value, scale};
}

std::optional<Decimal> Decimal::rounded(int scale, Rounding how) const {
  if (scale >= scale_) {
    auto grown = times_power(mantissa(), scale - scale_);
    if (!grown) return std::nullopt;
    return Decimal(*grown, scale);
  }
  auto unit = times_power(1, scale_ - scale);
  if (!unit) return std::nullopt;
  Int128 value = mantissa();
  Int128 whole = value / *unit, rest = value % *unit;
  int sign = value < 0 ? -1 : 1;
  switch (how) {
    case Rounding::half:
      if (rest * sign >= *unit - rest * sign) whole += sign;
      break;
    case Rounding::floor:
      if (rest < 0) --whole;
      break;
    case Rounding::ceiling:
      if (rest > 0) ++whole;
      break;
    case Rounding::truncate: break;
  }
  return Decimal(whole, scale);
}

std::optional<int64_t> Decimal::integer() const {
  auto whole = rounded(0, Rounding::truncate);
  if (!whole || whole->mantissa() > INT64_MAX || whole->mantissa() < INT64_MIN) return std::nullopt;
  return int64_t(whole->mantissa());
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  auto both = aligned(a, b);
  Int128 sum;
  if (!both || __builtin_add_overflow(both->first, both->second, &sum)) return std::nullopt;
  return Decimal(sum, std::max(a.scale(), b.scale()));
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
  Int128 product;
  if (__builtin_mul_overflow(a.mantissa(), b.mantissa(), &product)) return std::nullopt;
  Decimal result(product, a.scale() + b.scale());
  return result.scale() > Decimal::kMaxScale ? result.rounded(Decimal::kMaxScale, Decimal::Rounding::half)
                                             : result;
}

std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  // a/10^sa : b/10^sb = (a * 10^(16 + sb - sa)) / b, to 16 digits; fewer when that would overflow.
  for (int scale = 16; scale >= 0; --scale) {
    int power = scale + b.scale() - a.scale();
    auto top = times_power(a.mantissa(), std::max(power, 0));
    auto bottom = times_power(b.mantissa(), std::max(-power, 0));
    if (top && bottom) return Decimal(*top / *bottom, scale).trimmed();
  }
  return std::nullopt;
}

std::optional<Decimal> quotient(const Decimal& a, const Decimal& b) {
  auto both = aligned(a, b);
  if (!both || both->second == 0) return std::nullopt;
  return Decimal(both->first / both->second, 0);
}

std::optional<Decimal> remainder(const Decimal& a, const Decimal& b) {
  auto both = aligned(a, b);
  if (!both || both->second == 0) return std::nullopt;
  return Decimal(both->first % both->second, std::max(a.scale(), b.scale()));
}

namespace {

// Of few digits, as most are: 64 bits and a power of ten fit into 128.
std::optional<int> compare_short(const Decimal& a, const Decimal& b) {
  constexpr int64_t kPowers[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
  const int apart = a.scale() - b.scale();
  if (!a.is_short() || !b.is_short() || std::abs(apart) >= int(std::size(kPowers))) return std::nullopt;
  const Int128 left = a.mantissa() * (apart < 0 ? kPowers[-apart] : 1);
  const Int128 right = b.mantissa() * (apart > 0 ? kPowers[apart] : 1);
  return left < right ? -1 : left > right;
}

}  // namespace

int compare(const Decimal& a, const Decimal& b) {
  if (auto order = compare_short(a, b)) return *order;
  if (auto both = aligned(a, b)) return both->first < both->second ? -1 : both->first > both->second;
  double left = a.to_double(),
         right = b.to_double();  // too far apart in size to be aligned: any approximation decides
  return left < right ? -1 : left > right;
}

}  // namespace witmed::fhir
