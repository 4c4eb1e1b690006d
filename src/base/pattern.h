// Regular expressions that others write, in the syntax of RE2 (https://github.com/google/re2/wiki/Syntax): a match takes time in
// proportion to the text and to the size of the expression, never more. Back references and looking around are not in it.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace witmed {

class Pattern {
 public:
  // Nothing when `text` is no expression of that syntax, or would take too much memory.
  static std::optional<Pattern> read(std::string_view text);

  bool takes(std::string_view text) const;  // all of it
  // What a match costs at most, in steps of some nanoseconds: the text's length times the expression's size.
  uint64_t cost(std::string_view text) const;
  // `form` with \1 … \9 replaced by the groups of the first match; nothing when there is none.
  std::optional<std::string> extract(std::string_view text, const std::string& form) const;
  bool allows(const std::string& form) const;  // it names no group that is not there

 private:
  explicit Pattern(std::shared_ptr<const re2::RE2> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace witmed
