// Rows of a sheet of an .xlsx workbook (ECMA-376 part 1, SpreadsheetML) as text: strings as they are, numbers as the file writes
// them, formulas by their last value. Read as a stream; limits below.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"

namespace witmed {

class Workbook {
 public:
  // `sheet`: its name; empty: the first. Throws Failure: no workbook, no such sheet (it lists those there are), damaged, too large.
  Workbook(std::string_view bytes, const std::string& sheet);
  ~Workbook();

  bool next(CsvRow& row);  // CsvRow::line is the number of the row in the sheet; empty rows are passed over
  double part() const;

  static constexpr uint32_t kColumns = 16384;               // of a row, the format's own limit
  static constexpr uint64_t kSheetBytes = uint64_t{4} << 30;  // XML of one sheet: a million rows have some hundred MB
  static constexpr uint64_t kTextBytes = uint64_t{1} << 30;   // of all shared strings

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

bool is_workbook(std::string_view bytes);  // begins as a zip archive does

}  // namespace witmed
