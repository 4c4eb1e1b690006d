#include "base/csv.h"

#include <algorithm>

#include "base/text.h"

namespace witmed {

bool CsvRow::empty() const {
  return std::all_of(fields.begin(), fields.end(), [](const auto& field) { return field.empty(); });
}

CsvReader::CsvReader(std::string_view text, char separator, bool quotes) : text_(text), ends_{separator, '\r', '\n'}, quotes_(quotes) {
  if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
}

bool CsvReader::next(CsvRow& row) {
  if (!more()) return false;
  row.line = line_;
  size_t count = 0;
  for (;;) {
    if (count == row.fields.size()) row.fields.emplace_back();
    std::string& field = row.fields[count++];
    field.clear();
    if (quotes_ && more() && text_[at_] == '"') quoted(field);
    else plain(field);
    if (!more()) break;
    const char c = text_[at_++];
    if (c == ends_[0]) continue;
    if (c == '\r' && more() && text_[at_] == '\n') ++at_;
    ++line_;
    break;
  }
  row.fields.resize(count);
  return true;
}

void CsvReader::plain(std::string& field) {
  const size_t end = std::min(text_.find_first_of(std::string_view(ends_, 3), at_), text_.size());
  field += trim(text_.substr(at_, end - at_));
  at_ = end;
}

void CsvReader::quoted(std::string& field) {
  for (++at_; more(); ++at_) {
    if (text_[at_] == '"') {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
        at_ = std::min(text_.find_first_of(std::string_view(ends_, 3), at_ + 1), text_.size());  // what stands behind is no part of the field
        return;
      }
      ++at_;
    }
    if (text_[at_] == '\n') ++line_;
    field += text_[at_];
  }
  unclosed_ = true;
}

}  // namespace witmed
