#include "store/sqlite/rebuild.h"

#include <fmt/format.h>

#include "fhir/search/words.h"
#include "store/sqlite/index_builder.h"

namespace witmed::store {
namespace {

constexpr int kRecipe = 3;  // raise when keys.cpp or extraction make other rows of the same resource

}  // namespace

std::string index_recipe(const SqliteSettings& settings) {
  return fmt::format("{} zone {} base {}", kRecipe, settings.extract.zone_minutes, settings.extract.base_url);
}

ResourceRows rows_of_text(const Engine& engine, TypeId type, std::string_view id, std::string_view text) {
  thread_local fhir::Extraction extraction;
  extraction.clear();
  const auto document = fhir::Document::parse(text);
  fhir::SearchIndex::r4().extract(document.root(), type, engine.settings.extract, extraction);
  fhir::SearchIndex::r4().extract_contained(document.root(), engine.settings.extract, extraction);
  fhir::add_words(document.root(), type, extraction);
  return engine.keys->rows(type, id, extraction);
}

void build_index(const Engine& engine, Database& record, const std::string& path, const std::function<void(double)>& progress) {
  IndexBuilder builder(path);
  record.execute("BEGIN");
  const Sequence last = record.number("SELECT max(sequence) FROM feed");
  const auto all = static_cast<double>(record.number("SELECT max(rid) FROM current")) + 1;
  Statement rows(record, "SELECT rid,type,id,version,time,method,body FROM current ORDER BY rid");
  uint64_t done = 0;
  while (rows.step()) {
    const auto type = static_cast<TypeId>(rows.integer(1));
    RowSet set;  // a removed resource keeps its identity and has no other rows
    if (static_cast<Method>(rows.integer(5)) != Method::remove) {
      const auto text = stored_text(engine, type, rows.text(2), rows.integer(3), rows.integer(4) * 1000, rows.blob(6));
      set = rows_of_text(engine, type, rows.text(2), *text).rows;
    }
    builder.add(rows.integer(0), type, rows.text(2), set);
    if ((++done & 0xfff) == 0 && progress) progress(0.7 * static_cast<double>(rows.integer(0)) / all);
  }
  rows.reset();
  record.execute("COMMIT");
  builder.finish(last, index_recipe(engine.settings), [&](double x) {
    if (progress) progress(0.7 + 0.3 * x);
  });
}

}  // namespace witmed::store
