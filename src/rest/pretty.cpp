#include "rest/pretty.h"

namespace witmed::rest {
namespace {

// End of the string literal that begins at `at`, after its closing quote.
size_t string_end(std::string_view json, size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at)
    if (json[at] == '\\') ++at;
  return at + 1;
}

}  // namespace

std::string pretty_json(std::string_view json) {
  std::string out;
  out.reserve(json.size() * 2);
  size_t depth = 0;
  auto line = [&] {
    out += '\n';
    out.append(depth * 2, ' ');
  };
  for (size_t i = 0; i < json.size();) {
    char c = json[i];
    if (c == '"') {
      size_t end = string_end(json, i);
      out += json.substr(i, end - i);
      i = end;
      continue;
    }
    ++i;
    if (c == '{' || c == '[') {
      out += c;
      if (i < json.size() && (json[i] == '}' || json[i] == ']')) {
        out += json[i++];
        continue;
      }
      ++depth;
      line();
    } else if (c == '}' || c == ']') {
      --depth;
      line();
      out += c;
    } else if (c == ',') {
      out += c;
      line();
    } else if (c == ':') {
      out += ": ";
    } else {
      out += c;
    }
  }
  return out += '\n';
}

}  // namespace witmed::rest
