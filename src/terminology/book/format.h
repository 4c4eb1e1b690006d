// The grammar of a book: one immutable image of one version of a code system or of a concept map, read in place.
//
//   image    = Header SectionPlace[section_count] section*      little endian, position-independent, any alignment, < 4 GiB
//   section  = items of one width, one behind the other; which ones a kind of book has is listed below; absent = empty
//   u32, u64 = fixed width        varint = base/varint.h
//   text     = u32, an offset into section `text`; there: varint(length) byte*, UTF-8; 0 = empty
//   id       = u32, place of a concept in the order of the system: depth first, first parents' trees, siblings as they came
//   rank     = u32, place of a concept in order of commonness, then of shortness of its display, then id
//
// Code system (kind 1), n concepts:
//   head              text[head_texts] u32[head_numbers], in the order of HeadText, HeadNumber
//   codes             text[n], but into section `code_text`: codes by id, close together
//   displays          text[n]                  definitions  text[n] or absent when no concept has one
//   flags             u8[n] of ConceptFlag
//   code_hash         HashSlot[2^k], 2^k > n, at hash_code(code) & (2^k-1), linear probing
//   designation_first u32[n+1]                 designations  DesignationRecord*        designation_kinds  DesignationKind*
//   value_first       u32[n+1]                 values        ValueRecord*              codings  CodingRecord*
//   properties        PropertyRecord*          filters       FilterRecord*
//   parent            id[n], own id = a root   tree_end  id[n]: one behind the last of its tree      absent: no hierarchy
//   more_parents      (child id, parent id)* sorted; parents that are not the first
//   more_children     (parent id, child id)* sorted; the same, the other way round
//   more_below        (id, first id, last id)* sorted: runs below `id` that are not in its own tree
//   extensions        (id, text)* sorted: JSON list of the concept's extensions, of those that have any
//   by_code           id[n] sorted by plain_code        } these from kSmallSystem concepts on;
//   by_rank           id[n], place = rank               } below, all concepts are looked at
//   terms             TermRecord*, sorted by key        }
//   postings          for each term varint*: the first rank + 1, then steps (> 0); ends where the next term's begins
//   sounds            SoundRecord[2^k] by hash_character, linear probing, character 0 = free: readings of Chinese characters
//   syllables         char[8]*, padded with zeros; [0] is no syllable
//
// A term's key is a byte that says its kind and then: kWord a folded word; kPair two neighbouring characters of Chinese text,
// or its last one alone; kSound three neighbouring initials or letters of the spoken text, fewer at its end.
//
// Concept map (kind 2): see map_book.h for what the fields mean
//   head              as above; size = number of pairs
//   groups            GroupRecord*
//   map_sources       MapSourceRecord*, of each group one run, sorted by code; targets of one source are one run
//   map_targets       MapTargetRecord*         map_by_target   u32*: of each group its targets sorted by code, indexes in map_targets
//
// Resource (kind 3): head; its `resource` is the whole resource, a ValueSet.
//
// A change of any of this raises kFormatVersion; a book of another version is made again from its table.
#pragma once
#include <cstdint>
#include <string_view>

