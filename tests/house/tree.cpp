#include "house/tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace witmed::house {
namespace fs = std::filesystem;
namespace {

const std::set<std::string> kNotOurs = {".git",   "build", "node_modules", "data",
                                        ".cache", "dist",  "test-results", ".vscode"};
const std::set<std::string> kText = {".h",   ".cpp",  ".md",   ".txt", ".cmake", ".json", ".ts", ".tsx",
                                     ".css", ".html", ".toml", ".sh",  ".mjs",   ".svg",  ""};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<File> walk() {
  const fs::path root = WITMED_SOURCE_DIR;
  std::vector<File> found;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    const std::string name = it->path().filename().string();
    if (it->is_directory() || it->is_symlink()) {
      if (kNotOurs.contains(name)) it.disable_recursion_pending();
      continue;
    }
    if (name == ".git" || !kText.contains(it->path().extension().string())) continue;
    found.push_back({it->path().lexically_relative(root).generic_string(), read(it->path())});
  }
  std::ranges::sort(found, {}, &File::path);
  return found;
}

// Skips a literal or comment that begins at `at`; returns the first place after it, or `at` when none begins
// there.
size_t skip_inert(std::string_view text, size_t at) {
  auto after = [&](std::string_view end, size_t from) {
    const size_t place = text.find(end, from);
    return place == std::string_view::npos ? text.size() : place + end.size();
  };
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return after("*/", at + 2);
  if (rest.starts_with("R\"")) {
    const size_t open = text.find('(', at);
    if (open == std::string_view::npos) return text.size();
    return after(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  const bool digit_separator =
      rest.front() == '\'' && at > 0 && std::isxdigit(static_cast<unsigned char>(text[at - 1]));
  if ((rest.front() == '"' || rest.front() == '\'') && !digit_separator) {
    for (size_t i = at + 1; i < text.size(); ++i) {
      if (text[i] == '\\')
        ++i;
      else if (text[i] == rest.front())
        return i + 1;
    }
    return text.size();
  }
  return at;
}

std::string trimmed(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (!std::isspace(static_cast<unsigned char>(c)))
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool opens_function(const std::string& head) {
  if (head.find('(') == std::string::npos || head.ends_with("=") || head.ends_with(",") ||
      head.ends_with("("))
    return false;
  for (std::string_view word :
       {"namespace", "class ", "struct ", "enum ", "union ", "extern ", "if ", "for ", "while ", "switch "})
    if (head.starts_with(word)) return false;
  // A member initialised with braces, in a constructor's list: the body comes later.
  const bool in_initialisers =
      head.find(") :") != std::string::npos || head.find(") noexcept :") != std::string::npos;
  return !(in_initialisers && (std::isalnum(static_cast<unsigned char>(head.back())) || head.back() == '_'));
}

}  // namespace

const std::vector<File>& files() {
  static const std::vector<File> all = walk();
  return all;
}

std::string code_only(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const size_t end = skip_inert(text, i);
    if (end == i) {
      out += text[i++];
      continue;
    }
    for (; i < end; ++i) out += text[i] == '\n' ? '\n' : ' ';
  }
  return out;
}

std::vector<Include> quoted_includes(const File& file) {
  std::vector<Include> found;
  int line = 0;
  for (size_t at = 0; at < file.text.size();) {
    const size_t end = std::min(file.text.find('\n', at), file.text.size());
    const std::string_view text = std::string_view(file.text).substr(at, end - at);
    ++line;
    if (constexpr std::string_view kStart = "#include \""; text.starts_with(kStart))
      found.push_back(
          {std::string(text.substr(kStart.size(), text.find('"', kStart.size()) - kStart.size())), line});
    at = end + 1;
  }
  return found;
}

std::vector<Function> functions(const File& file) {
  const std::string code = code_only(file.text);
  std::vector<Function> found;
  size_t head_begin = 0;
  int line = 1, depth = 0, body_depth = -1, initialiser_depth = 0;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\n') ++line;
    if (c == '#' && (i == 0 || code[i - 1] == '\n')) {  // a directive is no part of a head
      i = std::min(code.find('\n', i), code.size()) - 1;
      head_begin = i + 1;
    } else if (c == '{') {
      const std::string head = trimmed(std::string_view(code).substr(head_begin, i - head_begin));
      if (body_depth < 0 && opens_function(head)) {
        body_depth = depth;
        found.push_back({head.substr(0, 80), line, 1});
      } else if (body_depth < 0 && head.find(") :") != std::string::npos) {
        ++initialiser_depth;  // the head goes on after this pair of braces
      }
      ++depth;
      if (initialiser_depth == 0) head_begin = i + 1;
    } else if (c == '}') {
      --depth;
      if (depth == body_depth) {
        found.back().length = line - found.back().line + 1;
        body_depth = -1;
      }
      if (initialiser_depth > 0)
        --initialiser_depth;
      else
        head_begin = i + 1;
    } else if (c == ';' && initialiser_depth == 0) {
      head_begin = i + 1;
    }
  }
  return found;
}

int lines(std::string_view text) { return static_cast<int>(std::ranges::count(text, '\n')); }

}  // namespace witmed::house
