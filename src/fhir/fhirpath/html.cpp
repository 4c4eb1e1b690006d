#include "fhir/fhirpath/html.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace witmed::fhir {
namespace {

constexpr std::string_view kElements[] = {
    "a",   "abbr",     "acronym", "b",     "big",  "blockquote", "br",  "caption", "cite",  "code",
    "col", "colgroup", "dd",      "dfn",   "div",  "dl",         "dt",  "em",      "h1",    "h2",
    "h3",  "h4",       "h5",      "h6",    "hr",   "i",          "img", "li",      "ol",    "p",
    "pre", "q",        "samp",    "small", "span", "strong",     "sub", "sup",     "table", "tbody",
    "td",  "tfoot",    "th",      "thead", "tr",   "tt",         "ul",  "var"};

constexpr std::string_view kAttributes[] = {
    "abbr",        "accesskey",   "align",      "alt",   "axis",     "bgcolor", "border", "cellhalign",
    "cellpadding", "cellspacing", "cellvalign", "char",  "charoff",  "charset", "cite",   "class",
    "colspan",     "compact",     "coords",     "dir",   "frame",    "headers", "height", "href",
    "hreflang",    "hspace",      "id",         "lang",  "longdesc", "name",    "nowrap", "rel",
    "rev",         "rowspan",     "rules",      "scope", "shape",    "span",    "src",    "start",
    "style",       "summary",     "tabindex",   "title", "type",     "valign",  "value",  "vspace",
    "width",       "xml:lang",    "xmlns"};

template <size_t N>
bool listed(const std::string_view (&list)[N], std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Checker {
 public:
  explicit Checker(std::string_view html) : html_(html) {}

  bool run() {
    skip_space();
    if (html_.substr(at_, 4) != "<div") return false;
    do {
      if (peek() == '<') {
        if (!tag()) return false;
      } else {
        content_ = content_ || !is_space(peek());
        if (peek() == '&' && !entity()) return false;
        ++at_;
      }
    } while (!open_.empty() && at_ < html_.size());
    skip_space();
    return open_.empty() && at_ == html_.size() && content_;
  }

 private:
  char peek() const { return at_ < html_.size() ? html_[at_] : '\0'; }
  void skip_space() {
    while (is_space(peek())) ++at_;
  }

  std::string_view name() {
    size_t start = at_;
    while (std::isalnum(static_cast<unsigned char>(peek())) || peek() == ':' || peek() == '-' ||
           peek() == '_')
      ++at_;
    return html_.substr(start, at_ - start);
  }

  bool entity() const {
    size_t end = html_.find(';', at_);
    return end != std::string_view::npos && end > at_ + 1 && end - at_ < 12;
  }

  bool tag() {
    if (html_.substr(at_, 4) == "<!--") {
      size_t end = html_.find("-->", at_ + 4);
      if (end == std::string_view::npos) return false;
      at_ = end + 3;
      return true;
    }
    ++at_;
    if (peek() == '/') {
      ++at_;
      std::string_view closed = name();
      skip_space();
      if (open_.empty() || open_.back() != closed || peek() != '>') return false;
      open_.pop_back();
      ++at_;
      return true;
    }
    std::string_view element = name();
    if (!listed(kElements, element) || open_.size() > 200) return false;
    content_ = content_ || element == "img";
    if (!attributes()) return false;
    bool whole = peek() == '/';
    if (whole) ++at_;
    if (peek() != '>') return false;
    ++at_;
    if (!whole) open_.push_back(element);
    return true;
  }

  bool attributes() {
    for (;;) {
      skip_space();
      if (peek() == '>' || peek() == '/') return true;
      std::string_view attribute = name();
      if (!listed(kAttributes, attribute)) return false;
      skip_space();
      if (peek() != '=') return false;
      ++at_;
      skip_space();
      char quote = peek();
      if (quote != '"' && quote != '\'') return false;
      size_t end = html_.find(quote, at_ + 1);
      if (end == std::string_view::npos) return false;
      std::string_view value = html_.substr(at_ + 1, end - at_ - 1);
      if ((attribute == "href" || attribute == "src") && value.find("javascript:") != std::string_view::npos)
        return false;
      at_ = end + 1;
    }
  }

  std::string_view html_;
  size_t at_ = 0;
  bool content_ = false;
  std::vector<std::string_view> open_;
};

}  // namespace

bool is_safe_narrative(std::string_view html) { return Checker(html).run(); }

}  // namespace witmed::fhir