namespace witmed::terminology {

inline constexpr uint32_t kMagic = 0x4B425457;  // "WTBK"
inline constexpr uint16_t kFormatVersion = 2;

enum class BookKind : uint16_t { code_system = 1, concept_map = 2, resource = 3 };

struct Header {
  uint32_t magic;
  uint16_t version, kind;
  uint32_t bytes;          // of the whole image
  uint32_t section_count;
  uint64_t content_sum;    // check_sum of what stands behind the header; compared by verify(), not on open
  uint64_t header_sum;     // check_sum of the header before this field and of the table of sections
};
struct SectionPlace {
  uint32_t offset, bytes;
};

enum class Section : uint32_t {
  text, code_text, head, codes, displays, definitions, flags, code_hash, designation_first, designations, designation_kinds,
  value_first, values, codings, properties, filters, parent, tree_end, more_parents, more_children, more_below,
  by_code, by_rank, terms, postings, sounds, syllables, groups, map_sources, map_targets, map_by_target, extensions, count
};

enum class HeadText : uint32_t {
  url, version, name, title, title_zh, title_en, language, status, value_set, supplements, date, valid_from, valid_until,
  resource, count
};
enum class HeadNumber : uint32_t { size, count_said, content, hierarchy_meaning, bits, count };
enum HeadBit : uint32_t { kCaseSensitive = 1, kCompositional = 2, kVersionNeeded = 4, kExperimental = 8 };

// http://hl7.org/fhir/R4/valueset-codesystem-content-mode.html
enum class Content : uint8_t { complete, not_present, example, fragment, supplement };
// http://hl7.org/fhir/R4/valueset-codesystem-hierarchy-meaning.html; none: the resource does not say
enum class HierarchyMeaning : uint8_t { none, grouped_by, is_a, part_of, classified_with };
// http://hl7.org/fhir/R4/valueset-concept-property-type.html
enum class PropertyType : uint8_t { code, coding, string, integer, boolean, date_time, decimal };

enum ConceptFlag : uint8_t { kInactive = 1, kAbstract = 2, kDeprecated = 4 };

struct HashSlot {
  uint32_t id_and_one, code;  // 0 = free; text in `code_text`, beside the id because finding a code costs what memory costs
};
struct DesignationRecord {
  uint32_t value, kind;  // text, index in designation_kinds
};
struct DesignationKind {
  uint32_t language, use_system, use_code, use_display, extension;
};
struct ExtensionRecord {
  uint32_t id, text;
};
struct ValueRecord {
  uint32_t text;  // of a Coding: index in codings
  uint16_t property, type;
};
struct CodingRecord {
  uint32_t system, version, code, display;
};
struct PropertyRecord {
  uint32_t code, uri, description, type;
};
struct FilterRecord {
  uint32_t code, description, value, operators;
};
struct TermRecord {
  uint32_t key, postings;
};
struct SoundRecord {
  uint32_t character;
  uint16_t syllables[2];  // 0 = none
};
struct GroupRecord {
  uint32_t source, source_version, target, target_version;
  uint32_t first_source, source_count, first_target, target_count;
  uint32_t unmapped_mode, unmapped_code, unmapped_display, unmapped_url;
};
struct MapSourceRecord {
  uint32_t code, display, first_target, target_count;
};
struct MapTargetRecord {
  uint32_t code, display, equivalence, comment, extra;  // texts
  uint32_t source;                                      // index in map_sources
};

inline constexpr char kWord = 1, kPair = 2, kSound = 3;
inline constexpr uint32_t kSmallSystem = 256;       // concepts from which on a system has an index for search
inline constexpr uint32_t kMaxConcepts = 1u << 26;  // 67 million: the largest systems known have half a million
inline constexpr uint32_t kMaxRuns = 1u << 24;      // in more_below: SNOMED CT needs some hundred thousand
inline constexpr uint32_t kMaxTextBytes = 1u << 20; // of one text, 1 MB; longer ones are a fault
inline constexpr size_t kMaxFaults = 100;           // that are kept with their words

// Of a code; ASCII letters count as small ones, so that the same table serves systems with and without case.
inline uint64_t hash_code(std::string_view code) {
  uint64_t h = code.size() * 0x9E3779B97F4A7C15ull;
  for (char c : code) {
    auto byte = static_cast<uint8_t>(c);
    if (byte >= 'A' && byte <= 'Z') byte |= 0x20;
    h = (h ^ byte) * 0x100000001B3ull;
  }
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93ull;
  return h ^ h >> 32;
}

inline uint32_t hash_character(char32_t c) { return (static_cast<uint32_t>(c) * 0x9E3779B1u) >> 8; }

// Eight bytes a step; finds damage, keeps nobody out.
uint64_t check_sum(std::string_view bytes, uint64_t state = 0);

}  // namespace witmed::terminology
