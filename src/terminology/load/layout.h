// How a published table is laid out, as data: catalog/loaders/*.toml, compiled in, or a file of one's own. The words of such a file
// are explained in docs/terminology-loading.md.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/pattern.h"
#include "terminology/book/code_system_builder.h"
#include "terminology/load/table.h"

namespace witmed::terminology {

// A column by any of its headings, or by its number from 1 (as text) where the table has none.
struct ColumnName {
  std::vector<std::string> names;
  bool empty() const { return names.empty(); }
};

struct PropertyColumn {
  ColumnName column;
  std::string code, uri, description;
  PropertyType type = PropertyType::string;
  std::vector<std::pair<std::string, std::string>> values;  // as the table writes it → as the book keeps it; others as written
  std::string split;                                        // characters between several values; empty: one value
};
struct DesignationColumn {
  ColumnName column;
  std::string language, use_system, use_code, use_display, split;
};

// Columns that name what stands above the concept of the row: chapter, block, category …
struct LevelColumn {
  ColumnName code, display;
};

// One table of concepts.
struct ConceptTable {
  std::vector<std::string> files;  // patterns of file names: * and ?, letters of either case; of further tables with a folder
  TableForm form;
  bool header = true, required = true;
  bool adds = true;                // makes concepts; else it only says more about those that are there
  bool repeats = false;            // a code may stand in several rows, each of which says more about it
  ColumnName code, display, definition, parent, weight;
  bool weight_is_rank = false;     // 1 is the commonest
  ColumnName second;               // of a code in two columns: joined by "+", as dagger and asterisk codes are
  std::vector<LevelColumn> levels; // from the top down
  ColumnName range_from, range_to; // a chapter: a concept "from-to" above the codes in between
  std::vector<PropertyColumn> properties;
  std::vector<DesignationColumn> designations;
};

// A parent found from the code itself: the first rule that matches and leads to a code that is there.
struct ParentRule {
  Pattern pattern;
  std::string gives;  // \1: the first group
};

struct MapTable {
  std::vector<std::string> files;
  TableForm form;
  bool header = true;
  std::string source, source_version, target, target_version;
  ColumnName source_code, source_display, target_code, target_display, equivalence, comment;
  std::string usual = "relatedto", same_code = "equal";  // equivalence where no column says it; where both codes are the same
};

struct Layout {
  enum class Kind : uint8_t { code_system, concept_map };
  std::string id, title_zh, title_en, about;
  Kind kind = Kind::code_system;
  SystemHead head;                   // url, names, version if the table has no other
  std::optional<Pattern> version_in_path;  // its first group is the version
  std::vector<ConceptTable> tables;  // the first one is the one it is recognised by
  std::vector<ParentRule> parents;
  MapTable map;

  const std::vector<std::string>& files() const { return kind == Kind::code_system ? tables.front().files : map.files; }
};

// Throws Failure, naming `place`, the word and what would be right.
Layout read_layout(std::string_view toml, const std::string& place);
// Those of the project, by id.
std::span<const Layout> layouts();
const Layout* layout(std::string_view id);
// By the name of a file; the first that fits.
const Layout* layout_of(const std::string& path);

bool fits(std::string_view name, const std::vector<std::string>& patterns);

}  // namespace witmed::terminology
