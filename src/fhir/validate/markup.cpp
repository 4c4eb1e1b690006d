#include "fhir/validate/markup.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>

namespace witmed::fhir {
namespace {

constexpr std::array<std::string_view, 44> kTags = {
    "a",     "abbr",  "b",      "base",   "body",  "br",     "button", "code",  "div",   "em",    "embed",
    "form",  "frame", "h1",     "h2",     "h3",    "head",   "hr",     "html",  "i",     "iframe", "img",
    "input", "li",    "link",   "meta",   "object", "ol",    "option", "p",     "pre",   "script", "select",
    "small", "span",  "strong", "style",  "sub",   "sup",    "svg",    "table", "td",    "tr",    "ul"};

}  // namespace

bool has_tag(std::string_view text) {
  const size_t last = text.rfind('>');
  if (last == text.npos) return false;
  for (size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    size_t begin = at + 1;
    if (begin < text.size() && text[begin] == '/') ++begin;
    size_t end = begin;
    std::string name;
    while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) && name.size() < 10)
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(text[end++])));
    if (name.empty() || end > last) continue;
    if (!std::strchr(" \t\r\n>/", text[end])) continue;
    if (std::find(kTags.begin(), kTags.end(), name) != kTags.end()) return true;
  }
  return false;
}

void check_markup(Node string, Run& run) {
  if (!string.escaped() && string.raw().find('<') == std::string_view::npos) return;
  std::string scratch;
  if (!has_tag(string.view(scratch))) return;
  run.faults.add(Fault{string, "value", "markup", "a plain string holds no markup", "纯文本中不能有 HTML 标记",
                       run.options.publishing ? Severity::error : Severity::warning, {}});
}

}  // namespace witmed::fhir
