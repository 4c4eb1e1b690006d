// Writes small .xlsx workbooks for tests: a zip archive of stored members with one sheet of shared strings.
#pragma once
#include <zlib.h>

#include <string>
#include <string_view>
#include <vector>

namespace witmed::terminology {

class ZipWriter {
 public:
  void add(const std::string& name, std::string_view text) {
    const auto sum = static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
    const auto offset = static_cast<uint32_t>(out_.size()), size = static_cast<uint32_t>(text.size());
    const std::string middle = u16(20) + u16(0) + u16(0) + u16(0) + u16(0) + u32(sum) + u32(size) + u32(size) + u16(name.size()) + u16(0);
    out_ += u32(0x04034b50) + middle + name + std::string(text);
    directory_ += u32(0x02014b50) + u16(20) + middle + u16(0) + u16(0) + u16(0) + u32(0) + u32(offset) + name;
    ++count_;
  }
  std::string finish() {
    const auto offset = static_cast<uint32_t>(out_.size());
    return out_ + directory_ + u32(0x06054b50) + u16(0) + u16(0) + u16(count_) + u16(count_) + u32(directory_.size()) + u32(offset) + u16(0);
  }

 private:
  static std::string u16(size_t v) { return {static_cast<char>(v), static_cast<char>(v >> 8)}; }
  static std::string u32(size_t v) { return u16(v) + u16(v >> 16); }
  std::string out_, directory_;
  size_t count_ = 0;
};

inline std::string workbook(const std::vector<std::vector<std::string>>& rows) {
  std::string strings = "<sst>", sheet = "<worksheet><sheetData>";
  size_t count = 0;
  for (size_t r = 0; r < rows.size(); ++r) {
    sheet += "<row r=\"" + std::to_string(r + 1) + "\">";
    for (size_t c = 0; c < rows[r].size(); ++c) {
      if (rows[r][c].empty()) continue;
      strings += "<si><t>" + rows[r][c] + "</t><rPh><t>reading</t></rPh></si>";
      sheet += "<c r=\"" + std::string(1, static_cast<char>('A' + c)) + std::to_string(r + 1) + "\" t=\"s\"><v>" + std::to_string(count++) + "</v></c>";
    }
    sheet += "</row>";
  }
  ZipWriter zip;
  zip.add("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"表一\" r:id=\"rId1\"/></sheets></workbook>");
  zip.add("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
  zip.add("xl/sharedStrings.xml", strings + "</sst>");
  zip.add("xl/worksheets/sheet1.xml", sheet + "</sheetData></worksheet>");
  return zip.finish();
}

}  // namespace witmed::terminology
