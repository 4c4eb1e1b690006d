#include "terminology/load/layout.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "base/toml.h"
#include "terminology/load/layout_files.h"

namespace witmed::terminology {
namespace {

// A table of the file; every word that is read is ticked off, and what is left at the end is a typing mistake.
class Words {
 public:
  Words(const toml::table* table, std::string place) : table_(table), place_(std::move(place)) {}
  ~Words() = default;

  std::string text(std::string_view name, std::string fallback = {}) {
    const toml::node* node = get(name);
    if (node == nullptr) return fallback;
    const auto value = node->value<std::string>();
    if (!node->is_string() || !value) wrong(name, "要文字 · text is needed");
    return *value;
  }
  bool truth(std::string_view name, bool fallback) {
    const toml::node* node = get(name);
    if (node == nullptr) return fallback;
    if (!node->is_boolean()) wrong(name, "要 true 或 false · true or false is needed");
    return node->as_boolean()->get();
  }
  std::vector<std::string> texts(std::string_view name) {
    std::vector<std::string> out;
    const toml::node* node = get(name);
    if (node == nullptr) return out;
    if (node->is_string()) return {node->as_string()->get()};
    if (node->is_integer()) return {std::to_string(node->as_integer()->get())};
    if (!node->is_array()) wrong(name, "要文字或文字列表 · text or a list of texts is needed");
    for (const toml::node& each : *node->as_array()) {
      if (!each.is_string()) wrong(name, "列表里要文字 · the list must hold texts");
      out.push_back(each.as_string()->get());
    }
    return out;
  }
  ColumnName column(std::string_view name) { return {texts(name)}; }
  // Tables of [[name]].
  std::vector<Words> list(std::string_view name) {
    std::vector<Words> out;
    const toml::node* node = get(name);
    if (node == nullptr) return out;
    if (!node->is_array()) wrong(name, "要写成 [[…]] · must be written [[…]]");
    for (const toml::node& each : *node->as_array()) {
      if (!each.is_table()) wrong(name, "要写成 [[…]] · must be written [[…]]");
      out.emplace_back(each.as_table(), place_ + " [[" + std::string(name) + "]]");
    }
    return out;
  }
  Words table(std::string_view name) {
    const toml::node* node = get(name);
    if (node != nullptr && !node->is_table()) wrong(name, "要写成 […] · must be written […]");
    return {node == nullptr ? nullptr : node->as_table(), place_ + " [" + std::string(name) + "]"};
  }
  std::vector<std::pair<std::string, std::string>> pairs(std::string_view name) {
    std::vector<std::pair<std::string, std::string>> out;
    Words inside = table(name);
    if (inside.table_ != nullptr)
      for (const auto& [key, value] : *inside.table_) out.emplace_back(std::string(key.str()), inside.text(key.str()));
    return out;
  }
  explicit operator bool() const { return table_ != nullptr; }
  void done() const {
    if (table_ == nullptr) return;
    for (const auto& [key, value] : *table_)
      if (!read_.contains(std::string(key.str()))) wrong(key.str(), "没有这个词 · there is no such word");
  }
  [[noreturn]] void wrong(std::string_view name, std::string_view what) const {
    throw Failure(place_ + ": " + std::string(name) + ": " + std::string(what));
  }

