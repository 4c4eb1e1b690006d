// The files under fhir/: profiles, extensions and terminology of the project, as tests read them.
#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "fhir/json/value.h"

namespace witmed::fhir {

struct ProfileFile {
  std::string path;  // "profiles/resident.json"
  std::string text;
  Value resource;
};

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// All of them below `folder` ("profiles", "terminology/value-sets"), sorted by path.
inline std::vector<ProfileFile> profile_files(const std::string& folder = {}) {
  const std::filesystem::path root = std::filesystem::path(WITMED_SOURCE_DIR) / "fhir";
  std::vector<ProfileFile> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (entry.path().extension() != ".json") continue;
    std::string text = file_text(entry.path());
    Value resource = Value::parse(text);
    out.push_back({entry.path().lexically_relative(root).generic_string(), std::move(text), std::move(resource)});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return out;
}

}  // namespace witmed::fhir
