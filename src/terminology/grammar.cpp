#include "terminology/grammar.h"

#include <unicode/timezone.h>
#include <unicode/ucurr.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "fhir/ucum/ucum.h"
#include "terminology/language.h"

namespace witmed::terminology {
namespace {

std::string utf8(const UChar* text, int32_t size) {
  std::string out;
  icu::UnicodeString(text, size).toUTF8String(out);
  return out;
}

bool all_of(std::string_view text, bool (*test)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_upper(c) || is_digit(c) || (c >= 'a' && c <= 'z'); }

// "en" stands where no language is wished: these names come from ICU, which has them in all.
std::string locale(std::string_view language) { return language.empty() || language == "*" ? "en" : std::string(language); }

bool ucum(std::string_view code, std::string_view, std::string* display) {
  if (!fhir::ucum::parse(code)) return false;
  if (display) *display = code;
  return true;
}

bool language(std::string_view code, std::string_view in, std::string* display) {
  if (!is_language_tag(code)) return false;
  const LanguageTag tag = split_tag(code);
  const std::string text(code), primary(tag.language);
  if (primary.size() > 1 && *uloc_getISO3Language(primary.c_str()) == 0) return false;
  if (display) {
    UChar name[200];
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size = uloc_getDisplayName(text.c_str(), locale(in).c_str(), name, 200, &status);
    if (U_SUCCESS(status)) *display = utf8(name, size);
  }
  return true;
}

// type/subtype with parameters (RFC 6838, RFC 2045), and the short names that FHIR gives its own formats
// (http://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.format: "xml | json | ttl | mime type").
bool mime(std::string_view code, std::string_view, std::string* display) {
  if (code == "json" || code == "xml" || code == "ttl") {
    if (display) *display = code;
    return true;
  }
  const std::string_view base = trim(code.substr(0, code.find(';')));
  const size_t slash = base.find('/');
  if (slash == std::string_view::npos) return false;
  constexpr auto token = [](char c) { return is_alphanumeric(c) || std::string_view("!#$&-^_.+*").find(c) != std::string_view::npos; };
  if (!all_of(base.substr(0, slash), token) || !all_of(base.substr(slash + 1), token)) return false;
  if (display) *display = code;
  return true;
}

bool uri(std::string_view code, std::string_view, std::string* display) {
  if (code.empty() || code.size() > 2048) return false;
  for (const char c : code)
    if (static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"') return false;
  if (display) *display = code;
  return true;
}

const char* find_country(std::string_view code) {
  if (code.size() == 2)
    for (const char* const* each = uloc_getISOCountries(); *each; ++each)
      if (code == *each) return *each;
  if (code.size() == 3)
    for (const char* const* each = uloc_getISOCountries(); *each; ++each)
      if (code == uloc_getISO3Country((std::string("und_") + *each).c_str())) return *each;
  return nullptr;
}

bool country(std::string_view code, std::string_view in, std::string* display) {
  const char* alpha2 = all_of(code, is_upper) ? find_country(code) : nullptr;
  if (!alpha2) return code.size() == 3 && all_of(code, is_digit);  // numeric: United Nations M49
  if (display) {
    UChar name[200];
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size = uloc_getDisplayCountry((std::string("und_") + alpha2).c_str(), locale(in).c_str(), name, 200, &status);
    if (U_SUCCESS(status)) *display = utf8(name, size);
  }
  return true;
}

// "CN-11": a country and up to three letters or digits.
bool subdivision(std::string_view code, std::string_view, std::string*) {
  const size_t dash = code.find('-');
  return dash == 2 && find_country(code.substr(0, 2)) && code.size() >= 4 && code.size() <= 6 &&
         all_of(code.substr(3), [](char c) { return is_upper(c) || is_digit(c); });
}

std::vector<std::string> country_list() {
  std::vector<std::string> out;
  for (const char* const* each = uloc_getISOCountries(); *each; ++each) out.push_back(*each);
  return out;
}

std::vector<std::string> currency_list() {
  std::vector<std::string> out;
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UEnumeration, void (*)(UEnumeration*)> all(ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status), uenum_close);
  int32_t size = 0;
  while (const char* code = U_SUCCESS(status) ? uenum_next(all.get(), &size, &status) : nullptr) out.emplace_back(code, size);
  std::sort(out.begin(), out.end());
  return out;
}

bool currency(std::string_view code, std::string_view in, std::string* display) {
  static const std::vector<std::string> known = currency_list();
  if (code.size() != 3 || !std::binary_search(known.begin(), known.end(), code)) return false;
  if (display) {
    const UChar wide[4] = {UChar(code[0]), UChar(code[1]), UChar(code[2]), 0};
    UErrorCode status = U_ZERO_ERROR;
    int32_t size = 0;
    const UChar* name = ucurr_getName(wide, locale(in).c_str(), UCURR_LONG_NAME, nullptr, &size, &status);
    if (U_SUCCESS(status)) *display = utf8(name, size);
  }
  return true;
}

bool time_zone(std::string_view code, std::string_view, std::string* display) {
  if (code.size() > 64) return false;
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(code))));
  if (*zone == icu::TimeZone::getUnknown()) return false;
  if (display) *display = code;
  return true;
}

constexpr Grammar kGrammars[] = {
    {"http://unitsofmeasure.org", "UCUM", "统一计量单位代码", ucum, nullptr, true},
    {"urn:ietf:bcp:47", "BCP47", "语言标签", language, nullptr, false},
    {"urn:ietf:bcp:13", "MimeTypes", "媒体类型", mime, nullptr, false},
    {"urn:ietf:rfc:3986", "URI", "统一资源标识符", uri, nullptr, true},
    {"urn:iso:std:iso:3166", "ISO3166", "国家与地区代码", country, country_list, true},
    {"urn:iso:std:iso:3166:-2", "ISO3166Part2", "行政区划代码（ISO 3166-2）", subdivision, nullptr, true},
    {"urn:iso:std:iso:4217", "ISO4217", "货币代码", currency, currency_list, true},
    {"https://www.iana.org/time-zones", "IANATimezones", "时区", time_zone, nullptr, true},
};

}  // namespace

const Grammar* find_grammar(std::string_view url) {
  for (const Grammar& each : kGrammars)
    if (each.url == url) return &each;
  return nullptr;
}

std::vector<const Grammar*> grammars() {
  std::vector<const Grammar*> out;
  for (const Grammar& each : kGrammars) out.push_back(&each);
  return out;
}

}  // namespace witmed::terminology