 private:
  const toml::node* get(std::string_view name) {
    read_.emplace(name);
    return table_ == nullptr ? nullptr : table_->get(name);
  }
  const toml::table* table_;
  std::string place_;
  std::set<std::string> read_;
};

template <class Enum>
Enum choice(Words& words, std::string_view name, std::initializer_list<std::string_view> names, Enum fallback) {
  const std::string text = words.text(name);
  if (text.empty()) return fallback;
  uint8_t number = 0;
  for (const std::string_view each : names) {
    if (each == text) return static_cast<Enum>(number);
    ++number;
  }
  words.wrong(name, "没有这种写法 · not one of the values that are known: " + text);
}

TableForm form_of(Words& words) {
  TableForm form;
  const std::string separator = words.text("separator", ",");
  if (separator.size() != 1) words.wrong("separator", "要一个字符 · one character is needed");
  form.separator = separator[0];
  form.encoding = words.text("encoding", "auto");
  if (form.encoding != "auto" && form.encoding != "utf-8" && form.encoding != "gb18030") words.wrong("encoding", "auto, utf-8, gb18030");
  form.quotes = words.truth("quotes", true);
  form.sheet = words.text("sheet");
  return form;
}

void read_columns(Words words, ConceptTable& out) {
  out.code = words.column("code");
  out.display = words.column("display");
  out.definition = words.column("definition");
  out.parent = words.column("parent");
  out.weight = words.column("weight");
  out.second = words.column("second");
  out.range_from = words.column("from");
  out.range_to = words.column("to");
  if (out.range_from.empty() != out.range_to.empty()) words.wrong("from", "from 与 to 要成对 · from and to belong together");
  if (out.code.empty() && out.range_from.empty()) words.wrong("code", "必须给出代码列 · the column of the code is needed");
  words.done();
}

ConceptTable concept_table(Words& words, bool adds) {
  ConceptTable out;
  out.files = words.texts("files");
  if (out.files.empty()) words.wrong("files", "必须给出文件名 · patterns of file names are needed");
  out.form = form_of(words);
  out.header = words.truth("header", true);
  out.required = words.truth("required", adds);
  out.adds = words.truth("adds", adds);
  out.repeats = words.truth("repeats", false);
  out.weight_is_rank = words.truth("weight_is_rank", false);
  read_columns(words.table("columns"), out);
  for (Words& each : words.list("level")) {
    out.levels.push_back({each.column("code"), each.column("display")});
    if (out.levels.back().code.empty()) each.wrong("code", "必须给出代码列 · the column of the code is needed");
    each.done();
  }
  for (Words& each : words.list("property")) {
    PropertyColumn column;
    column.column = each.column("column");
    column.code = each.text("code");
    if (column.code.empty() || column.column.empty()) each.wrong("code", "code 与 column 都要有 · code and column are both needed");
    column.uri = each.text("uri");
    column.description = each.text("description");
    column.type = choice(each, "type", {"code", "Coding", "string", "integer", "boolean", "dateTime", "decimal"}, PropertyType::string);
    column.values = each.pairs("values");
    column.split = each.text("split");
    each.done();
    out.properties.push_back(std::move(column));
  }
  for (Words& each : words.list("designation")) {
    DesignationColumn column;
    column.column = each.column("column");
    if (column.column.empty()) each.wrong("column", "必须给出列 · a column is needed");
    column.language = each.text("language");
    column.use_system = each.text("use_system");
    column.use_code = each.text("use_code");
    column.use_display = each.text("use_display");
    column.split = each.text("split");
    each.done();
    out.designations.push_back(std::move(column));
  }
  return out;
}

void read_map(Words& words, Layout& out) {
  MapTable& map = out.map;
  map.files = words.texts("files");
  if (map.files.empty()) words.wrong("files", "必须给出文件名 · patterns of file names are needed");
  map.form = form_of(words);
  map.header = words.truth("header", true);
  map.source = words.text("source");
  map.source_version = words.text("source_version");
  map.target = words.text("target");
  map.target_version = words.text("target_version");
  if (map.source.empty() || map.target.empty()) words.wrong("source", "source 与 target 都要有 · source and target are both needed");
  map.usual = words.text("equivalence", map.usual);
  map.same_code = words.text("same_code", map.same_code);
  Words columns = words.table("columns");
  map.source_code = columns.column("source");
  map.source_display = columns.column("source_display");
  map.target_code = columns.column("target");
  map.target_display = columns.column("target_display");
  map.equivalence = columns.column("equivalence");
  map.comment = columns.column("comment");
  if (map.source_code.empty() || map.target_code.empty()) columns.wrong("source", "source 与 target 都要有 · source and target are both needed");
  columns.done();
}

SystemHead read_head(Words words) {
  SystemHead head;
  head.url = words.text("url");
  head.version = words.text("version");
  head.name = words.text("name");
  head.title_zh = words.text("title_zh");
  head.title_en = words.text("title_en");
  head.language = words.text("language", "zh-CN");
  head.title = head.language.starts_with("zh") && !head.title_zh.empty() ? head.title_zh : head.title_en;
  head.value_set = words.text("value_set");
  head.case_sensitive = words.truth("case_sensitive", true);
  head.content = choice(words, "content", {"complete", "not-present", "example", "fragment", "supplement"}, Content::complete);
  head.supplements = words.text("supplements");
  head.hierarchy_meaning = choice(words, "hierarchy_meaning", {"", "grouped-by", "is-a", "part-of", "classified-with"}, HierarchyMeaning::is_a);
  words.done();
  return head;
}

// Nothing when the word is not there or empty.
std::optional<Pattern> pattern(Words& words, std::string_view name, const std::string& gives) {
  const std::string text = words.text(name);
  if (text.empty()) return std::nullopt;
  auto read = Pattern::read(text);
  if (!read) words.wrong(name, "不是正则表达式（RE2 语法） · no regular expression of RE2's syntax");
  if (!read->allows(gives)) words.wrong(name, "没有 " + gives + " 所指的组 · has not the group that " + gives + " names");
  return read;
}

bool fits_one(std::string_view name, std::string_view pattern) {
  size_t n = 0, p = 0, star = pattern.npos, mark = 0;
  while (n < name.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) ++n, ++p;
    else if (p < pattern.size() && pattern[p] == '*') star = p++, mark = n;
    else if (star != pattern.npos) p = star + 1, n = ++mark;
    else return false;
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace

Layout read_layout(std::string_view text, const std::string& place) {
  const toml::table root = read_toml(text, place);
  Words words(&root, place);
  Layout out;
  out.id = words.text("id");
  if (out.id.empty()) words.wrong("id", "必须给出 · is needed");
  out.title_zh = words.text("title_zh");
  out.title_en = words.text("title_en");
  out.about = words.text("about");
  out.kind = choice(words, "kind", {"code-system", "concept-map"}, Layout::Kind::code_system);
  out.head = read_head(words.table("head"));
  out.version_in_path = pattern(words, "version_in_path", "\\1");
  for (Words& each : words.list("parent")) {
    const std::string gives = each.text("gives");
    const auto rule = pattern(each, "pattern", gives);
    if (!rule) each.wrong("pattern", "必须给出 · is needed");
    out.parents.push_back({*rule, gives});
    each.done();
  }
  auto tables = words.list("table");
  if (tables.empty()) words.wrong("table", "至少要有一个 [[table]] · at least one [[table]] is needed");
  for (Words& each : tables) {
    if (out.kind == Layout::Kind::code_system) out.tables.push_back(concept_table(each, out.tables.empty()));
    else read_map(each, out);
    each.done();
  }
  words.done();
  return out;
}

bool fits(std::string_view name, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& each) { return fits_one(lower(name), lower(each)); });
}

std::span<const Layout> layouts() {
  static const std::vector<Layout> all = [] {
    std::vector<Layout> read;
    for (const LayoutFile& each : layout_files()) read.push_back(read_layout(each.text, std::string(each.name)));
    return read;
  }();
  return all;
}

const Layout* layout(std::string_view id) {
  for (const Layout& each : layouts())
    if (each.id == id) return &each;
  return nullptr;
}

const Layout* layout_of(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  for (const Layout& each : layouts())
    if (fits(name, each.files())) return &each;
  return nullptr;
}

}  // namespace witmed::terminology
