// The layouts that are compiled in (catalog/loaders/*.toml; cmake/layouts.cmake), as text.
#pragma once
#include <string_view>
#include <vector>

namespace witmed::terminology {

struct LayoutFile {
  std::string_view name, text;
};
const std::vector<LayoutFile>& layout_files();

}  // namespace witmed::terminology
