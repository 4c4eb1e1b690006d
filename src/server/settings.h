// Every setting of the program in one table, and how they are gathered.
#pragma once
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/config.h"

namespace witmed::server {

std::span<const Setting> settings();

// `flags`: setting, value and the flag that gave it, in rising order. `file` empty = WITMED_CONFIG, else
// none.
struct Flag {
  std::string setting, value, flag;
};
Config read_config(const std::string& file, const std::vector<Flag>& flags);

}  // namespace witmed::server
