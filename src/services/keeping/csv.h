// A table that people send: comma-separated values with a row of headings. Reads anything without throwing; what is wrong is said
// once.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"

namespace witmed::keeping {

struct Csv {
  std::vector<std::string> columns;  // of the first row, trimmed
  std::vector<CsvRow> rows;          // without empty ones
  std::string fault_en, fault_zh;    // empty when nothing is wrong
};
// At most `most` rows are read; more is a fault.
Csv read_csv(std::string_view text, size_t most);

}  // namespace witmed::keeping
