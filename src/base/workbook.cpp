#include "base/workbook.h"

#include <expat.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "base/zip.h"

namespace witmed {
namespace {

using Attributes = std::map<std::string_view, std::string_view>;

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

// Elements of XML as they come; names without their prefixes.
class Xml {
 public:
  virtual ~Xml() { XML_ParserFree(parser_); }
  void feed(std::string_view piece, bool last) {
    if (XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), last) == XML_STATUS_OK) return;
    throw Failure("工作簿里的 XML 有误：" + std::string(XML_ErrorString(XML_GetErrorCode(parser_))) + " · its XML is damaged");
  }
  void all(const Zip& zip, const Zip::Member& member, uint64_t most) {
    Zip::Reader reader(zip, member, most);
    for (std::string_view piece = reader.next(); !piece.empty(); piece = reader.next()) feed(piece, false);
    feed({}, true);
  }

 protected:
  Xml() : parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(
        parser_,
        [](void* self, const XML_Char* name, const XML_Char** pairs) {
          Attributes attributes;
          for (; *pairs != nullptr; pairs += 2) attributes.emplace(local_name(pairs[0]), pairs[1]);
          static_cast<Xml*>(self)->begin(local_name(name), attributes);
        },
        [](void* self, const XML_Char* name) { static_cast<Xml*>(self)->end(local_name(name)); });
    XML_SetCharacterDataHandler(parser_, [](void* self, const XML_Char* text, int size) {
      static_cast<Xml*>(self)->text({text, static_cast<size_t>(size)});
    });
  }
  virtual void begin(std::string_view name, const Attributes& attributes) = 0;
  virtual void end(std::string_view) {}
  virtual void text(std::string_view) {}

 private:
  XML_Parser parser_;
};

std::string of(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : std::string(found->second);
}

// xl/workbook.xml: names of sheets and the ids of their parts; xl/_rels/workbook.xml.rels: where the parts are.
class Contents : public Xml {
 public:
  std::vector<std::pair<std::string, std::string>> sheets;  // name, id
  std::map<std::string, std::string> targets;

 protected:
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "sheet") sheets.emplace_back(of(attributes, "name"), of(attributes, "id"));
    if (name == "Relationship") targets[of(attributes, "Id")] = of(attributes, "Target");
  }
};

class SharedStrings : public Xml {
 public:
  std::vector<std::string> strings;

 protected:
  void begin(std::string_view name, const Attributes&) override {
    if (name == "si") strings.emplace_back();
    if (name == "rPh") ++reading_;
    inside_ = name == "t" && reading_ == 0 && !strings.empty();
  }
  void end(std::string_view name) override {
    if (name == "rPh") --reading_;
    inside_ = false;
  }
  void text(std::string_view text) override {
    if (inside_) strings.back() += text;
  }

 private:
  bool inside_ = false;
  int reading_ = 0;  // inside the reading of a word
};

// A sheet: rows wait in `rows` until they are fetched.
class Sheet : public Xml {
 public:
  explicit Sheet(const std::vector<std::string>& strings) : strings_(strings) {}
  std::deque<CsvRow> rows;

 protected:
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "row") {
      const auto number = parse_unsigned(of(attributes, "r"));
      row_.line = number ? static_cast<uint32_t>(std::min<uint64_t>(*number, ~0u)) : row_.line + 1;
      row_.fields.clear();
      column_ = 0;
    } else if (name == "c") {
      const std::string place = of(attributes, "r");
      if (!place.empty()) column_ = column_of(place);
      type_ = of(attributes, "t");
      value_.clear();
    }
    if (name == "rPh") ++reading_;
    inside_ = reading_ == 0 && (name == "v" || name == "t");
  }
  void end(std::string_view name) override {
    inside_ = false;
    if (name == "rPh") --reading_;
    if (name == "c") put();
    if (name == "row" && !row_.empty()) rows.push_back(row_);
  }
  void text(std::string_view text) override {
    if (inside_) value_ += text;
  }

 private:
  static uint32_t column_of(std::string_view place) {  // "AB12" → 27
    uint32_t column = 0;
    for (char c : place) {
      if (c < 'A' || c > 'Z' || column > Workbook::kColumns) break;
      column = column * 26 + static_cast<uint32_t>(c - 'A' + 1);
    }
    return column == 0 ? 0 : column - 1;
  }
  void put() {
    const uint32_t column = column_++;
    if (value_.empty() || column >= Workbook::kColumns) return;
    if (row_.fields.size() <= column) row_.fields.resize(column + 1);
    std::string& field = row_.fields[column];
    if (type_ == "s") {
      const auto index = parse_unsigned(value_);
      field = index && *index < strings_.size() ? trim(strings_[*index]) : std::string_view();
    } else {
      field = trim(value_);
    }
  }

  const std::vector<std::string>& strings_;
  CsvRow row_;
  std::string type_, value_;
  uint32_t column_ = 0;
  bool inside_ = false;
  int reading_ = 0;  // inside the reading of a word
};

}  // namespace

struct Workbook::Impl {
  explicit Impl(std::string_view bytes) : zip(bytes) {}
  Zip zip;
  SharedStrings strings;
  std::unique_ptr<Sheet> sheet;
  std::unique_ptr<Zip::Reader> reader;
  bool ended = false;
};

Workbook::Workbook(std::string_view bytes, const std::string& sheet) : impl_(std::make_unique<Impl>(bytes)) {
  const Zip& zip = impl_->zip;
  const auto part = [&](std::string_view name) -> const Zip::Member& {
    if (const auto* member = zip.find(name)) return *member;
    throw Failure("不是 xlsx 工作簿：缺少 " + std::string(name) + " · no xlsx workbook");
  };
  constexpr uint64_t kContents = 16 << 20;
  Contents names, places;
  names.all(zip, part("xl/workbook.xml"), kContents);
  places.all(zip, part("xl/_rels/workbook.xml.rels"), kContents);
  const auto chosen = std::find_if(names.sheets.begin(), names.sheets.end(), [&](const auto& each) { return sheet.empty() || each.first == sheet; });
  if (chosen == names.sheets.end()) {
    std::string there;
    for (const auto& each : names.sheets) there += (there.empty() ? "" : ", ") + each.first;
    throw Failure("没有工作表“" + sheet + "”；有：" + there + " · no such sheet; there are: " + there);
  }
  std::string target = places.targets[chosen->second];
  target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
  if (const auto* shared = zip.find("xl/sharedStrings.xml")) impl_->strings.all(zip, *shared, kTextBytes);
  impl_->sheet = std::make_unique<Sheet>(impl_->strings.strings);
  impl_->reader = std::make_unique<Zip::Reader>(zip, part(target), kSheetBytes);
}

Workbook::~Workbook() = default;

bool Workbook::next(CsvRow& row) {
  while (impl_->sheet->rows.empty()) {
    if (impl_->ended) return false;
    const std::string_view piece = impl_->reader->next();
    impl_->ended = piece.empty();
    impl_->sheet->feed(piece, impl_->ended);
  }
  row = std::move(impl_->sheet->rows.front());
  impl_->sheet->rows.pop_front();
  return true;
}

double Workbook::part() const { return impl_->reader->part(); }

bool is_workbook(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

}  // namespace witmed
