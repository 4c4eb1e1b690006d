#include "terminology/book/image.h"

#include <algorithm>

#include "base/error.h"
#include "base/mapped_file.h"

namespace witmed::terminology {
namespace {

constexpr size_t kSummed = offsetof(Header, header_sum);

uint64_t header_sum(std::string_view bytes, uint32_t section_count) {
  return check_sum(bytes.substr(sizeof(Header), section_count * sizeof(SectionPlace)), check_sum(bytes.substr(0, kSummed)));
}

}  // namespace

uint64_t check_sum(std::string_view bytes, uint64_t state) {
  uint64_t h = state ^ bytes.size() * 0x9E3779B97F4A7C15ull;
  size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    h = (h ^ word) * 0xD6E8FEB86659FD93ull;
    h ^= h >> 29;
  }
  for (; at < bytes.size(); ++at) h = (h ^ static_cast<uint8_t>(bytes[at])) * 0x100000001B3ull;
  return h ^ h >> 32;
}

Image Image::map(const std::string& path) {
  auto file = std::make_shared<const MappedFile>(path);
  Image image;
  try {
    image.open(file->bytes());
  } catch (const Failure& failure) {
    throw Failure(path + ": " + failure.what());
  }
  image.owner_ = std::move(file);
  return image;
}

Image Image::keep(std::string bytes) {
  auto text = std::make_shared<const std::string>(std::move(bytes));
  Image image;
  image.open(*text);
  image.owner_ = std::move(text);
  return image;
}

Image Image::view(std::string_view bytes) {
  Image image;
  image.open(bytes);
  return image;
}

void Image::open(std::string_view bytes) {
  Header header{};
  if (bytes.size() < sizeof header) throw Failure("this is no terminology book");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != kMagic) throw Failure("this is no terminology book");
  if (header.version != kFormatVersion)
    throw Failure("a terminology book of format " + std::to_string(header.version) + "; this program reads format " +
                  std::to_string(kFormatVersion) + ": load the table again");
  if (header.bytes != bytes.size() || header.section_count > static_cast<uint32_t>(Section::count) ||
      (bytes.size() - sizeof header) / sizeof(SectionPlace) < header.section_count)
    throw Failure("a terminology book that was cut short");
  if (header_sum(bytes, header.section_count) != header.header_sum) throw Failure("a damaged terminology book");
  std::memcpy(places_, bytes.data() + sizeof header, header.section_count * sizeof(SectionPlace));
  for (const SectionPlace& place : places_)
    if (place.offset > bytes.size() || place.bytes > bytes.size() - place.offset) throw Failure("a damaged terminology book");
  bytes_ = bytes;
  kind_ = header.kind;
}

bool Image::verify() const {
  Header header{};
  if (bytes_.size() < sizeof header) return false;
  std::memcpy(&header, bytes_.data(), sizeof header);
  return check_sum(bytes_.substr(sizeof header)) == header.content_sum;
}

}  // namespace witmed::terminology
