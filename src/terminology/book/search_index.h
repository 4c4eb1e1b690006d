// Writes the tables of an image that search reads: by_code, by_rank, terms, postings, sounds, syllables.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "terminology/book/image_writer.h"

namespace witmed::terminology {

// The concepts of a book, by id. `texts` visits display and designations.
struct Searched {
  uint32_t size;
  std::function<std::string_view(uint32_t)> code, display;
  std::function<void(uint32_t, const std::function<void(std::string_view)>&)> texts;
  std::function<uint64_t(uint32_t)> rarity;  // smaller comes first among results
};

void write_search_index(ImageWriter& out, const Searched& concepts);

}  // namespace witmed::terminology
