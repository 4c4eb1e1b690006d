// Text → flat entries, in one pass over the places that simdjson's first stage finds (brackets, colons,
// commas and the first character of every scalar; it also checks UTF-8, control characters and that strings
// end).
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <vector>

#include "base/error.h"
#include "base/limits.h"
#include "fhir/json/document.h"
#include "fhir/json/fault.h"
#include "fhir/json/text.h"

namespace witmed::fhir {
namespace {

constexpr uint32_t kKeepBytes = 1u << 20;  // scratch of larger documents is given back

// An object or array that is still open.
struct Frame {
  uint32_t entry;
  uint32_t names, unknown;  // where its keys begin in Scratch
  uint64_t seen;            // a bit for each known name modulo 64: most keys are told apart by it alone
};

struct UnknownKey {
  std::string_view text;
  uint32_t offset;
};

// What a thread keeps from one document to the next.
struct Scratch {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
  size_t capacity = 0;
  std::vector<Frame> frames;
  std::vector<NameId> names;
  std::vector<UnknownKey> unknown;
  std::deque<std::string> unescaped;

  void reserve(size_t bytes) {
    if (stage && capacity >= bytes) return;
    capacity = std::max<size_t>(bytes, 64 << 10);
    stage.reset();
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, stage))
      throw std::bad_alloc();
  }
  void release() {
    unescaped.clear();
    if (unknown.capacity() * sizeof(UnknownKey) > kKeepBytes) std::vector<UnknownKey>().swap(unknown);
    if (capacity <= kKeepBytes) return;
    stage.reset();
    capacity = 0;
  }
};

Scratch& scratch() {
  thread_local Scratch instance;
  return instance;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

// End of the JSON number at `p`, nullptr when it is none.
const char* number_end(const char* p) {
  if (*p == '-') ++p;
  if (*p == '0') {
    ++p;
  } else {
    if (!is_digit(*p)) return nullptr;
    while (is_digit(*p)) ++p;
  }
  if (*p == '.') {
    if (!is_digit(*++p)) return nullptr;
    while (is_digit(*p)) ++p;
  }
  if (*p == 'e' || *p == 'E') {
    ++p;
    if (*p == '+' || *p == '-') ++p;
    if (!is_digit(*p)) return nullptr;
    while (is_digit(*p)) ++p;
  }
  return p;
}

}  // namespace

class Parser {
 public:
  Parser(Document& document, ParseLimits limits)
      : doc_(document),
        text_(document.text_.get()),
        limits_(limits),
        work_(scratch()),
        r4_(Definitions::r4()) {}

  void run() {
    find_places();
    work_.frames.clear();
    work_.names.clear();
    work_.unknown.clear();
    value(0, 0, 0);
    while (!work_.frames.empty()) {
      if (doc_.entries_[work_.frames.back().entry].kind == Kind::object)
        member();
      else
        item();
    }
    if (at_ != end_) reject(*at_, "text stands behind the end of the document", "文档结束之后还有多余内容");
    doc_.count_ = count_;
    work_.release();
  }

 private:
  using Entry = Document::Entry;

  void find_places() {
    work_.reserve(doc_.length_);
    const auto error = work_.stage->stage1(reinterpret_cast<const uint8_t*>(text_), doc_.length_,
                                           simdjson::stage1_mode::regular);
    const std::string_view text = doc_.text();
    if (error == simdjson::EMPTY) reject(0, "the document is empty", "文档为空");
    if (error == simdjson::UTF8_ERROR) reject_utf8(text);
    if (error == simdjson::UNESCAPED_CHARS) reject_control_character(text);
    if (error == simdjson::UNCLOSED_STRING) reject_unclosed_string(text);
    if (error) throw Failure(simdjson::error_message(error));
    at_ = work_.stage->structural_indexes.get();
    end_ = at_ + work_.stage->n_structural_indexes;
    backslash_ = next_backslash(0);
    // Each entry has a place of its own and a comma, colon or closing bracket, but for those still open.
    const size_t most = static_cast<size_t>(end_ - at_) / 2 + limits_.depth + 2;
    doc_.entries_ = std::make_unique_for_overwrite<Entry[]>(std::min<size_t>(most, limits::kJsonNodes));
  }

