// Separated text (RFC 4180) as people's tables come: a byte order mark, CR LF or LF, quotes around fields, doubled quotes inside.
// Reads any bytes without throwing.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace witmed {

struct CsvRow {
  uint32_t line = 0;  // on which it begins, from 1
  std::vector<std::string> fields;
  bool empty() const;  // no field has any text
};

class CsvReader {
 public:
  // Without `quotes` they are characters like others.
  explicit CsvReader(std::string_view text, char separator = ',', bool quotes = true);
  // The next row, empty ones too; false at the end. Fields are trimmed unless they stand in quotes.
  bool next(CsvRow& row);
  bool unclosed() const { return unclosed_; }   // a quote was not closed
  size_t offset() const { return at_; }         // in the text

 private:
  void plain(std::string& field);
  void quoted(std::string& field);
  bool more() const { return at_ < text_.size(); }

  std::string_view text_;
  char ends_[3];  // of a plain field
  size_t at_ = 0;
  uint32_t line_ = 1;
  bool quotes_, unclosed_ = false;
};

}  // namespace witmed
