#include "terminology/load/rows.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace witmed::terminology {

Rows::Rows(std::string path, const TableForm& form, bool header, std::function<void(double)> progress)
    : path_(std::move(path)), form_(form), progress_(std::move(progress)), header_(header) {
  if (!header_) return;
  constexpr size_t kHeadings = 1000;
  reader_ = open_table(path_, form_, kHeadings);
  while (reader_->next(row_))
    if (!row_.empty()) {
      for (const std::string& each : row_.fields) headings_.emplace_back(trim(each));
      return;
    }
  throw Failure(path_ + ": 表是空的 · the table is empty");
}

Rows::Place Rows::find(const ColumnName& name) const {
  for (const std::string& each : name.names) {
    if (!header_) {
      const auto number = parse_unsigned(each);
      if (number && *number > 0) return static_cast<Place>(*number - 1);
    }
    for (size_t i = 0; i < headings_.size(); ++i)
      if (equal_nocase(headings_[i], each)) return i;
  }
  return kNoColumn;
}

bool Rows::has(const ColumnName& name) const { return find(name) != kNoColumn; }

Rows::Place Rows::column(const ColumnName& name) {
  if (name.empty()) return kNoColumn;
  const Place place = find(name);
  if (place != kNoColumn) {
    columns_ = std::max(columns_, place + 1);
    return place;
  }
  std::string there;
  for (const std::string& each : headings_) there += (there.empty() ? "" : ", ") + each;
  throw Failure(path_ + ":1: 缺少列“" + name.names.front() + "”；表里有：" + there + " · column " + name.names.front() + " is missing; the table has: " + there);
}

void Rows::start() {
  if (!header_) reader_ = open_table(path_, form_, columns_);
}

bool Rows::next() {
  while (reader_->next(row_)) {
    if (progress_ && ++count_ % 1024 == 0) progress_(reader_->part());
    if (!row_.empty()) return true;
  }
  if (progress_) progress_(1);
  return false;
}

}  // namespace witmed::terminology
