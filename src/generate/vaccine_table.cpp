#include "generate/vaccine_table.h"

#include <algorithm>

namespace witmed::generate {
namespace {

constexpr std::string_view kMuscle = "肌内注射";
constexpr std::string_view kUnderSkin = "皮下注射";
constexpr std::string_view kIntoSkin = "皮内注射";
constexpr std::string_view kMouth = "口服";

// What changed when (a change is counted from the birth date of those who then came to the age of the dose):
// 2008 扩大国家免疫规划; 2016-05 the first dose against polio inactivated; 2020-01 the second too; 2020-06
// measles, mumps and rubella at 8 months instead of measles and rubella; 2021 edition of the programme;
// 2025-01 whooping cough at 2, 4, 6, 18 months and 6 years; 2025-11-10 papilloma virus for girls of 13 born
// on 2011-11-10 or later.
constexpr int32_t kPolio2016 = 20160301, kPolio2020 = 20191101, kMeasles2020 = 20191001,
                  kCough2025 = 20241101;
constexpr int32_t kAlways = 0, kStill = 99999999;

// In the order of age; the order within a month is that of the programme.
constexpr Dose kDoses[] = {
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 1, 3, 0, kMuscle},
    {"BCG", "卡介苗", "结核病", 1, 1, 0, kIntoSkin},
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 2, 3, 1, kMuscle},
    {"OPV", "口服脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 1, 4, 2, kMouth, kAlways, kPolio2016},
    {"IPV", "脊髓灰质炎灭活疫苗", "脊髓灰质炎", 1, 4, 2, kMuscle, kPolio2016},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 1, 5, 2, kMuscle, kCough2025},
    {"OPV", "口服脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 2, 4, 3, kMouth, kAlways, kPolio2016},
    {"bOPV", "脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 2, 4, 3, kMouth, kPolio2016, kPolio2020},
    {"IPV", "脊髓灰质炎灭活疫苗", "脊髓灰质炎", 2, 4, 3, kMuscle, kPolio2020},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 1, 4, 3, kMuscle, kAlways, kCough2025},
    {"OPV", "口服脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 3, 4, 4, kMouth, kAlways, kPolio2016},
    {"bOPV", "脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 3, 4, 4, kMouth, kPolio2016},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 2, 4, 4, kMuscle, kAlways, kCough2025},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 2, 5, 4, kMuscle, kCough2025},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 3, 4, 5, kMuscle, kAlways, kCough2025},
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 3, 3, 6, kMuscle},
    {"MPSV-A", "A群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 1, 2, 6, kUnderSkin},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 3, 5, 6, kMuscle, kCough2025},
    {"MR", "麻疹风疹联合减毒活疫苗", "麻疹、风疹", 1, 1, 8, kUnderSkin, kAlways, kMeasles2020},
    {"MMR", "麻腮风联合减毒活疫苗", "麻疹、流行性腮腺炎、风疹", 1, 2, 8, kUnderSkin, kMeasles2020},
    {"JE-L", "乙型脑炎减毒活疫苗", "流行性乙型脑炎", 1, 2, 8, kUnderSkin},
    {"MPSV-A", "A群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 2, 2, 9, kUnderSkin},
    {"MMR", "麻腮风联合减毒活疫苗", "麻疹、流行性腮腺炎、风疹", 1, 1, 18, kUnderSkin, kAlways, kMeasles2020},
    {"MMR", "麻腮风联合减毒活疫苗", "麻疹、流行性腮腺炎、风疹", 2, 2, 18, kUnderSkin, kMeasles2020},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 4, 4, 18, kMuscle, kAlways, kCough2025},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 4, 5, 18, kMuscle, kCough2025},
    {"HepA-L", "甲型肝炎减毒活疫苗", "甲型病毒性肝炎", 1, 1, 18, kUnderSkin},
    {"JE-L", "乙型脑炎减毒活疫苗", "流行性乙型脑炎", 2, 2, 24, kUnderSkin},
    {"MPSV-AC", "A群C群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 1, 2, 36, kUnderSkin},
    {"OPV", "口服脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 4, 4, 48, kMouth, kAlways, kPolio2016},
    {"bOPV", "脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 4, 4, 48, kMouth, kPolio2016},
    {"DT", "白破疫苗", "白喉、破伤风", 1, 1, 72, kMuscle, kAlways, kCough2025},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 5, 5, 72, kMuscle, kCough2025},
    {"MPSV-AC", "A群C群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 2, 2, 72, kUnderSkin},
    {"HPV", "双价人乳头瘤病毒疫苗", "宫颈癌", 1, 2, 156, kMuscle, 20111110, kStill, true, 20251110},
    {"HPV", "双价人乳头瘤病毒疫苗", "宫颈癌", 2, 2, 162, kMuscle, 20111110, kStill, true, 20260510},
};

}  // namespace

std::span<const Dose> doses() { return kDoses; }

bool Dose::meant_for(Day birth, bool male) const {
  Civil date = civil_of(birth);
  int32_t number = date.year * 10000 + date.month * 100 + date.day;
  return number >= from && number < until && !(girls && male);
}

Day Dose::due(Day birth) const {
  Day opening = opens == 0 ? birth : day_of({opens / 10000, opens / 100 % 100, opens % 100});
  return std::max(add_months(birth, months), opening);
}

}  // namespace witmed::generate
