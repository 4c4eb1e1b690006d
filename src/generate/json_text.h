// JSON by appending text. Every string the generator writes comes from its own tables and needs no escaping
// (a test parses all of it), so this stays a handful of inline functions instead of a document model.
#pragma once
#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "generate/calendar.h"

namespace witmed::generate {

// A measured value in thousandths of its unit: 5.6 mmol/L is 5600. Integers keep every run alike.
using Milli = int32_t;

inline void put_one(std::string& out, std::string_view text) { out += text; }
inline void put_one(std::string& out, char c) { out += c; }
inline void put_one(std::string& out, Moment at) { append_moment(out, at); }
template <class T>
requires std::integral<T>
void put_one(std::string& out, T value) {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

// Appends texts, integers and moments one after another.
template <class... T>
void put(std::string& out, const T&... parts) {
  (put_one(out, parts), ...);
}

// Rounds half away from zero to `decimals` places (0 … 3): 5650 with 1 is "5.7".
inline void put_decimal(std::string& out, Milli value, int decimals) {
  constexpr Milli kStep[] = {1000, 100, 10, 1};
  constexpr Milli kScale[] = {1, 10, 100, 1000};
  if (value < 0) {
    out += '-';
    value = -value;
  }
  Milli units = (value + kStep[decimals] / 2) / kStep[decimals];
  put(out, units / kScale[decimals]);
  if (decimals == 0) return;
  out += '.';
  for (int place = decimals - 1; place >= 0; --place) {
    out += static_cast<char>('0' + units % kScale[decimals] / kScale[place] % 10);
  }
}

// The number that put_decimal writes, back in thousandths: what a reader of the record sees.
inline Milli rounded(Milli value, int decimals) {
  constexpr Milli kStep[] = {1000, 100, 10, 1};
  Milli step = kStep[decimals];
  return value >= 0 ? (value + step / 2) / step * step : -((-value + step / 2) / step * step);
}

// ids are [a-z0-9-]: base 36, short, because a billion resources carry them several times each.
inline void put_base36(std::string& out, uint32_t value) {
  char digits[8];
  auto end = std::to_chars(digits, digits + sizeof digits, value, 36).ptr;
  out.append(digits, end);
}

}  // namespace witmed::generate
