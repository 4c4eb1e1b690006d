#include "generate/vaccine_table.h"

namespace witmed::generate {
namespace {

// 国家免疫规划疫苗儿童免疫程序 as of 2021 (ages in months; the order within a month is that of the
// programme).
constexpr Dose kDoses[] = {
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 1, 3, 0, false, false},
    {"BCG", "卡介苗", "结核病", 1, 1, 0, true, false},
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 2, 3, 1, false, false},
    {"IPV", "脊髓灰质炎灭活疫苗", "脊髓灰质炎", 1, 4, 2, false, false},
    {"IPV", "脊髓灰质炎灭活疫苗", "脊髓灰质炎", 2, 4, 3, false, false},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 1, 4, 3, false, false},
    {"bOPV", "脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 3, 4, 4, false, true},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 2, 4, 4, false, false},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 3, 4, 5, false, false},
    {"HepB", "重组乙型肝炎疫苗", "乙型病毒性肝炎", 3, 3, 6, false, false},
    {"MPSV-A", "A群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 1, 2, 6, true, false},
    {"MMR", "麻腮风联合减毒活疫苗", "麻疹、流行性腮腺炎、风疹", 1, 2, 8, true, false},
    {"JE-L", "乙型脑炎减毒活疫苗", "流行性乙型脑炎", 1, 2, 8, true, false},
    {"MPSV-A", "A群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 2, 2, 9, true, false},
    {"MMR", "麻腮风联合减毒活疫苗", "麻疹、流行性腮腺炎、风疹", 2, 2, 18, true, false},
    {"DTaP", "无细胞百白破疫苗", "百日咳、白喉、破伤风", 4, 4, 18, false, false},
    {"HepA-L", "甲型肝炎减毒活疫苗", "甲型病毒性肝炎", 1, 1, 18, true, false},
    {"JE-L", "乙型脑炎减毒活疫苗", "流行性乙型脑炎", 2, 2, 24, true, false},
    {"MPSV-AC", "A群C群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 1, 2, 36, true, false},
    {"bOPV", "脊髓灰质炎减毒活疫苗", "脊髓灰质炎", 4, 4, 48, false, true},
    {"DT", "白破疫苗", "白喉、破伤风", 1, 1, 72, false, false},
    {"MPSV-AC", "A群C群脑膜炎球菌多糖疫苗", "流行性脑脊髓膜炎", 2, 2, 72, true, false},
};

}  // namespace

std::span<const Dose> doses() { return kDoses; }

}  // namespace witmed::generate
