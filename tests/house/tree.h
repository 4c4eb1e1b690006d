// The project's own files as text, for the tests by which the house keeps itself.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace witmed::house {

struct File {
  std::string path;  // relative to the root of the tree, with '/'
  std::string text;
  bool under(std::string_view folder) const { return path.starts_with(folder); }
  bool ends_with(std::string_view suffix) const { return path.ends_with(suffix); }
  bool is_cpp() const { return ends_with(".h") || ends_with(".cpp"); }
};

// Every file that belongs to the project: what builds leave behind, and packages of others, are not read.
const std::vector<File>& files();

struct Include {
  std::string target;  // as written between the quotes
  int line;
};
std::vector<Include> quoted_includes(const File& file);

// The code with comments and the contents of literals blanked, line breaks kept.
std::string code_only(std::string_view text);

struct Function {
  std::string head;  // what stands before its brace, for the message
  int line, length;
};
// Functions by their braces: good for counting lines, not a parser of C++.
std::vector<Function> functions(const File& file);

int lines(std::string_view text);

}  // namespace witmed::house
