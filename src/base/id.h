// Public ids: 16 characters [0-9a-v], time-ordered, unique over processes without asking anybody.
// 48 bits of milliseconds since 1970, then 32 bits that begin at random in each process and millisecond and count up.
#pragma once
#include <string>

namespace witmed {

std::string new_id();

}  // namespace witmed
