#include "terminology/book/code_system.h"

#include <algorithm>
#include <bit>

#include "base/error.h"
#include "base/text.h"

namespace witmed::terminology {
namespace {

Designation designation_at(const Image& image, uint32_t index) {
  const auto record = image.item<DesignationRecord>(Section::designations, index);
  const auto kind = image.item<DesignationKind>(Section::designation_kinds, record.kind);
  return {image.text(kind.language), image.text(kind.use_system), image.text(kind.use_code), image.text(kind.use_display),
          image.text(record.value), image.text(kind.extension)};
}

PropertyType property_type(uint32_t number) {
  return number > static_cast<uint32_t>(PropertyType::decimal) ? PropertyType::string : static_cast<PropertyType>(number);
}

PropertyValue value_at(const Image& image, uint32_t index) {
  const auto record = image.item<ValueRecord>(Section::values, index);
  PropertyValue out{record.property, property_type(record.type), {}, {}, {}, {}};
  if (out.type != PropertyType::coding) {
    out.text = image.text(record.text);
    return out;
  }
  const auto coding = image.item<CodingRecord>(Section::codings, record.text);
  out.text = image.text(coding.code);
  out.system = image.text(coding.system);
  out.version = image.text(coding.version);
  out.display = image.text(coding.display);
  return out;
}

PropertyDefinition property_at(const Image& image, uint32_t index) {
  const auto record = image.item<PropertyRecord>(Section::properties, index);
  return {image.text(record.code), image.text(record.uri), image.text(record.description), property_type(record.type)};
}

FilterDefinition filter_at(const Image& image, uint32_t index) {
  const auto record = image.item<FilterRecord>(Section::filters, index);
  return {image.text(record.code), image.text(record.description), image.text(record.value), image.text(record.operators)};
}

// The part of `items` that belongs to a concept, by the table of firsts.
template <class Record>
std::pair<uint32_t, uint32_t> part(const Image& image, Section firsts, Section items, ConceptId id) {
  const uint32_t all = image.items<Record>(items);
  const uint32_t first = std::min(image.number(firsts, id), all);
  const uint32_t last = std::min(image.number(firsts, id + 1), all);
  return {first, std::max(first, last)};
}

// "zh" takes "zh-CN", and the other way round.
bool takes(std::string_view asked, std::string_view language) {
  if (asked.size() > language.size()) std::swap(asked, language);
  return equal_nocase(asked, language.substr(0, asked.size())) && (asked.size() == language.size() || language[asked.size()] == '-');
}

}  // namespace

CodeSystem::CodeSystem(Image image) : image_(std::move(image)) {
  if (image_.kind() != BookKind::code_system) throw Failure("this book is no code system");
  size_ = std::min({image_.head(HeadNumber::size), kMaxConcepts, image_.items<uint32_t>(Section::codes)});
  const uint32_t slots = image_.items<HashSlot>(Section::code_hash);
  slots_ = std::has_single_bit(slots) ? slots : 0;
  case_sensitive_ = (image_.head(HeadNumber::bits) & kCaseSensitive) != 0;
}

std::string_view CodeSystem::url() const { return image_.head(HeadText::url); }
std::string_view CodeSystem::version() const { return image_.head(HeadText::version); }
std::string_view CodeSystem::name() const { return image_.head(HeadText::name); }
std::string_view CodeSystem::title() const { return image_.head(HeadText::title); }
std::string_view CodeSystem::title_zh() const { return image_.head(HeadText::title_zh); }
std::string_view CodeSystem::title_en() const { return image_.head(HeadText::title_en); }
std::string_view CodeSystem::language() const { return image_.head(HeadText::language); }
std::string_view CodeSystem::status() const { return image_.head(HeadText::status); }
std::string_view CodeSystem::value_set() const { return image_.head(HeadText::value_set); }
std::string_view CodeSystem::supplements() const { return image_.head(HeadText::supplements); }
std::string_view CodeSystem::date() const { return image_.head(HeadText::date); }
std::string_view CodeSystem::valid_from() const { return image_.head(HeadText::valid_from); }
std::string_view CodeSystem::valid_until() const { return image_.head(HeadText::valid_until); }
std::string_view CodeSystem::resource() const { return image_.head(HeadText::resource); }
uint32_t CodeSystem::count() const { return image_.head(HeadNumber::count_said); }
bool CodeSystem::case_sensitive() const { return case_sensitive_; }
bool CodeSystem::compositional() const { return (image_.head(HeadNumber::bits) & kCompositional) != 0; }
bool CodeSystem::version_needed() const { return (image_.head(HeadNumber::bits) & kVersionNeeded) != 0; }
bool CodeSystem::experimental() const { return (image_.head(HeadNumber::bits) & kExperimental) != 0; }

Content CodeSystem::content() const {
  const uint32_t number = image_.head(HeadNumber::content);
  return number > static_cast<uint32_t>(Content::supplement) ? Content::fragment : static_cast<Content>(number);
}
HierarchyMeaning CodeSystem::hierarchy_meaning() const {
  const uint32_t number = image_.head(HeadNumber::hierarchy_meaning);
  return number > static_cast<uint32_t>(HierarchyMeaning::classified_with) ? HierarchyMeaning::none
                                                                            : static_cast<HierarchyMeaning>(number);
}

Items<PropertyDefinition> CodeSystem::properties() const {
  return {image_, 0, image_.items<PropertyRecord>(Section::properties), property_at};
}
std::optional<uint32_t> CodeSystem::property(std::string_view code) const {
  const uint32_t count = image_.items<PropertyRecord>(Section::properties);
  for (uint32_t i = 0; i < count; ++i)
    if (image_.text(image_.item<PropertyRecord>(Section::properties, i).code) == code) return i;
  return std::nullopt;
}
Items<FilterDefinition> CodeSystem::filters() const {
  return {image_, 0, image_.items<FilterRecord>(Section::filters), filter_at};
}

ConceptId CodeSystem::find(std::string_view code) const {
  const auto same = [&](std::string_view other) { return case_sensitive_ ? other == code : equal_nocase(other, code); };
  auto at = static_cast<uint32_t>(hash_code(code)) & (slots_ - 1);
  for (uint32_t i = 0; i < slots_; ++i, at = (at + 1) & (slots_ - 1)) {
    const auto slot = image_.item<HashSlot>(Section::code_hash, at);
    if (slot.id_and_one - 1 >= size_) return kNoConcept;
    if (same(image_.text(slot.code, Section::code_text))) return slot.id_and_one - 1;
  }
  return kNoConcept;
}

std::string_view CodeSystem::code(ConceptId id) const { return image_.text(image_.number(Section::codes, id), Section::code_text); }
std::string_view CodeSystem::display(ConceptId id) const { return image_.text(image_.number(Section::displays, id)); }
std::string_view CodeSystem::definition(ConceptId id) const { return image_.text(image_.number(Section::definitions, id)); }
bool CodeSystem::inactive(ConceptId id) const { return (image_.item<uint8_t>(Section::flags, id) & kInactive) != 0; }
bool CodeSystem::abstract(ConceptId id) const { return (image_.item<uint8_t>(Section::flags, id) & kAbstract) != 0; }
bool CodeSystem::deprecated(ConceptId id) const { return (image_.item<uint8_t>(Section::flags, id) & kDeprecated) != 0; }

std::string_view CodeSystem::extension(ConceptId id) const {
  uint32_t first = 0, last = image_.items<ExtensionRecord>(Section::extensions);
  while (first < last) {
    const uint32_t middle = first + (last - first) / 2;
    const auto record = image_.item<ExtensionRecord>(Section::extensions, middle);
    if (record.id == id) return image_.text(record.text);
    if (record.id < id) first = middle + 1;
    else last = middle;
  }
  return {};
}

Items<Designation> CodeSystem::designations(ConceptId id) const {
  const auto [first, last] = part<DesignationRecord>(image_, Section::designation_first, Section::designations, id);
  return {image_, first, last, designation_at};
}
Items<PropertyValue> CodeSystem::values(ConceptId id) const {
  const auto [first, last] = part<ValueRecord>(image_, Section::value_first, Section::values, id);
  return {image_, first, last, value_at};
}

std::string_view CodeSystem::display(ConceptId id, std::span<const std::string_view> languages) const {
  for (const std::string_view asked : languages) {
    if (!language().empty() && takes(asked, language())) break;
    for (const Designation each : designations(id))
      if (!each.language.empty() && takes(asked, each.language)) return each.value;
  }
  return display(id);
}

bool CodeSystem::in_languages(std::string_view language, std::span<const std::string_view> languages) const {
  return languages.empty() || language.empty() ||
         std::any_of(languages.begin(), languages.end(), [&](std::string_view asked) { return takes(asked, language); });
}

}  // namespace witmed::terminology
