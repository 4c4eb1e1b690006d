// The profiles packed at build time; the grammar of the blob is in pack_profiles.cpp.
#include <zstd.h>

#include <cstring>

#include "base/error.h"
#include "fhir/validate/profile/registry.h"

extern "C" const char witmed_profiles_begin[];

namespace witmed::fhir {
namespace {

uint32_t word(size_t at) {
  uint32_t value;
  std::memcpy(&value, witmed_profiles_begin + at, sizeof value);
  return value;
}

constexpr size_t kEntry = 20;
size_t entry(uint32_t i) { return 4 + i * kEntry; }
std::string_view url_of(uint32_t i) { return {witmed_profiles_begin + word(entry(i)), word(entry(i) + 4)}; }

}  // namespace

std::string embedded_profile(std::string_view url) {
  uint32_t first = 0, last = word(0);
  while (first < last) {
    const uint32_t middle = first + (last - first) / 2;
    url_of(middle) < url ? first = middle + 1 : last = middle;
  }
  if (first == word(0) || url_of(first) != url) return {};
  std::string text(word(entry(first) + 16), '\0');
  const size_t size = ZSTD_decompress(text.data(), text.size(), witmed_profiles_begin + word(entry(first) + 8), word(entry(first) + 12));
  if (size != text.size()) throw Failure("the packed profiles are damaged");
  return text;
}

std::vector<std::string> embedded_profile_urls() {
  std::vector<std::string> out;
  for (uint32_t i = 0; i < word(0); ++i) out.emplace_back(url_of(i));
  return out;
}

}  // namespace witmed::fhir
