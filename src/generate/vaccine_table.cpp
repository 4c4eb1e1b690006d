#include "generate/vaccine_table.h"

namespace witmed::generate {
namespace {

constexpr std::string_view kMuscle = "肌内注射";
constexpr std::string_view kUnderSkin = "皮下注射";
constexpr std::string_view kIntoSkin = "皮内注射";
constexpr std::string_view kMouth = "口服";

// 国家免疫规划疫苗儿童免疫程序 as of 2021 (ages in months; the order within a month is that of the
// programme).
constexpr Dose kDoses[] = {
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 1, 3, 0, kMuscle},
    {"BCG", "卡介苗", "结核病", 1, 1, 0, kIntoSkin},
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 2, 3, 1, kMuscle},
    {"IPV", "脊髓灰质炎灭活疫苗", "脊髓灰质炎", 1, 4, 2, kMuscle},
    {"IPV", "脊髓灰质炎灭活疫苗", "脊髓灰质炎", 2, 4, 3, kMuscle},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 1, 4, 3, kMuscle},
    {"bOPV", "脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 3, 4, 4, kMouth},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 2, 4, 4, kMuscle},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 3, 4, 5, kMuscle},
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 3, 3, 6, kMuscle},
    {"MPSV-A", "A群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 1, 2, 6, kUnderSkin},
    {"MMR", "麻腮风联合减毒活疫苗", "麻疹、流行性腮腺炎、风疹", 1, 2, 8, kUnderSkin},
    {"JE-L", "乙型脑炎减毒活疫苗", "流行性乙型脑炎", 1, 2, 8, kUnderSkin},
    {"MPSV-A", "A群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 2, 2, 9, kUnderSkin},
    {"MMR", "麻腮风联合减毒活疫苗", "麻疹、流行性腮腺炎、风疹", 2, 2, 18, kUnderSkin},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 4, 4, 18, kMuscle},
    {"HepA-L", "甲型肝炎减毒活疫苗", "甲型病毒性肝炎", 1, 1, 18, kUnderSkin},
    {"JE-L", "乙型脑炎减毒活疫苗", "流行性乙型脑炎", 2, 2, 24, kUnderSkin},
    {"MPSV-AC", "A群C群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 1, 2, 36, kUnderSkin},
    {"bOPV", "脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 4, 4, 48, kMouth},
    {"DT", "白破疫苗", "白喉、破伤风", 1, 1, 72, kMuscle},
    {"MPSV-AC", "A群C群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 2, 2, 72, kUnderSkin},
};

}  // namespace

std::span<const Dose> doses() { return kDoses; }

}  // namespace witmed::generate
