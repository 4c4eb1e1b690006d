#include "services/keeping/csv.h"

#include <utility>

#include "base/text.h"

namespace witmed::keeping {

Csv read_csv(std::string_view text, size_t most) {
  Csv csv;
  const auto blame = [&](std::string en, std::string zh) {
    csv.fault_en = std::move(en);
    csv.fault_zh = std::move(zh);
  };
  if (!is_utf8(text)) {
    blame("the table is not UTF-8", "表格不是 UTF-8 编码");
    return csv;
  }
  CsvReader reader(text);
  for (CsvRow row; reader.next(row);) {
    if (row.empty()) continue;
    if (csv.columns.empty()) {
      for (std::string& each : row.fields) csv.columns.emplace_back(trim(each));
      continue;
    }
    if (csv.rows.size() == most) {
      blame("more than " + std::to_string(most) + " rows at once",
            "一次最多 " + std::to_string(most) + " 行");
      break;
    }
    csv.rows.push_back(std::exchange(row, {}));
  }
  if (reader.unclosed()) blame("a quote is not closed", "有引号没有成对，表格可能不完整");
  if (csv.columns.empty()) blame("the table is empty", "表格是空的");
  return csv;
}

}  // namespace witmed::keeping
