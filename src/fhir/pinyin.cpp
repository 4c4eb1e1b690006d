#include "fhir/pinyin.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "base/error.h"

namespace witmed::fhir {
namespace {

struct Several {
  char32_t character;
  std::string_view readings;
};
// Both readings are met in names of diseases, drugs, examinations and departments.
constexpr Several kSeveral[] = {
    {U'重', "zhong chong"}, {U'长', "chang zhang"}, {U'行', "xing hang"}, {U'血', "xue xie"}, {U'便', "bian pian"},
    {U'调', "tiao diao"}, {U'藏', "cang zang"}, {U'弹', "tan dan"}, {U'恶', "e wu"}, {U'卡', "ka qia"},
    {U'参', "shen can"}, {U'差', "cha chai"}, {U'率', "lv shuai"}, {U'壳', "qiao ke"}, {U'乐', "le yue"},
    {U'粘', "zhan nian"}, {U'薄', "bo bao"}, {U'强', "qiang jiang"}, {U'降', "jiang xiang"}, {U'着', "zhuo zhe"},
    {U'癌', "ai yan"}, {U'塞', "sai se"}, {U'似', "si shi"}, {U'角', "jiao jue"}, {U'荨', "xun qian"},
    {U'熨', "yun yu"},
};

// ICU's transliterator is slow to make and not for several threads at once.
class Latin {
 public:
  Latin() {
    UErrorCode error = U_ZERO_ERROR;
    latin_.reset(icu::Transliterator::createInstance("Han-Latin; NFD; Lower", UTRANS_FORWARD, error));
    if (U_FAILURE(error)) throw Failure("ICU has no Han-Latin transliterator");
  }

  const std::vector<std::string>& operator()(char32_t character) {
    std::lock_guard lock(mutex_);
    const auto [entry, added] = read_.try_emplace(character);
    if (added) entry->second = read(character);
    return entry->second;
  }

 private:
  std::vector<std::string> read(char32_t character) {
    const auto several = std::find_if(std::begin(kSeveral), std::end(kSeveral), [&](const Several& s) { return s.character == character; });
    if (several == std::end(kSeveral)) return transliterate(character);
    const size_t space = several->readings.find(' ');
    std::vector<std::string> out{std::string(several->readings.substr(0, space))};
    if (space != std::string_view::npos) out.emplace_back(several->readings.substr(space + 1));
    return out;
  }
  std::vector<std::string> transliterate(char32_t character) {
    icu::UnicodeString text(static_cast<UChar32>(character));
    latin_->transliterate(text);
    std::string plain;
    size_t umlaut = std::string::npos;
    for (int32_t at = 0; at < text.length(); ++at) {
      const char16_t c = text.charAt(at);
      if (c >= u'a' && c <= u'z') plain.push_back(static_cast<char>(c));
      else if (c == u'\u0308') umlaut = plain.size() - 1;  // combining diaeresis, behind its u
      else if (c == u' ' && !plain.empty()) break;         // one syllable
    }
    if (plain.empty()) return {};
    std::vector<std::string> out{plain};
    if (umlaut < plain.size()) {
      plain[umlaut] = 'v';
      out.push_back(plain);
    }
    return out;
  }

  std::mutex mutex_;
  std::unique_ptr<icu::Transliterator> latin_;
  std::unordered_map<char32_t, std::vector<std::string>> read_;
};

}  // namespace

std::vector<std::string> pinyin_of(char32_t character) {
  if (character < 0x2e80) return {};
  static Latin latin;
  return latin(character);
}

}  // namespace witmed::fhir
