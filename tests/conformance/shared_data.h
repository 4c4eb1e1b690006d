// Public data beside the checkout (../shared/data), which the project does not carry: tests that need it skip
// without it.
#pragma once
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace witmed::conformance {

inline std::filesystem::path shared_data() {
  return std::filesystem::path(WITMED_SOURCE_DIR).parent_path() / "shared/data";
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The archive's content under the build folder, unpacked on first use; an empty path when there is no such
// archive. Several test processes may come first at once: each unpacks its own, and the first to be done is used.
inline std::filesystem::path unpacked(const std::filesystem::path& archive) {
  if (!std::filesystem::exists(archive)) return {};
  const std::filesystem::path folder =
      std::filesystem::path(WITMED_BINARY_DIR) / "conformance" / archive.filename();
  if (std::filesystem::exists(folder)) return folder;
  const std::filesystem::path partial = folder.string() + "." + std::to_string(getpid());
  std::filesystem::create_directories(partial);
  const std::string command = "tar -xf '" + archive.string() + "' -C '" + partial.string() + "'";
  if (std::system(command.c_str()) != 0) return {};
  std::error_code taken;
  std::filesystem::rename(partial, folder, taken);
  if (taken) std::filesystem::remove_all(partial);
  return std::filesystem::exists(folder) ? folder : std::filesystem::path{};
}

// Lines of a data file of the project's own: "key: text", "#" begins a comment.
inline std::vector<std::pair<std::string, std::string>> read_pairs(const std::string& file) {
  std::vector<std::pair<std::string, std::string>> out;
  std::ifstream in(std::filesystem::path(WITMED_SOURCE_DIR) / "tests/conformance" / file);
  for (std::string line; std::getline(in, line);) {
    const size_t colon = line.find(": ");
    if (line.starts_with("#") || colon == line.npos) continue;
    out.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return out;
}

}  // namespace witmed::conformance
