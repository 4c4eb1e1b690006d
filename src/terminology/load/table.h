// Tables as they are published: rows of text from a file, whatever its separator and encoding.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/csv.h"

namespace witmed::terminology {

struct TableForm {
  char separator = ',';            // ' ': fields between runs of spaces and tabs, the last one takes the rest of the line
  std::string encoding = "auto";   // "utf-8", "gb18030"; auto: UTF-8 if it is, else GB 18030
  bool quotes = true;              // fields may stand in quotes
  std::string sheet;               // of a workbook; empty: the first
};

class TableReader {
 public:
  virtual ~TableReader() = default;
  virtual bool next(CsvRow& row) = 0;   // false at the end
  virtual double part() const = 0;      // how much of it is read, 0 to 1
  virtual std::string fault() const { return {}; }  // what was wrong with the whole, zh · en, known at the end; empty: nothing
};

// `columns`: how many a line between spaces has. Throws Failure: not readable, of a wrong encoding.
std::unique_ptr<TableReader> open_table(const std::string& path, const TableForm& form, size_t columns);

// UTF-8 of text in one of the encodings above; Failure, naming `path` and the first bad line.
std::string to_utf8(std::string_view text, const std::string& encoding, const std::string& path);

}  // namespace witmed::terminology
