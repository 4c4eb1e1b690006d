// Puts an image together, section by section; see format.h.
#pragma once
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "terminology/book/format.h"

namespace witmed::terminology {

class ImageWriter {
 public:
  ImageWriter();

  // Offset of the text. `shared`: texts that come again and again are kept once.
  uint32_t text(std::string_view text, Section in = Section::text);
  uint32_t shared(std::string_view text);
  std::string_view read(uint32_t offset, Section in = Section::text) const;

  std::string& section(Section s) { return sections_[static_cast<uint32_t>(s)]; }
  template <class T>
  void put(Section s, const T& item) {
    section(s).append(reinterpret_cast<const char*>(&item), sizeof item);
  }
  template <class T>
  void put_all(Section s, const std::vector<T>& items) {
    section(s).append(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T));
  }

  // The whole image. Throws Rejection(422) when it would not fit into 4 GiB. The writer is empty afterwards.
  std::string finish(BookKind kind);

 private:
  std::vector<std::string> sections_;
  std::unordered_map<std::string, uint32_t> shared_;
};

}  // namespace witmed::terminology
