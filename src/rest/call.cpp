#include "rest/call.h"

#include "base/text.h"
#include "fhir/issue.h"

namespace witmed::rest {

std::optional<uint64_t> read_etag(std::string_view text) {
  if (text.starts_with("W/")) text.remove_prefix(2);
  if (text.size() < 3 || text.front() != '"' || text.back() != '"') return std::nullopt;
  return parse_unsigned(text.substr(1, text.size() - 2));
}

std::optional<uint64_t> if_match_version(const Call& call) {
  if (call.if_match.empty()) return std::nullopt;
  auto version = read_etag(trim(call.if_match));
  if (!version)
    throw fhir::Rejection(400, "value", "If-Match must be an ETag such as W/\"3\"",
                          "If-Match 应为 W/\"3\" 形式的 ETag");
  return version;
}

}  // namespace witmed::rest
