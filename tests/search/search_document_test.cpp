// docs/search.md names a case for each sentence of the specification: every one of them exists, and hardly a sentence has none.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

namespace witmed {
namespace {

// Queries of a case file: what stands before the mark.
std::set<std::string> queries_of(const std::string& file) {
  std::set<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    for (const char* mark : {" =>", " ->", " !!", " ~~"})
      if (const auto at = line.find(mark); at != std::string::npos) out.insert(line.substr(0, at));
  return out;
}

std::string between(const std::string& text, size_t& at) {
  const size_t begin = text.find('`', at), end = begin == text.npos ? begin : text.find('`', begin + 1);
  if (end == text.npos) return {};
  at = end + 1;
  return text.substr(begin + 1, end - begin - 1);
}

std::string without_escaped_bars(std::string text) {
  for (size_t at = 0; (at = text.find("\\|", at)) != std::string::npos; ++at) text.erase(at, 1);
  return text;
}

// The last column of a table's row, found from its end: bars inside are escaped.
std::string last_cell(const std::string& row) {
  size_t end = row.rfind(" |"), begin = row.rfind(" | ", end - 1);
  return begin == row.npos || begin + 3 > end ? std::string() : row.substr(begin + 3, end - begin - 3);
}

TEST(SearchDocument, CasesExist) {
  const std::string root = WITMED_SOURCE_DIR;
  std::ifstream in(root + "/docs/search.md");
  size_t sentences = 0, shown = 0;
  for (std::string row; std::getline(in, row);) {
    if (!row.starts_with("| ") || row.starts_with("| ---") || row.starts_with("| sentence") || row.starts_with("| **")) continue;
    ++sentences;
    const std::string cell = last_cell(row);
    size_t at = 0;
    std::string file = between(cell, at);
    if (file.empty()) continue;
    if (file.find('/') == file.npos) file = "tests/search/" + file;
    const std::string query = without_escaped_bars(between(cell, at));
    EXPECT_TRUE(queries_of(root + "/" + file).contains(query)) << file << " has no case " << query << "\n" << row;
    ++shown;
  }
  EXPECT_GE(sentences, 190u);
  EXPECT_GE(static_cast<double>(shown), 0.95 * static_cast<double>(sentences));
}

}  // namespace
}  // namespace witmed
