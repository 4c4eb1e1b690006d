// Comma-separated values (RFC 4180) as people's tables come: a byte order mark, CR LF or LF, quotes around fields, doubled
// quotes inside. Reads anything without throwing; what is wrong is said once.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace witmed::keeping {

struct CsvRow {
  uint32_t line = 0;  // on which it begins, from 1
  std::vector<std::string> fields;
};
struct Csv {
  std::vector<std::string> columns;  // of the first row, trimmed
  std::vector<CsvRow> rows;          // without empty ones
  std::string fault_en, fault_zh;    // empty when nothing is wrong
};
// At most `most` rows are read; more is a fault.
Csv read_csv(std::string_view text, size_t most);

}  // namespace witmed::keeping
