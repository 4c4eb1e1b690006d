// The bytes of a book and who keeps them: a mapped file, a string, or memory that outlives it. Every read is checked against
// its section: outside, numbers are 0 and texts empty, so that no content can lead a reader astray.
#pragma once
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "terminology/book/format.h"

namespace witmed::terminology {

class Image {
 public:
  Image() = default;
  // Throw Failure: cannot be mapped; no book, of another format version, cut short, damaged header or table of sections.
  static Image map(const std::string& path);
  static Image keep(std::string bytes);
  static Image view(std::string_view bytes);

  BookKind kind() const { return static_cast<BookKind>(kind_); }
  std::string_view bytes() const { return bytes_; }
  // Reads everything and compares the sum; false when the content is damaged.
  bool verify() const;

  std::string_view section(Section s) const {
    const SectionPlace& place = places_[static_cast<uint32_t>(s)];
    return {bytes_.data() + place.offset, place.bytes};
  }
  template <class T>
  uint32_t items(Section s) const {
    return places_[static_cast<uint32_t>(s)].bytes / sizeof(T);
  }
  // The item at a place; all zero outside.
  template <class T>
  T item(Section s, uint32_t index) const {
    const SectionPlace& place = places_[static_cast<uint32_t>(s)];
    T out{};
    if (index < place.bytes / sizeof(T)) std::memcpy(&out, bytes_.data() + place.offset + size_t{index} * sizeof(T), sizeof(T));
    return out;
  }
  uint32_t number(Section s, uint32_t index) const { return item<uint32_t>(s, index); }
  std::string_view text(uint32_t offset, Section in = Section::text) const;
  std::string_view head(HeadText field) const { return text(number(Section::head, static_cast<uint32_t>(field))); }
  uint32_t head(HeadNumber field) const {
    return number(Section::head, static_cast<uint32_t>(HeadText::count) + static_cast<uint32_t>(field));
  }

 private:
  void open(std::string_view bytes);

  std::string_view bytes_;
  std::shared_ptr<const void> owner_;
  SectionPlace places_[static_cast<uint32_t>(Section::count)] = {};
  uint16_t kind_ = 0;
};

inline std::string_view Image::text(uint32_t offset, Section in) const {
  const SectionPlace& place = places_[static_cast<uint32_t>(in)];
  if (offset >= place.bytes) return {};
  const auto* at = reinterpret_cast<const uint8_t*>(bytes_.data()) + place.offset + offset;
  uint32_t left = place.bytes - offset, size = *at++;
  --left;
  if (size >= 0x80) {  // two to four bytes; kMaxTextBytes needs three
    size &= 0x7f;
    for (uint32_t shift = 7; shift < 28; shift += 7) {
      if (left == 0) return {};
      const uint8_t byte = *at++;
      --left;
      size |= (byte & 0x7fu) << shift;
      if (byte < 0x80) break;
    }
  }
  return {reinterpret_cast<const char*>(at), size < left ? size : left};
}

}  // namespace witmed::terminology
