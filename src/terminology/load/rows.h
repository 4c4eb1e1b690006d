// Rows of a published table by the columns of a layout, and the faults found in them.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "terminology/load/layout.h"
#include "terminology/load/loader.h"

namespace witmed::terminology {

class RowFaults {
 public:
  explicit RowFaults(std::function<void(const LoadFault&)> told) : told_(std::move(told)) {}
  void add(const LoadFault& fault) {
    ++count_;
    if (told_) told_(fault);
  }
  uint64_t count() const { return count_; }

 private:
  std::function<void(const LoadFault&)> told_;
  uint64_t count_ = 0;
};

class Rows {
 public:
  // Opens the table and reads its headings. Throws Failure as open_table does.
  Rows(std::string path, const TableForm& form, bool header, std::function<void(double)> progress);

  // Place of a column, kNoColumn when the layout has none; columns are asked for before start(). Failure, listing the headings
  // there are, when the table lacks it.
  using Place = size_t;
  static constexpr Place kNoColumn = ~size_t{0};
  Place column(const ColumnName& name);
  bool has(const ColumnName& name) const;

  void start();
  bool next();  // the next row that is not empty
  uint32_t line() const { return row_.line; }
  std::string_view field(Place place) const { return place < row_.fields.size() ? std::string_view(row_.fields[place]) : std::string_view(); }
  std::string fault() const { return reader_->fault(); }

 private:
  Place find(const ColumnName& name) const;
  std::string path_;
  TableForm form_;
  std::function<void(double)> progress_;
  std::unique_ptr<TableReader> reader_;
  std::vector<std::string> headings_;  // empty: columns have numbers
  bool header_;
  size_t columns_ = 0;
  uint64_t count_ = 0;
  CsvRow row_;
};

}  // namespace witmed::terminology
