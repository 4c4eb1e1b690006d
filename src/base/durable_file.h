// Files that are there whole or not at all, also after a loss of power.
#pragma once
#include <string>
#include <string_view>

namespace witmed {

// Syncs a file's content, or a folder's names, to disk. Failure when that cannot be had.
void make_durable(const std::string& path);

// Syncs `from`, gives it the name `to` (what had it is replaced), and syncs the name.
void rename_durably(const std::string& from, const std::string& to);

// The file has `text` from now on: written beside it under PATH.part, then renamed.
void write_durably(const std::string& path, std::string_view text);

}  // namespace witmed
