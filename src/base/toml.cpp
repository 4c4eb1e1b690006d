#include "base/toml.h"

#include <algorithm>

#include "base/error.h"

namespace witmed {
namespace {

// Outside texts and comments there is ASCII only, and texts of one line end on it.
class Outline {
 public:
  Outline(std::string_view text, const std::string& place) : text_(text), place_(place) {}
  void check() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') at_ = std::min(text_.find('\n', at_), text_.size());
      else if (c == '"' || c == '\'') skip_text(c);
      else if (static_cast<unsigned char>(c) >= 0x80) refuse("outside texts and comments only ASCII may stand");
      else ++at_;
    }
  }

 private:
  void skip_text(char quote) {
    const bool lines = text_.substr(at_, 3) == std::string(3, quote);
    if (!lines && text_.substr(at_, 2) == std::string(2, quote)) {  // ""
      at_ += 2;
      return;
    }
    for (at_ += lines ? 3 : 1; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        ++at_;
        if (at_ < text_.size() && text_[at_] <= ' ') refuse("a text goes on over lines without a backslash");
      } else if (c == '\n' && !lines) {
        refuse("a text is not closed");
      } else if (c == quote && (!lines || text_.substr(at_, 3) == std::string(3, quote))) {
        at_ += lines ? 3 : 1;
        while (lines && at_ < text_.size() && text_[at_] == quote) ++at_;  // quotes right before the end belong to the text
        return;
      }
    }
  }
  [[noreturn]] void refuse(const char* why) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<ptrdiff_t>(std::min(at_, text_.size())), '\n');
    throw Failure(place_ + ":" + std::to_string(line) + ": " + why);
  }

  std::string_view text_;
  const std::string& place_;
  size_t at_ = 0;
};

}  // namespace

toml::table read_toml(std::string_view text, const std::string& place) {
  Outline(text, place).check();
  try {
    return toml::parse(text, place);
  } catch (const toml::parse_error& error) {
    throw Failure(place + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  }
}

}  // namespace witmed
