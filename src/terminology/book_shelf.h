// The books of a folder (witmed terminology load) as a shelf.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "terminology/shelf.h"

namespace witmed::terminology {

// Files that are no books, or damaged, are told to `fault` and left out.
std::shared_ptr<const Shelf> open_books(const std::string& folder, const std::function<void(const std::string& path, const std::string& why)>& fault);

}  // namespace witmed::terminology
