// Images of books from any bytes: refused, or read without touching anything outside. The sums are made right first, so that what
// lies behind them is reached.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/error.h"
#include "terminology/book/code_system.h"
#include "terminology/book/map_book.h"

namespace {

using namespace witmed::terminology;

void read_system(const CodeSystem& system, std::string_view typed) {
  system.find(typed);
  system.search(typed, {}, 20);
  const std::string_view languages[] = {"zh"};
  system.search("gxy", languages, 20);
  for (const auto p : system.properties()) (void)p.code.size();
  for (const auto f : system.filters()) (void)f.code.size();
  for (ConceptId id = 0; id < system.size() && id < 50; ++id) {
    system.find(system.code(id));
    uint32_t left = 50;
    for (const auto d : system.designations(id)) if (d.value.empty() || --left == 0) break;
    for (const auto v : system.values(id)) if (v.text.empty() || --left == 0) break;
    system.display(id, languages);
    system.parents(id);
    system.children(id);
    system.has_children(id);
    system.below(id);
    system.is_above(id, id / 2);
  }
}

void read_map(const MapBook& map, std::string_view typed) {
  for (uint32_t group = 0; group < map.groups() && group < 4; ++group) {
    map.from(group, typed);
    map.to(group, typed);
    int left = 100;
    map.each(group, [&](const MapBookPair& pair) { return map.from(group, pair.source_code).size() < 1000 && --left > 0; });
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::string typed = bytes.substr(bytes.size() - std::min<size_t>(bytes.size(), 12));
  if (bytes.size() >= sizeof(Header)) {
    Header header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    header.bytes = static_cast<uint32_t>(bytes.size());
    header.magic = kMagic;
    header.version = kFormatVersion;
    header.section_count %= static_cast<uint32_t>(Section::count) + 1;
    std::memcpy(bytes.data(), &header, sizeof header);
    const std::string_view all = bytes;
    header.header_sum = check_sum(all.substr(sizeof(Header), header.section_count * sizeof(SectionPlace)), check_sum(all.substr(0, offsetof(Header, header_sum))));
    std::memcpy(bytes.data(), &header, sizeof header);
  }
  try {
    const Image image = Image::view(bytes);
    image.verify();
    if (image.kind() == BookKind::code_system) read_system(CodeSystem(image), typed);
    if (image.kind() == BookKind::concept_map) read_map(MapBook(image), typed);
  } catch (const witmed::Failure&) {
  }
  return 0;
}
