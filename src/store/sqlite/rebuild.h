// The index made again from the record: after an interrupted first load, when index.db is gone, when the way of indexing
// changed (another program version, another zone of the region).
#pragma once
#include <functional>
#include <string>

#include "store/sqlite/engine.h"

namespace witmed::store {

// What the rows of this program depend on besides the resources; kept in the index, a difference means: build again.
std::string index_recipe(const SqliteSettings& settings);

// Rows of a stored text.
ResourceRows rows_of_text(const Engine& engine, TypeId type, std::string_view id, std::string_view text);

// Reads every current resource and writes the index file at `path`.
void build_index(const Engine& engine, Database& record, const std::string& path, const std::function<void(double)>& progress);

}  // namespace witmed::store
