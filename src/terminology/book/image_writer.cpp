#include "terminology/book/image_writer.h"

#include "base/varint.h"
#include "fhir/issue.h"

namespace witmed::terminology {
namespace {

constexpr size_t kLargest = 0xFFFFFF00u;      // of an image, and so of each section
constexpr size_t kMostShared = 1u << 20;      // texts remembered: beyond, they hardly repeat
constexpr size_t kSharedBytes = 96;           // longer ones hardly repeat either

[[noreturn]] void too_large() {
  throw fhir::Rejection(422, "too-costly", "the code system is too large for one book (4 GiB)", "代码系统过大，超过单本代码表的上限（4 GiB）");
}

}  // namespace

ImageWriter::ImageWriter() : sections_(static_cast<uint32_t>(Section::count)) {}

uint32_t ImageWriter::text(std::string_view text, Section in) {
  if (text.empty()) return 0;
  std::string& all = section(in);
  if (all.empty()) all.push_back('\0');
  if (all.size() + text.size() + 8 > kLargest) too_large();
  const auto offset = static_cast<uint32_t>(all.size());
  put_varint(all, text.size());
  all.append(text);
  return offset;
}

uint32_t ImageWriter::shared(std::string_view text) {
  if (text.empty()) return 0;
  if (text.size() > kSharedBytes) return this->text(text);
  const auto known = shared_.find(std::string(text));
  if (known != shared_.end()) return known->second;
  const uint32_t offset = this->text(text);
  if (shared_.size() < kMostShared) shared_.emplace(text, offset);
  return offset;
}

std::string_view ImageWriter::read(uint32_t offset, Section in) const {
  if (offset == 0) return {};
  std::string_view rest = std::string_view(sections_[static_cast<uint32_t>(in)]).substr(offset);
  const uint64_t size = take_varint(rest);
  return rest.substr(0, size);
}

std::string ImageWriter::finish(BookKind kind) {
  auto count = static_cast<uint32_t>(Section::count);
  while (count > 0 && sections_[count - 1].empty()) --count;
  size_t size = sizeof(Header) + count * sizeof(SectionPlace);
  std::vector<SectionPlace> places;
  for (uint32_t i = 0; i < count; ++i) {
    const std::string& each = sections_[i];
    size = (size + 3) & ~size_t{3};
    if (size + each.size() > kLargest) too_large();
    places.push_back({static_cast<uint32_t>(each.empty() ? 0 : size), static_cast<uint32_t>(each.size())});
    size += each.size();
  }
  std::string image(size, '\0');
  std::memcpy(image.data() + sizeof(Header), places.data(), count * sizeof(SectionPlace));
  for (uint32_t i = 0; i < count; ++i) {
    if (!sections_[i].empty()) std::memcpy(image.data() + places[i].offset, sections_[i].data(), sections_[i].size());
    sections_[i] = {};
  }
  shared_ = {};
  Header header{kMagic, kFormatVersion, static_cast<uint16_t>(kind), static_cast<uint32_t>(size), count, 0, 0};
  header.content_sum = check_sum(std::string_view(image).substr(sizeof(Header)));
  std::memcpy(image.data(), &header, sizeof header);
  const std::string_view all = image;
  header.header_sum = check_sum(all.substr(sizeof(Header), count * sizeof(SectionPlace)),
                                check_sum(all.substr(0, offsetof(Header, header_sum))));
  std::memcpy(image.data(), &header, sizeof header);
  return image;
}

}  // namespace witmed::terminology
