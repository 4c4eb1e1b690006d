#include "services/keeping/csv.h"

#include <algorithm>

#include "base/text.h"

namespace witmed::keeping {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  }
  bool more() const { return at_ < text_.size(); }
  bool unclosed() const { return unclosed_; }

  CsvRow row() {
    CsvRow row;
    row.line = line_;
    for (;;) {
      row.fields.push_back(more() && text_[at_] == '"' ? quoted() : plain());
      if (!more()) return row;
      const char c = text_[at_++];
      if (c == ',') continue;
      if (c == '\r' && more() && text_[at_] == '\n') ++at_;
      ++line_;
      return row;
    }
  }

 private:
  std::string plain() {
    const size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string field(trim(text_.substr(at_, end - at_)));
    at_ = end;
    return field;
  }
  std::string quoted() {
    std::string field;
    for (++at_; more(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          plain();  // what stands behind the closing quote is no part of the field
          return field;
        }
        ++at_;
      }
      if (text_[at_] == '\n') ++line_;
      field += text_[at_];
    }
    unclosed_ = true;
    return field;
  }

  std::string_view text_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  bool unclosed_ = false;
};

}  // namespace

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
  Reader reader(text);
  while (reader.more()) {
    CsvRow row = reader.row();
    if (std::all_of(row.fields.begin(), row.fields.end(), [](const auto& field) { return field.empty(); })) continue;
    if (csv.columns.empty()) {
      for (std::string& each : row.fields) csv.columns.emplace_back(trim(each));
      continue;
    }
    if (csv.rows.size() == most) {
      blame("more than " + std::to_string(most) + " rows at once", "一次最多 " + std::to_string(most) + " 行");
      break;
    }
    csv.rows.push_back(std::move(row));
  }
  if (reader.unclosed()) blame("a quote is not closed", "有引号没有成对，表格可能不完整");
  if (csv.columns.empty()) blame("the table is empty", "表格是空的");
  return csv;
}

}  // namespace witmed::keeping
