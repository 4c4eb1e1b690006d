#include "generate/identity.h"

#include <fmt/format.h>

#include "generate/json_text.h"
#include "generate/random.h"

namespace witmed::generate {
namespace {

constexpr std::string_view kInstitutionAlphabet =
    "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100-2015, table 2

// First half: the county itself is one of them; second half: where those who married in were born.
constexpr CountyCode kCodes[] = {
    {"330113", "临平区", 2020}, {"330114", "钱塘区", 2020}, {"340210", "湾沚区", 2019},
    {"340212", "繁昌区", 2019}, {"320614", "海门区", 2019}, {"510118", "新津区", 2019},
    {"630106", "湟中区", 2018}, {"330383", "龙港市", 2018}, {"360113", "红谷滩区", 2018},
    {"320685", "海安市", 2017}, {"371681", "邹平市", 2017}, {"370117", "钢城区", 2017},
    {"370116", "莱芜区", 2017}, {"330112", "临安区", 2016}, {"500156", "武隆区", 2015},
    {"500155", "梁平区", 2015}, {"500154", "开州区", 2015}, {"510117", "郫都区", 2015},
    {"610118", "鄠邑区", 2015}, {"120119", "蓟州区", 2015}, {"310151", "崇明区", 2015},
    {"110118", "密云区", 2014}, {"110119", "延庆区", 2014}, {"610117", "高陵区", 2013}};
constexpr CountyCode kIslands[] = {
    {"460321", "西沙群岛", 2012}, {"460322", "南沙群岛", 2012}, {"460323", "中沙群岛的岛礁及其海域", 2012}};
constexpr uint32_t kHomes = std::size(kCodes) / 2;
constexpr uint32_t kPerDay =
    498;  // numbers of one code, day and sex; 996–999 were kept for people born before 1900

// Value of a character in an organisation code: digits, then A = 10 … Z = 35 (GB 11714).
int organisation_value(char c) { return c <= '9' ? c - '0' : c - 'A' + 10; }

std::string_view code_for(uint32_t index, Day birth, uint32_t island) {
  const CountyCode& code = kCodes[index];
  return civil_of(birth).year < code.since ? code.code : kIslands[island % std::size(kIslands)].code;
}

}  // namespace

std::span<const CountyCode> county_codes() { return kCodes; }
std::span<const CountyCode> island_codes() { return kIslands; }

Numbering::Numbering(uint64_t seed) {
  Random random(seed, 0, 9);
  home = random.below(kHomes);
  salt = random.below(1'000'000);
  char digits[16];
  tag.assign(digits, std::to_chars(digits, digits + sizeof digits, seed, 36).ptr);
}

std::string Numbering::card_number(uint32_t person) const {
  return fmt::format("{}{:04}{:08}", home_code(), salt % 10'000, person);
}
std::string Numbering::insurance_number(uint32_t person) const {
  return fmt::format("{}{:04}7{:08}", home_code(), salt % 10'000, person);
}
std::string Numbering::telephone(uint32_t serial) const {
  return fmt::format("100{:08}", (uint64_t{serial} * 48271 + uint64_t{salt} * 90) % 100'000'000);
}

char resident_check_digit(std::string_view seventeen) {
  constexpr int kWeight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 17; ++i) sum += (seventeen[i] - '0') * kWeight[i];
  return "10X98765432"[sum % 11];
}

std::string resident_number(std::string_view region, Day birth, uint32_t sequence) {
  std::string number(region);
  append_compact_date(number, birth);
  for (uint32_t place : {100u, 10u, 1u}) number += static_cast<char>('0' + sequence / place % 10);
  number += resident_check_digit(number);
  return number;
}

std::string old_resident_number(std::string_view number) {
  return std::string(number.substr(0, 6)) + std::string(number.substr(8, 9));
}

char institution_check_character(std::string_view seventeen) {
  constexpr int kWeight[17] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
  int sum = 0;
  for (int i = 0; i < 17; ++i) sum += static_cast<int>(kInstitutionAlphabet.find(seventeen[i])) * kWeight[i];
  return kInstitutionAlphabet[(31 - sum % 31) % 31];
}

char organisation_check_character(std::string_view eight) {
  constexpr int kWeight[8] = {3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += organisation_value(eight[i]) * kWeight[i];
  int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

std::string institution_code(std::string_view kind, std::string_view region, uint32_t serial) {
  std::string organisation = fmt::format("{:08}", serial);
  organisation += organisation_check_character(organisation);
  std::string code = std::string(kind) + std::string(region) + organisation;
  code += institution_check_character(code);
  return code;
}

std::string NumberOffice::issue(Day birth, bool male, uint32_t origin) {
  uint32_t count = issued_[birth * 2 + male]++;
  uint32_t sequence =
      (count * 37 + static_cast<uint32_t>(birth) * 13 + numbering_.salt) % kPerDay * 2 + (male ? 1 : 0);
  uint32_t turn = count / kPerDay;  // more than one code can number: the next one
  uint32_t index = (numbering_.home + turn) % kHomes;
  if (origin > 0 && turn == 0) index = kHomes + origin % kHomes;
  return resident_number(code_for(index, birth, turn), birth, sequence);
}

}  // namespace witmed::generate
