#include "terminology/load/concept_tables.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/text.h"

namespace witmed::terminology {
namespace {

using Handle = CodeSystemBuilder::Handle;

// Files whose names fit, in the folder of the first table or in the folder that a pattern names from there.
std::vector<std::string> beside(const std::string& path, const std::vector<std::string>& patterns) {
  namespace fs = std::filesystem;
  std::vector<std::string> out;
  for (const std::string& pattern : patterns) {
    const fs::path folder = fs::path(path).parent_path() / fs::path(pattern).parent_path();
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? fs::path(".") : folder, absent))
      if (entry.is_regular_file() && fits(entry.path().filename().string(), {fs::path(pattern).filename().string()})) out.push_back(entry.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Parts between any of the characters of `split`, trimmed, without empty ones; the whole where `split` is empty.
void each_part(std::string_view text, std::string_view split, const std::function<void(std::string_view)>& visit) {
  while (!text.empty()) {
    const size_t end = split.empty() ? text.npos : text.find_first_of(split);
    if (const auto part = trim(text.substr(0, end)); !part.empty()) visit(part);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
}

struct Columns {
  Rows::Place code, second, display, definition, parent, weight;
  std::vector<std::pair<Rows::Place, Rows::Place>> levels;   // code, display
  std::vector<std::pair<Rows::Place, uint32_t>> properties;  // and the property's index
  std::vector<Rows::Place> designations;
};

Columns columns_of(const ConceptTable& table, Rows& rows, CodeSystemBuilder& builder) {
  Columns out{rows.column(table.code), rows.has(table.second) ? rows.column(table.second) : Rows::kNoColumn, rows.column(table.display), rows.column(table.definition),
              rows.column(table.parent), rows.column(table.weight), {}, {}, {}};
  for (const LevelColumn& each : table.levels)
    if (rows.has(each.code)) out.levels.emplace_back(rows.column(each.code), rows.has(each.display) ? rows.column(each.display) : Rows::kNoColumn);
  // These are often missing in one year's edition; the book is good without them.
  for (const PropertyColumn& each : table.properties)
    out.properties.emplace_back(rows.has(each.column) ? rows.column(each.column) : Rows::kNoColumn, builder.property(each.code, each.type, each.uri, each.description));
  for (const DesignationColumn& each : table.designations) out.designations.push_back(rows.has(each.column) ? rows.column(each.column) : Rows::kNoColumn);
  return out;
}

void add_details(const ConceptTable& table, const Columns& columns, const Rows& rows, Handle handle, CodeSystemBuilder& builder) {
  for (size_t i = 0; i < table.properties.size(); ++i) {
    const PropertyColumn& property = table.properties[i];
    each_part(rows.field(columns.properties[i].first), property.split, [&](std::string_view text) {
      for (const auto& [written, kept] : property.values)
        if (written == text) return builder.value(handle, columns.properties[i].second, kept);
      builder.value(handle, columns.properties[i].second, text);
    });
  }
  for (size_t i = 0; i < table.designations.size(); ++i) {
    const DesignationColumn& d = table.designations[i];
    each_part(rows.field(columns.designations[i]), d.split, [&](std::string_view text) { builder.designation(handle, d.language, text, d.use_code, d.use_system, d.use_display); });
  }
  if (const auto weight = parse_unsigned(rows.field(columns.weight)); weight && *weight > 0 && *weight < 1'000'000'000)
    builder.weight(handle, static_cast<uint32_t>(table.weight_is_rank ? 1'000'000'000 - *weight : *weight));
}

// Makes what stands above the row's concept, where it is not there yet; the code of the lowest of them. `placed`, by handle:
// these look for no other parent.
std::string add_levels(const Columns& columns, const Rows& rows, std::string_view code, CodeSystemBuilder& builder, std::vector<bool>& placed) {
  std::string above;
  for (const auto& [place, display] : columns.levels) {
    const std::string_view level = rows.field(place);
    if (level.empty() || level == code) continue;
    if (builder.find(level) == CodeSystemBuilder::kNobody) {
      builder.parent(builder.add(level, rows.field(display)), above);
      placed.resize(builder.size());
      placed.back() = true;
    }
    above = level;
  }
  return above;
}

}  // namespace

ConceptTables::ConceptTables(const Layout& layout, std::string path, CodeSystemBuilder& builder, RowFaults& faults, std::function<void(double)> progress)
    : layout_(layout), path_(std::move(path)), builder_(builder), faults_(faults), progress_(std::move(progress)) {}

void ConceptTables::read() {
  for (size_t i = 0; i < layout_.tables.size(); ++i) {
    const ConceptTable& table = layout_.tables[i];
    const auto files = i == 0 ? std::vector{path_} : beside(path_, table.files);
    if (files.empty() && table.required)
      throw Failure(path_ + ": 旁边缺少 " + table.files.front() + " · " + table.files.front() + " is missing beside it");
    for (const std::string& file : files) read_table(table, file);
  }
  find_parents();
}

void ConceptTables::read_table(const ConceptTable& table, const std::string& path) {
  Rows rows(path, table.form, table.header, progress_);
  if (!table.range_from.empty()) return read_ranges(table, rows, path);
  const Columns columns = columns_of(table, rows, builder_);
  for (rows.start(); rows.next(); ++rows_) {
    std::string code(rows.field(columns.code));
    if (code.empty()) {
      faults_.add({path, rows.line(), "a row without a code", "缺少代码"});
      continue;
    }
    if (const auto second = rows.field(columns.second); !second.empty()) code.append("+").append(second);
    Handle handle = builder_.find(code);
    if (handle != CodeSystemBuilder::kNobody && table.adds && !table.repeats) {
      faults_.add({path, rows.line(), "code " + code + " stands there twice; the first one counts", "代码 " + code + " 重复，以第一条为准"});
      continue;
    }
    if (handle == CodeSystemBuilder::kNobody) {
      if (!table.adds) continue;  // says more about a code that this edition has not
      std::string above = add_levels(columns, rows, code, builder_, has_parent_);
      if (const std::string_view parent = rows.field(columns.parent); !parent.empty() && parent != code) above = parent;
      handle = builder_.add(code, rows.field(columns.display), rows.field(columns.definition));
      builder_.parent(handle, above);
      has_parent_.resize(builder_.size());
      has_parent_[handle] = !above.empty();
    }
    add_details(table, columns, rows, handle, builder_);
  }
  if (const std::string whole = rows.fault(); !whole.empty()) faults_.add({path, rows.line(), whole, {}});
}

void ConceptTables::read_ranges(const ConceptTable& table, Rows& rows, const std::string& path) {
  const auto from = rows.column(table.range_from), to = rows.column(table.range_to), display = rows.column(table.display);
  for (rows.start(); rows.next(); ++rows_) {
    Range range{std::string(rows.field(from)), std::string(rows.field(to)), {}};
    if (range.from.empty() || range.to < range.from) {
      faults_.add({path, rows.line(), "a chapter without its first and last code", "章节缺少起止代码"});
      continue;
    }
    range.code = range.from + "-" + range.to;
    if (builder_.find(range.code) != CodeSystemBuilder::kNobody) continue;  // a chapter of one block
    builder_.add(range.code, rows.field(display));
    ranges_.push_back(std::move(range));
  }
}

const ConceptTables::Range* ConceptTables::narrowest(std::string_view code, const Range* but) const {
  const auto holds = [&](const Range& r, std::string_view text) { return text.substr(0, r.from.size()) >= r.from && text.substr(0, r.to.size()) <= r.to; };
  const Range* best = nullptr;
  for (const Range& each : ranges_) {
    const bool inside = but == nullptr ? holds(each, code) : &each != but && holds(each, but->from) && holds(each, but->to);
    if (inside && (best == nullptr || (each.from >= best->from && each.to <= best->to))) best = &each;
  }
  return best;
}

void ConceptTables::find_parents() {
  has_parent_.resize(builder_.size());
  std::vector<bool> is_range(builder_.size());
  for (const Range& each : ranges_) {
    const Handle handle = builder_.find(each.code);
    is_range[handle] = true;
    if (const Range* above = narrowest(each.from, &each)) builder_.parent(handle, above->code);
  }
  for (Handle handle = 0; handle < builder_.size(); ++handle) {
    if (has_parent_[handle] || is_range[handle]) continue;
    const std::string code = builder_.code(handle);
    std::string parent;
    for (const ParentRule& rule : layout_.parents) {
      const auto above = rule.pattern.extract(code, rule.gives);
      if (!above || above->empty() || *above == code || builder_.find(*above) == CodeSystemBuilder::kNobody) continue;
      parent = *above;
      break;
    }
    if (parent.empty() && !ranges_.empty())
      if (const Range* range = narrowest(code, nullptr)) parent = range->code;
    builder_.parent(handle, parent);
  }
}

void ConceptTables::tell_builder_faults() {
  const auto& faults = builder_.faults();
  for (; told_ < faults.size(); ++told_)
    faults_.add({path_, 0, faults[told_].expression + ": " + faults[told_].en, faults[told_].expression + "：" + faults[told_].zh});
}

}  // namespace witmed::terminology
