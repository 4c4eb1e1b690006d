#include "terminology/load/loader.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/durable_file.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "fhir/json/member.h"
#include "terminology/book/map_book.h"
#include "terminology/load/concept_tables.h"
#include "terminology/load/rows.h"

namespace witmed::terminology {
namespace {

namespace fs = std::filesystem;

LoadedBook keep(const LoadSettings& settings, std::string_view url, std::string_view version, const std::string& image) {
  fs::create_directories(settings.folder);
  LoadedBook book;
  book.path = (fs::path(settings.folder) / book_name(url, version)).string();
  book.url = url;
  book.version = version;
  book.bytes = image.size();
  write_durably(book.path, image);
  return book;
}

std::string version_of(const Layout& layout, const std::string& path, const LoadSettings& settings) {
  if (!settings.version.empty()) return settings.version;
  if (layout.version_in_path)
    if (auto found = layout.version_in_path->extract(path, "\\1")) return *found;
  return layout.head.version;
}

std::string url_of(const Layout& layout, const std::string& path, const LoadSettings& settings) {
  const std::string& url = settings.url.empty() ? layout.head.url : settings.url;
  if (url.empty()) throw Failure(path + ": 版式 " + layout.id + " 没有地址，用 --url 给出 · the layout has no url; give one with --url");
  return url;
}

// A table of which more than one row in twenty is bad is another table than the layout means.
void refuse_bad(const std::string& path, uint64_t rows, uint64_t faults, uint64_t size, const LoadSettings& settings) {
  if (size == 0) throw Failure(path + ": 没有读到任何条目，未生成代码表 · nothing was read, no book was made");
  if (settings.force || faults <= 20 || faults * 20 <= rows) return;
  throw Failure(path + ": " + std::to_string(rows) + " 行中 " + std::to_string(faults) +
                " 处有错，未生成代码表；核对版式，或用 --force 仍然装载 · too many faults, no book was made; check the layout, or use --force");
}

LoadedBook load_system(const Layout& layout, const std::string& path, const LoadSettings& settings) {
  SystemHead head = layout.head;
  head.version = version_of(layout, path, settings);
  head.url = url_of(layout, path, settings);
  head.valid_from = settings.valid_from;
  head.valid_until = settings.valid_until;
  CodeSystemBuilder builder(head);
  RowFaults faults(settings.fault);
  ConceptTables tables(layout, path, builder, faults, settings.progress);
  tables.read();
  const uint32_t size = builder.size();
  refuse_bad(path, tables.rows(), faults.count(), size, settings);
  const std::string image = builder.finish();
  tables.tell_builder_faults();
  refuse_bad(path, tables.rows(), faults.count(), size, settings);
  LoadedBook book = keep(settings, head.url, head.version, image);
  book.layout = layout.id;
  book.title = head.title;
  book.rows = tables.rows();
  book.size = size;
  book.faults = faults.count();
  return book;
}

LoadedBook load_map(const Layout& layout, const std::string& path, const LoadSettings& settings) {
  const MapTable& map = layout.map;
  const std::string version = version_of(layout, path, settings), url = url_of(layout, path, settings);
  MapBookBuilder builder({url, version, layout.head.name, layout.head.title, "active", {}, settings.valid_from, settings.valid_until, {}});
  const uint32_t group = builder.group({map.source, map.source_version, map.target, map.target_version, {}, {}, {}, {}});
  RowFaults faults(settings.fault);
  Rows rows(path, map.form, map.header, settings.progress);
  const auto source = rows.column(map.source_code), source_display = rows.column(map.source_display), target = rows.column(map.target_code),
             target_display = rows.column(map.target_display), equivalence = rows.column(map.equivalence), comment = rows.column(map.comment);
  uint64_t count = 0;
  for (rows.start(); rows.next(); ++count) {
    const std::string_view from = rows.field(source), to = rows.field(target);
    if (from.empty() || to.empty()) {
      faults.add({path, rows.line(), "a row without source or target code", "缺少来源代码或目标代码"});
      continue;
    }
    const std::string_view said = rows.field(equivalence);
    builder.add(group, {from, rows.field(source_display), to, rows.field(target_display),
                        !said.empty() ? said : from == to ? std::string_view(map.same_code) : std::string_view(map.usual), rows.field(comment), {}});
  }
  if (const std::string whole = rows.fault(); !whole.empty()) faults.add({path, rows.line(), whole, {}});
  refuse_bad(path, count, faults.count(), builder.size(), settings);
  LoadedBook book = keep(settings, url, version, builder.finish());
  book.layout = layout.id;
  book.kind = BookKind::concept_map;
  book.title = layout.head.title;
  book.rows = count;
  book.size = builder.size();
  book.faults = faults.count();
  return book;
}

LoadedBook load_value_set(fhir::Node resource, const LoadSettings& settings) {
  const std::string url = text_of(resource, "url"), version = text_of(resource, "version");
  if (url.empty()) throw fhir::Rejection(422, "required", "a ValueSet needs a url", "ValueSet 缺少 url");
  ImageWriter out;
  const std::string title = text_of(resource, "title");
  const std::string texts[static_cast<size_t>(HeadText::count)] = {url, version, text_of(resource, "name"), title, {}, {}, {}, text_of(resource, "status"),
                                                                   {}, {}, text_of(resource, "date"), {}, {}, fhir::minify(resource)};
  for (const std::string& each : texts) out.put(Section::head, out.shared(each));
  for (int i = 0; i < static_cast<int>(HeadNumber::count); ++i) out.put(Section::head, uint32_t{0});
  LoadedBook book = keep(settings, url, version, out.finish(BookKind::resource));
  book.kind = BookKind::resource;
  book.title = title;
  book.size = 1;
  return book;
}

// A resource that is one of terminology; others of a Bundle are passed over.
void load_resource(fhir::Node resource, const std::string& path, const LoadSettings& settings, std::vector<LoadedBook>& out) {
  const std::string type = text_of(resource, "resourceType");
  if (type == "CodeSystem") {
    auto builder = CodeSystemBuilder::from_resource(resource);
    builder.head().valid_from = settings.valid_from;
    builder.head().valid_until = settings.valid_until;
    const uint32_t size = builder.size();
    const std::string image = builder.finish();
    for (const auto& issue : builder.faults())
      if (settings.fault) settings.fault({path, 0, issue.expression + ": " + issue.en, issue.expression + "：" + issue.zh});
    out.push_back(keep(settings, builder.head().url, builder.head().version, image));
    out.back().title = builder.head().title;
    out.back().rows = out.back().size = size;
    out.back().faults = builder.fault_count();
  } else if (type == "ConceptMap") {
    auto builder = MapBookBuilder::from_resource(resource);
    const std::string image = builder.finish();
    out.push_back(keep(settings, builder.head().url, builder.head().version, image));
    out.back().kind = BookKind::concept_map;
    out.back().title = builder.head().title;
    out.back().rows = out.back().size = builder.size();
  } else if (type == "ValueSet") {
    out.push_back(load_value_set(resource, settings));
  } else {
    return;
  }
  out.back().layout = "fhir";
}

std::vector<LoadedBook> load_json(const std::string& path, const LoadSettings& settings) {
  constexpr uint32_t kJsonBytes = 1u << 30;  // a file on one's own disk may be larger than a request
  const MappedFile file(path);
  const auto document = fhir::Document::parse(file.bytes(), {kJsonBytes, 64});
  std::vector<LoadedBook> out;
  if (text_of(document.root(), "resourceType") != "Bundle") {
    load_resource(document.root(), path, settings, out);
  } else if (const fhir::Node entries = document.root()["entry"]) {
    for (const fhir::Node entry : entries)
      if (const fhir::Node resource = entry["resource"]) load_resource(resource, path, settings, out);
  }
  if (out.empty()) throw Failure(path + ": 没有 CodeSystem、ValueSet 或 ConceptMap · holds no CodeSystem, ValueSet or ConceptMap");
  return out;
}

}  // namespace

std::vector<LoadedBook> load_file(const std::string& path, const LoadSettings& settings) {
  const Layout* layout = settings.layout != nullptr ? settings.layout : layout_of(path);
  if (layout == nullptr && lower(fs::path(path).extension().string()) == ".json") return load_json(path, settings);
  if (layout == nullptr)
    throw Failure(path + ": 不认识的表；用 --layout 指定版式，或写一个版式文件（witmed terminology layouts 列出已有的） · no layout knows this table; name one with --layout, "
                         "or write one (`witmed terminology layouts` lists those there are)");
  return {layout->kind == Layout::Kind::code_system ? load_system(*layout, path, settings) : load_map(*layout, path, settings)};
}

std::vector<std::string> loadable_files(const std::string& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(path))
    if (entry.is_regular_file() && (layout_of(entry.path().string()) != nullptr || lower(entry.path().extension().string()) == ".json"))
      out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

std::string book_name(std::string_view url, std::string_view version) {
  const auto plain = [](std::string_view text, size_t most) {
    std::string out;
    for (char c : text) out += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' ? c : '_';
    return out.size() > most ? out.substr(out.size() - most) : out;
  };
  while (url.ends_with('/')) url.remove_suffix(1);
  char sum[20];
  std::snprintf(sum, sizeof sum, "-%08x", static_cast<uint32_t>(fnv1a(std::string(url) + "|" + std::string(version)) >> 16));
  return plain(url.substr(url.find_last_of("/:") + 1), 60) + (version.empty() ? "" : "-" + plain(version, 40)) + sum + ".book";
}

}  // namespace witmed::terminology
