#include "services/identity/name.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "fhir/search/lookup.h"
#include "fhir/search/query.h"

namespace witmed::identity {
namespace {

// What keyboards and other systems write for the dot of 间隔号.
constexpr std::array<std::string_view, 11> kDots = {"\u00b7", "\u2022", "\u2027", "\u2219", "\u22c5", "\u30fb",
                                                    "\uff65", "\u25cf", "\u2024", "\uff0e", "\u16eb"};
constexpr std::string_view kDot = "\u00b7";

// Surnames of two characters that are met today; a list of our own.
constexpr std::array<std::string_view, 32> kDoubleSurnames = {
    "欧阳", "上官", "司马", "诸葛", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "长孙", "慕容", "宇文", "公孙", "令狐",
    "轩辕", "澹台", "淳于", "单于", "申屠", "钟离", "百里", "呼延", "端木", "西门", "拓跋", "赫连", "闻人", "万俟", "濮阳", "太史"};

std::vector<std::string_view> code_points(std::string_view text) {
  std::vector<std::string_view> out;
  for (size_t i = 0; i < text.size();) {
    size_t length = 1;
    while (i + length < text.size() && (static_cast<unsigned char>(text[i + length]) & 0xc0) == 0x80) ++length;
    out.push_back(text.substr(i, length));
    i += length;
  }
  return out;
}

bool han(std::string_view point) { return point.size() >= 3 && static_cast<unsigned char>(point[0]) >= 0xe3; }

// One dot, white space single and none beside a dot or at the ends, nothing invisible.
std::string tidy(std::string_view text) {
  std::string out;
  bool space = false;
  for (std::string_view point : code_points(text)) {
    const bool dot = std::find(kDots.begin(), kDots.end(), point) != kDots.end();
    if (point == " " || point == "\t" || point == "\u3000" || point == "\u00a0") {
      space = !out.empty();
      continue;
    }
    if (point == "\u200b" || point == "\ufeff" || point == "\u200e" || point == "\u200f") continue;
    const bool after_dot = out.size() >= 2 && out.ends_with(kDot);
    if (dot && after_dot) continue;
    if (space && !dot && !after_dot) out += ' ';
    space = false;
    out += dot ? kDot : point;
  }
  return out;
}

void split_name(PersonName& name) {
  const auto points = code_points(name.text);
  const bool plain = std::all_of(points.begin(), points.end(), han);
  if (!plain || points.size() < 2 || points.size() > 4) return;
  size_t surname = points[0].size();
  for (std::string_view two : kDoubleSurnames)
    if (points.size() > 2 && name.text.starts_with(two)) surname = two.size();
  name.family = name.text.substr(0, surname);
  name.given = name.text.substr(surname);
}

std::string sound(std::string_view name) {
  std::string out;
  for (const std::string& syllable : fhir::pinyin(name)) out += syllable + ' ';
  return out;
}

// Edits between two lists, as a share of the longer one.
double distance(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t corner = row[0]++;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
      corner = above;
    }
  }
  return static_cast<double>(row[b.size()]) / static_cast<double>(std::max<size_t>({a.size(), b.size(), 1}));
}

}  // namespace

uint32_t characters(std::string_view utf8) { return static_cast<uint32_t>(code_points(utf8).size()); }

PersonName read_name(std::string_view text) {
  PersonName name;
  if (!is_utf8(text)) {
    name.fault_en = "the name is not valid UTF-8";
    name.fault_zh = "姓名不是有效的 UTF-8 文字";
    return name;
  }
  name.text = tidy(text);
  if (name.text.empty()) {
    name.fault_en = "a name is needed";
    name.fault_zh = "请填写姓名";
  } else if (characters(name.text) > kNameCharacters) {
    name.fault_en = "a name has at most 50 characters";
    name.fault_zh = "姓名最多 50 个字符";
  } else if (std::any_of(name.text.begin(), name.text.end(), [](char c) { return (c >= 0 && c < ' ') || (c >= '0' && c <= '9'); })) {
    name.fault_en = "a name has no digits and no control characters";
    name.fault_zh = "姓名中不应有数字或控制字符";
  }
  if (name.fault_en.empty()) split_name(name);
  return name;
}

double name_likeness(std::string_view a, std::string_view b) {
  const std::string left = fhir::normalize_text(a), right = fhir::normalize_text(b);
  if (left.empty() || right.empty()) return 0;
  if (left == right) return 1;
  const std::string heard = sound(left), other = sound(right);
  if (!heard.empty() && heard == other) return 0.9;
  const double written = 1 - distance(code_points(left), code_points(right));
  const double spoken = heard.empty() || other.empty() ? 0 : 1 - distance(code_points(heard), code_points(other));
  return std::max(written, 0.85 * spoken);
}

}  // namespace witmed::identity
