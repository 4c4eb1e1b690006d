// The grammar of the definitions blob, shared by pack_definitions (writer, build time) and Definitions
// (reader).
//
//   blob      = Header section[Section::count]          little endian, 8-aligned, position-independent
//   section   = record*                                 records of one kind, as below; Header says where and
//   how many text      = (offset, length) into section `text`    UTF-8, not terminated range     = (first,
//   count) into another section names     = NameRecord*      [0] is the unknown name; index = NameId types =
//   TypeRecord*      [0] is no type; index = TypeId; sorted by name
//   *_hash    = u16*             a power of two of slots, open addressing, linear probing; 0 = free slot; see
//   hash_name slots     = u16*             for each type a perfect hash of its elements by NameId:
//   slots[(name * multiplier) >> shift]
//                                is an index into the type's elements, to be confirmed by comparing the name
//   id_lists  = u16*             TypeIds: targets of references
//
// Readers and writers are built from the same tree, so a change of the format only raises kVersion.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace witmed::fhir::format {

inline constexpr uint32_t kMagic = 0x52344657;  // "WF4R"
inline constexpr uint32_t kVersion = 2;

enum Section : uint32_t {
  text,
  names,
  name_hash,
  types,
  type_hash,
  elements,
  slots,
  invariants,
  id_lists,
  params,
  components,
  compartments,
  compartment_rules,
  rule_params,
  value_sets,
  value_set_systems,
  count
};

struct Range {
  uint32_t first, count;
};
using Text = Range;  // characters in section `text`

struct Header {
  uint32_t magic, version;
  struct {
    uint32_t offset, count;
  } sections[Section::count];
};

struct NameRecord {
  Text text;
  uint16_t plain;    // "_birthDate": the NameId of "birthDate", else 0
  uint16_t sibling;  // "birthDate": the NameId of "_birthDate", else 0
};

struct TypeRecord {
  Text name, regex;
  Range elements, invariants, slots, params;  // params: sorted by code
  uint32_t multiplier, shift;
  uint16_t base;
  uint8_t kind, concrete;  // concrete: a resource that can stand alone
};

struct ElementRecord {
  Text path, binding;
  Range targets;
  uint16_t name, base, type, min, max;
  uint8_t array, choice, modifier, summary, strength, unused;
};

struct InvariantRecord {
  Text key, path, expression, human;
  uint32_t warning;
};

struct ParamRecord {
  Text code, url, expression;
  Range targets, components;
  uint16_t base;
  uint16_t type;
};

struct ComponentRecord {
  uint32_t param;
  Text expression;
};
struct CompartmentRecord {
  Text name;
  Range rules;
};
// A value set that a code is bound to, and the code systems it draws on. Sorted by url.
struct ValueSetRecord {
  Text url;
  Range systems;  // Texts in value_set_systems
};
struct RuleRecord {
  Range params;
  uint32_t type;
};

// Hash of a name: its length, first eight and last eight characters are enough to tell R4's names apart.
inline uint32_t hash_words(uint64_t head, uint64_t tail, uint32_t length) {
  uint64_t h = (head ^ (tail << 29 | tail >> 35) ^ length) * 0x9E3779B97F4A7C15ull;
  return static_cast<uint32_t>(h >> 40);
}

inline uint32_t hash_name(std::string_view name) {
  uint64_t head = 0, tail = 0;
  if (name.size() >= 8) {
    std::memcpy(&head, name.data(), 8);
    std::memcpy(&tail, name.data() + name.size() - 8, 8);
  } else if (name.size() >= 4) {
    std::memcpy(&head, name.data(), 4);
    std::memcpy(&tail, name.data() + name.size() - 4, 4);
  } else {
    for (char c : name) head = head << 8 | static_cast<unsigned char>(c);
  }
  return hash_words(head, tail, static_cast<uint32_t>(name.size()));
}

}  // namespace witmed::fhir::format
