#include "terminology/load/table.h"

#include <unicode/ucnv.h>

#include <algorithm>

#include "base/error.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "base/workbook.h"

namespace witmed::terminology {
namespace {

// Text of one file: in place where it is UTF-8, else a copy.
class Text {
 public:
  Text(const std::string& path, const std::string& encoding) : file_(path), text_(file_.bytes()) {
    if (encoding == "utf-8" || (encoding == "auto" && is_utf8(text_))) {
      if (!is_utf8(text_)) to_utf8(text_, "utf-8", path);  // says where it is not
      return;
    }
    copy_ = to_utf8(text_, "gb18030", path);
    text_ = copy_;
  }
  std::string_view text() const { return text_; }

 private:
  MappedFile file_;
  std::string copy_;
  std::string_view text_;
};

class SeparatedTable : public TableReader {
 public:
  SeparatedTable(const std::string& path, const TableForm& form) : text_(path, form.encoding), reader_(text_.text(), form.separator, form.quotes) {}
  bool next(CsvRow& row) override { return reader_.next(row); }
  double part() const override { return static_cast<double>(reader_.offset()) / static_cast<double>(std::max<size_t>(text_.text().size(), 1)); }
  std::string fault() const override { return reader_.unclosed() ? "有引号没有成对，表格可能不完整 · a quote is not closed, the table may be cut short" : ""; }

 private:
  Text text_;
  CsvReader reader_;
};

class SpacedTable : public TableReader {
 public:
  SpacedTable(const std::string& path, const TableForm& form, size_t columns) : text_(path, form.encoding), columns_(std::max<size_t>(columns, 1)) {
    if (text_.text().starts_with("\xef\xbb\xbf")) at_ = 3;
  }
  bool next(CsvRow& row) override {
    const std::string_view all = text_.text();
    if (at_ >= all.size()) return false;
    const size_t end = std::min(all.find('\n', at_), all.size());
    std::string_view rest = trim(all.substr(at_, end - at_));
    at_ = end + 1;
    row.line = ++line_;
    row.fields.clear();
    while (!rest.empty()) {
      const size_t space = row.fields.size() + 1 == columns_ ? rest.npos : rest.find_first_of(" \t");
      row.fields.emplace_back(rest.substr(0, space));
      rest = space == rest.npos ? std::string_view() : trim(rest.substr(space));
    }
    return true;
  }
  double part() const override { return std::min(1.0, static_cast<double>(at_) / static_cast<double>(std::max<size_t>(text_.text().size(), 1))); }

 private:
  Text text_;
  size_t columns_, at_ = 0;
  uint32_t line_ = 0;
};

class WorkbookTable : public TableReader {
 public:
  WorkbookTable(const std::string& path, const TableForm& form) : file_(path), book_(file_.bytes(), form.sheet) {}
  bool next(CsvRow& row) override { return book_.next(row); }
  double part() const override { return book_.part(); }

 private:
  MappedFile file_;
  Workbook book_;
};

std::unique_ptr<TableReader> open_workbook(const std::string& path, const TableForm& form) {
  try {
    return std::make_unique<WorkbookTable>(path, form);
  } catch (const Failure& failure) {
    throw Failure(path + ": " + failure.what());
  }
}

std::string first_bytes(const std::string& path) {
  const MappedFile file(path);
  return std::string(file.bytes().substr(0, 8));
}

size_t line_of(std::string_view text, size_t offset) { return 1 + static_cast<size_t>(std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(offset), '\n')); }

[[noreturn]] void bad_encoding(const std::string& path, size_t line, const std::string& encoding) {
  throw Failure(path + ":" + std::to_string(line) + ": 不是 " + encoding + " 编码，请另存为 UTF-8 · not " + encoding + "; save the table as UTF-8");
}

}  // namespace

std::string to_utf8(std::string_view text, const std::string& encoding, const std::string& path) {
  if (encoding == "utf-8") {
    size_t line = 1, begin = 0;
    for (size_t end; begin < text.size(); begin = end + 1, ++line) {
      end = std::min(text.find('\n', begin), text.size());
      if (!is_utf8(text.substr(begin, end - begin))) bad_encoding(path, line, "UTF-8");
    }
    return std::string(text);
  }
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open("gb18030", &error), ucnv_close);
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &error), ucnv_close);
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  if (U_FAILURE(error)) throw Failure("ICU has no converter for GB 18030");
  std::string out(text.size() * 3 / 2 + 16, '\0');  // of two bytes at most three
  const char* source = text.data();
  const char* const source_end = source + text.size();
  char* target = out.data();
  UChar pivot[1024];
  UChar *pivot_source = pivot, *pivot_target = pivot;
  for (bool reset = true;; reset = false) {
    error = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &source, source_end, pivot, &pivot_source, &pivot_target, pivot + 1024, reset, true, &error);
    if (error != U_BUFFER_OVERFLOW_ERROR) break;
    const auto used = static_cast<size_t>(target - out.data());
    out.resize(out.size() * 2);
    target = out.data() + used;
  }
  if (U_FAILURE(error)) bad_encoding(path, line_of(text, static_cast<size_t>(source - text.data())), "UTF-8 / GB 18030");
  out.resize(static_cast<size_t>(target - out.data()));
  return out;
}

std::unique_ptr<TableReader> open_table(const std::string& path, const TableForm& form, size_t columns) {
  const std::string head = first_bytes(path);
  if (head.starts_with("\xD0\xCF\x11\xE0")) throw Failure(path + ": 旧式 xls 工作簿，请另存为 xlsx 或 CSV · an old xls workbook; save it as xlsx or CSV");
  if (is_workbook(head)) return open_workbook(path, form);
  if (form.separator == ' ') return std::make_unique<SpacedTable>(path, form, columns);
  return std::make_unique<SeparatedTable>(path, form);
}

}  // namespace witmed::terminology
