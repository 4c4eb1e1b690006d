#include "rest/negotiate.h"

#include <charconv>

#include "base/text.h"
#include "fhir/issue.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

// One item of a list header: "application/fhir+json;fhirVersion=4.0;q=0.9".
struct MediaRange {
  std::string_view type;
  std::string_view fhir_version;
  double q = 1;
};

std::string_view unquote(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

MediaRange read_range(std::string_view item) {
  MediaRange range;
  auto parts = split(item, ';');
  range.type = trim(parts[0]);
  for (size_t i = 1; i < parts.size(); ++i) {
    std::string_view part = trim(parts[i]);
    size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view name = trim(part.substr(0, equals)), value = unquote(trim(part.substr(equals + 1)));
    if (equal_nocase(name, "q")) std::from_chars(value.data(), value.data() + value.size(), range.q);
    if (equal_nocase(name, "fhirVersion")) range.fhir_version = value;
  }
  return range;
}

bool is_json(std::string_view type) {
  return equal_nocase(type, "application/fhir+json") || equal_nocase(type, "application/json") ||
         equal_nocase(type, "text/json") || equal_nocase(type, "application/json+fhir");
}

bool is_any(std::string_view type) {
  return type == "*/*" || type == "*" || equal_nocase(type, "application/*");
}

bool is_r4(std::string_view version) { return version.empty() || version == "4.0" || version == "4.0.1"; }

[[noreturn]] void not_acceptable() {
  throw Rejection(406, "not-supported", "only application/fhir+json of FHIR 4.0 is spoken here; XML is not",
                  "本服务器只提供 FHIR 4.0 的 application/fhir+json，不提供 XML");
}

}  // namespace

Language read_language(std::string_view accept) {
  double zh = -1, en = -1;
  if (accept.empty()) return Language::zh;
  for (std::string_view item : split(accept, ',')) {
    MediaRange range = read_range(item);
    if (equal_nocase(range.type.substr(0, 2), "zh") && range.q > zh) zh = range.q;
    if (equal_nocase(range.type.substr(0, 2), "en") && range.q > en) en = range.q;
  }
  // Written first is preferred among equals: "en,zh" asks for English.
  if (en == zh && en > 0)
    return lower(accept).find("en") < lower(accept).find("zh") ? Language::en : Language::zh;
  return en > zh && en > 0 ? Language::en : Language::zh;
}

Preferences read_preferences(std::string_view prefer) {
  Preferences preferences;
  if (prefer.empty()) return preferences;
  for (std::string_view part : split(prefer, ',')) {
    for (std::string_view piece : split(part, ';')) {
      std::string item = lower(trim(piece));
      if (item == "return=minimal")
        preferences.answer = Preferences::Return::minimal;
      else if (item == "return=representation")
        preferences.answer = Preferences::Return::representation;
      else if (item == "return=operationoutcome")
        preferences.answer = Preferences::Return::outcome;
      else if (item == "handling=lenient")
        preferences.lenient = true;
      else if (item == "explain")
        preferences.explain = true;
    }
  }
  return preferences;
}

void check_accept(std::string_view accept) {
  if (accept.empty() || accept == "*/*") return;
  for (std::string_view item : split(accept, ',')) {
    MediaRange range = read_range(item);
    if (range.q > 0 && (is_json(range.type) || is_any(range.type)) && is_r4(range.fhir_version)) return;
  }
  not_acceptable();
}

void check_format(std::string_view format) {
  if (format.empty()) return;
  MediaRange range = read_range(format);
  // A "+" that was not escaped arrives as a space.
  if (equal_nocase(range.type, "json") || is_json(range.type) ||
      equal_nocase(range.type, "application/fhir json")) {
    if (is_r4(range.fhir_version)) return;
  }
  not_acceptable();
}

void check_content_type(std::string_view content_type) {
  if (content_type.empty()) return;
  MediaRange range = read_range(content_type);
  if (is_json(range.type) && is_r4(range.fhir_version)) return;
  throw Rejection(415, "not-supported", "send the resource as application/fhir+json of FHIR 4.0",
                  "请以 FHIR 4.0 的 application/fhir+json 格式发送资源");
}

}  // namespace witmed::rest
