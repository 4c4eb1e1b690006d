// Languages as terminology operations use them: tags (RFC 5646) compared part by part, and lists with preferences
// (RFC 9110 section 12.5.4), from displayLanguage, Accept-Language or the value set.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace witmed::terminology {

// Parts of "zh-Hans-CN"; views into the tag. "*" is a language of its own.
struct LanguageTag {
  std::string_view language, script, region, rest;
};
LanguageTag split_tag(std::string_view tag);
// Is it made as RFC 5646 wants it? Subtags are not looked up. "*" is none.
bool is_language_tag(std::string_view tag);

// How far two tags have to agree.
enum class Agreement : uint8_t { whole, region, language };
bool agree(std::string_view wanted, std::string_view tag, Agreement how);

class Languages {
 public:
  struct Wish {
    std::string tag;  // "*" = any
    double quality = 1;
    bool implied = false;  // not written: an expansion falls back on any language
  };
  Languages() = default;
  // False: the text is no list of languages. `fall_back`: any language does where none of these is, unless "*" says otherwise.
  static bool parse(std::string_view text, bool fall_back, Languages& out);

  bool empty() const { return wishes_.empty(); }
  const std::vector<Wish>& wishes() const { return wishes_; }  // most wanted first
  std::string text() const;  // "de, en; q=0.5", for messages; what is implied is left out
  std::string parameter() const;  // the same as a parameter: "de,en" where nothing is weighed
  // Is one of them the tag's language?
  bool take(std::string_view tag) const;
  std::vector<std::string_view> tags() const;  // those that are wanted at all, without "*"

 private:
  std::vector<Wish> wishes_;
};

}  // namespace witmed::terminology
