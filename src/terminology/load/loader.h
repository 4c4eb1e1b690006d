// From tables and resources as they are published to books in DATA/terminology. A book appears whole or not at all, and takes the
// place of the one with the same url and version; a table with too many faults makes none.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "terminology/book/format.h"
#include "terminology/load/layout.h"

namespace witmed::terminology {

struct LoadFault {
  std::string file;
  uint32_t line = 0;   // 0: not known
  std::string en, zh;  // what is wrong and what to do
};

struct LoadSettings {
  std::string folder;                // of the books
  const Layout* layout = nullptr;    // nullptr: by the name of the file
  std::string url, version, valid_from, valid_until;  // instead of the layout's; empty: the layout's
  bool force = false;                // a book even with many faults
  std::function<void(const LoadFault&)> fault;     // each one
  std::function<void(double)> progress;            // of the table that is read, 0 to 1
};

struct LoadedBook {
  std::string path, layout;          // of the book; id of the layout, or "fhir"
  BookKind kind = BookKind::code_system;
  std::string url, version, title;
  uint64_t rows = 0, size = 0, faults = 0, bytes = 0;  // size: concepts or pairs
};

// Books of one file (a table, or JSON with a resource or a Bundle of them). Throws Failure, naming file and line, and what to do,
// when there can be none; Rejection for a resource that is none.
std::vector<LoadedBook> load_file(const std::string& path, const LoadSettings& settings);

// Files in a folder (or the file itself) that a layout or FHIR JSON knows, sorted.
std::vector<std::string> loadable_files(const std::string& path);

// The file name of a book: the end of its url, its version, and a sum that keeps those apart that look alike.
std::string book_name(std::string_view url, std::string_view version);

}  // namespace witmed::terminology
