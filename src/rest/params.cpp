#include "rest/params.h"

#include "base/limits.h"
#include "base/text.h"
#include "fhir/issue.h"

namespace witmed::rest {
namespace {

std::string decode(std::string_view text) {
  auto decoded = percent_decode(text, true);
  if (!decoded || !is_utf8(*decoded) || decoded->find('\0') != std::string::npos)
    throw fhir::Rejection(400, "invalid", "a parameter has a broken %-escape or is not UTF-8",
                          "参数中的 % 转义不完整，或不是 UTF-8 文本");
  return std::move(*decoded);
}

// Characters that need no escape in a query and make addresses readable.
constexpr std::string_view kReadable = ":,|/$*";

}  // namespace

void read_params(std::string_view query, Params& params) {
  while (!query.empty()) {
    size_t end = query.find('&');
    std::string_view item = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (item.empty()) continue;
    if (params.size() == limits::kSearchParams)
      throw fhir::Rejection(400, "too-costly", "too many parameters", "参数过多");
    size_t equals = item.find('=');
    std::string value = equals == std::string_view::npos ? std::string() : decode(item.substr(equals + 1));
    params.emplace_back(decode(item.substr(0, equals)), std::move(value));
  }
}

const std::string* find_param(const Params& params, std::string_view name) {
  for (const auto& [key, value] : params)
    if (key == name) return &value;
  return nullptr;
}

void append_params(std::string& out, const Params& params) {
  bool first = true;
  for (const auto& [name, value] : params) {
    if (!first) out += '&';
    first = false;
    append_percent_encoded(out, name, kReadable);
    out += '=';
    append_percent_encoded(out, value, kReadable);
  }
}

}  // namespace witmed::rest