  char here() const { return at_ < end_ ? text_[*at_] : '\0'; }
  uint32_t place() const { return at_ < end_ ? *at_ : doc_.length_; }

  uint32_t next_backslash(uint32_t from) const {
    const void* found = from < doc_.length_ ? std::memchr(text_ + from, '\\', doc_.length_ - from) : nullptr;
    return found ? static_cast<uint32_t>(static_cast<const char*>(found) - text_) : UINT32_MAX;
  }

  // End of the string that begins at `begin`, the current place; moves to the next place. Sets `escaped`.
  uint32_t string(uint32_t begin, bool& escaped) {
    ++at_;
    uint32_t end = place();
    while (end > begin + 1 && is_space(text_[end - 1])) --end;
    if (end < begin + 2 || text_[end - 1] != '"')
      reject(begin, "this string is not closed", "此字符串没有结束");
    if (backslash_ < begin) backslash_ = next_backslash(begin);
    escaped = backslash_ < end;
    if (escaped) {
      const size_t bad = bad_escape({text_ + backslash_, end - 1 - backslash_});
      if (bad != std::string_view::npos) {
        reject(backslash_ + static_cast<uint32_t>(bad),
               "this escape in a string is not valid (or half of a surrogate pair)",
               "字符串中的转义无效（或只有半个代理对）");
      }
    }
    return end;
  }

  // The value at the current place.
  void value(uint32_t key, NameId name, uint8_t flags) {
    const uint32_t begin = place();
    if (count_ == limits::kJsonNodes) {
      reject(begin, "the document has too many values", "文档中的值过多", "too-costly");
    }
    Entry& entry = doc_.entries_[count_];
    entry = {begin, begin, count_ + 1, key, name, Kind::null, flags};
    switch (here()) {
      case '{': return open(entry, Kind::object);
      case '[': return open(entry, Kind::array);
      case '"': {
        bool escaped;
        entry.kind = Kind::string;
        entry.end = string(begin, escaped);
        entry.flags |= escaped ? Document::kEscaped : 0;
        break;
      }
      case 't': literal(entry, Kind::boolean, "true"); break;
      case 'f': literal(entry, Kind::boolean, "false"); break;
      case 'n': literal(entry, Kind::null, "null"); break;
      default: number(entry);
    }
    ++count_;
  }

  void literal(Entry& entry, Kind kind, std::string_view word) {
    if (std::string_view(text_ + entry.begin, word.size()) != word) unexpected();
    entry.kind = kind;
    end_scalar(entry, entry.begin + static_cast<uint32_t>(word.size()));
  }

  void number(Entry& entry) {
    if (here() != '-' && !is_digit(here())) unexpected();
    const char* end = number_end(text_ + entry.begin);
    if (!end) reject(entry.begin, "this is not a number as JSON writes it", "数字格式不符合 JSON");
    entry.kind = Kind::number;
    end_scalar(entry, static_cast<uint32_t>(end - text_));
  }

  // Behind a number or word must stand a space or the next place.
  void end_scalar(Entry& entry, uint32_t end) {
    ++at_;
    if (end != place() && !is_space(text_[end]))
      reject(end, "unexpected character behind a value", "值之后出现多余字符");
    entry.end = end;
  }

  void open(Entry& entry, Kind kind) {
    if (work_.frames.size() >= limits_.depth) {
      reject(entry.begin, "the document is nested too deeply", "文档嵌套过深", "too-costly");
    }
    entry.kind = kind;
    work_.frames.push_back({count_++, static_cast<uint32_t>(work_.names.size()),
                            static_cast<uint32_t>(work_.unknown.size()), 0});
    ++at_;
    first_ = true;
  }

  void close() {
    const Frame& frame = work_.frames.back();
    Entry& entry = doc_.entries_[frame.entry];
    entry.end = *at_++ + 1;
    entry.next = count_;
    if (work_.unknown.size() > frame.unknown) check_unknown(frame.unknown);
    work_.names.resize(frame.names);
    work_.frames.pop_back();
    first_ = false;
  }

