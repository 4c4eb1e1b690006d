#include "base/read_file.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "base/error.h"

namespace witmed {

std::string read_file(const std::string& path) {
  std::ostringstream text;
  if (path == "-") {
    text << std::cin.rdbuf();
    return std::move(text).str();
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure("读不到 " + path + " · cannot read " + path);
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();  // of an empty file rdbuf would set the fault bit
  if (in.bad() || text.fail()) throw Failure("读不到 " + path + " · cannot read " + path);
  return std::move(text).str();
}

}  // namespace witmed
