// A whole file as text.
#pragma once
#include <string>

namespace witmed {

// The bytes of `path`, "-" being standard input. Throws Failure when it cannot be read.
std::string read_file(const std::string& path);

}  // namespace witmed