  // Before a member or item: true when the container ends instead.
  bool separator(char closing) {
    const bool first = first_;
    first_ = false;
    if (here() == closing) {
      close();
      return true;
    }
    if (first) return false;
    if (here() != ',') unexpected();
    ++at_;
    return false;
  }

  void item() {
    if (!separator(']')) value(0, 0, 0);
  }

  void member() {
    if (separator('}')) return;
    const uint32_t key = place();
    if (here() != '"') reject(key, "a property name in quotes is expected here", "此处应为带引号的属性名");
    bool escaped;
    const uint32_t end = string(key, escaped);
    if (here() != ':') reject(place(), "a colon is expected behind the property name", "属性名之后应为冒号");
    ++at_;
    std::string_view text(text_ + key + 1, end - key - 2);
    if (escaped) {
      unescape(text, work_.unescaped.emplace_back());
      text = work_.unescaped.back();
    }
    const NameId name = r4_.name(text);
    if (name)
      known_key(name, key);
    else
      work_.unknown.push_back({text, key});
    value(key, name, escaped ? Document::kKeyEscaped : 0);
  }

  void known_key(NameId name, uint32_t offset) {
    Frame& frame = work_.frames.back();
    const uint64_t bit = uint64_t{1} << (name & 63);
    if ((frame.seen & bit) &&
        std::find(work_.names.begin() + frame.names, work_.names.end(), name) != work_.names.end()) {
      duplicate(r4_.text(name), offset);
    }
    frame.seen |= bit;
    work_.names.push_back(name);
  }

  // Keys that R4 does not know are compared when their object closes: sorted, so that many cost little.
  void check_unknown(uint32_t first) {
    const auto begin = work_.unknown.begin() + first, end = work_.unknown.end();
    std::sort(begin, end, [](const UnknownKey& a, const UnknownKey& b) {
      return a.text != b.text ? a.text < b.text : a.offset < b.offset;
    });
    for (auto it = begin; it + 1 != end; ++it) {
      if (it->text == it[1].text) duplicate(it->text, it[1].offset);
    }
    work_.unknown.resize(first);
  }

  [[noreturn]] void duplicate(std::string_view name, uint32_t offset) {
    reject(offset, "the property \"" + std::string(name) + "\" stands twice in one object",
           "同一对象中属性“" + std::string(name) + "”出现两次");
  }

  [[noreturn]] void unexpected() {
    if (at_ >= end_) reject(doc_.length_, "the document ends too early", "文档提前结束");
    reject(*at_, "unexpected character", "出现意外的字符");
  }

  [[noreturn]] void reject(uint32_t offset, std::string en, std::string zh, const char* code = "structure") {
    work_.release();
    reject_json(doc_.text(), offset, std::move(en), std::move(zh), code);
  }

  Document& doc_;
  const char* text_;
  const ParseLimits limits_;
  Scratch& work_;
  const Definitions& r4_;
  const uint32_t* at_ = nullptr;  // the current place
  const uint32_t* end_ = nullptr;
  uint32_t count_ = 0;      // entries written
  uint32_t backslash_ = 0;  // the first backslash at or behind the last string's begin
  bool first_ = false;      // nothing stands in the open container yet
};

Document Document::parse(std::string_view json) {
  return parse(json, {limits::kBodyBytes, limits::kJsonDepth});
}

Document Document::parse(std::string_view json, ParseLimits limits) {
  if (json.size() > limits.bytes) {
    throw Rejection(413, "too-long", "the document is longer than " + std::to_string(limits.bytes) + " bytes",
                    "文档超过 " + std::to_string(limits.bytes) + " 字节");
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // editors on Windows write it; RFC 8259, 8.1 lets it be ignored
  if (json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
  Document document;
  document.length_ = static_cast<uint32_t>(json.size());
  document.text_ = std::make_unique_for_overwrite<char[]>(json.size() + simdjson::SIMDJSON_PADDING);
  std::memcpy(document.text_.get(), json.data(), json.size());
  std::memset(document.text_.get() + json.size(), 0, simdjson::SIMDJSON_PADDING);
  Parser(document, limits).run();
  return document;
}

}  // namespace witmed::fhir
