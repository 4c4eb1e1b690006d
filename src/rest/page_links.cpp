#include "rest/page_links.h"

#include "base/limits.h"
#include "base/text.h"
#include "fhir/issue.h"

namespace witmed::rest {

uint32_t read_count(const Params& params) {
  const std::string* text = find_param(params, "_count");
  if (!text) return limits::kPageDefault;
  auto number = parse_unsigned(*text);
  bool digits = !text->empty() && text->find_first_not_of("0123456789") == std::string::npos;
  if (!number && !digits)
    throw fhir::Rejection(400, "value", "_count must be a whole number", "_count 应为非负整数");
  return !number || *number > limits::kPageMax ? limits::kPageMax : static_cast<uint32_t>(*number);
}

bool is_result_param(std::string_view name) {
  return name == "_format" || name == "_pretty" || name == "_count" || name == "_cursor" ||
         name == "_summary" || name == "_elements";
}

void write_links(BundleWriter& writer, std::string_view address, const Params& used, std::string_view next) {
  auto url = [&](bool without_cursor) {
    Params params;
    for (const auto& param : used)
      if (!without_cursor || param.first != "_cursor") params.push_back(param);
    if (without_cursor) params.emplace_back("_cursor", next);
    std::string text(address);
    if (!params.empty()) text += '?';
    append_params(text, params);
    return text;
  };
  writer.link("self", url(false));
  if (!next.empty()) writer.link("next", url(true));
}

size_t page_bytes(const record::Page& page) {
  size_t bytes = 0;
  for (const auto& match : page.matches)
    if (match.version.text) bytes += match.version.text->size() + 160;
  return bytes;
}

}  // namespace witmed::rest
