#pragma once
#include <functional>
#include <memory>

#include "store/sqlite/engine.h"

namespace witmed::store {

// The writer and the folder must not run meanwhile; `finished` starts them again.
std::unique_ptr<Bulk> open_bulk(Engine& engine, std::function<void()> finished);

}  // namespace witmed::store
