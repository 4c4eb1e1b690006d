#include "generate/imaging_table.h"

namespace witmed::generate {
namespace {

constexpr ImagingRow kRows[] = {
    {"87.4400", "DX", "数字化X线摄影", "36643-5", "XR Chest 2 Views", "胸部正侧位X线",
     "双肺纹理清晰，心影大小形态正常，双侧膈面光整", 2},
    {"87.4100", "CT", "计算机断层", "24627-2", "CT Chest", "胸部CT平扫",
     "双肺未见实变及占位，纵隔未见肿大淋巴结", 280},
    {"87.0300", "CT", "计算机断层", "24725-4", "CT Head", "头颅CT平扫",
     "脑实质内未见异常密度影，中线结构居中", 32},
    {"88.7600", "US", "超声", "24558-9", "US Abdomen", "腹部超声", "肝胆胰脾双肾未见明显异常", 12},
    {"88.7200", "US", "超声", "42148-7", "US Heart", "心脏超声", "各房室内径正常，左室收缩功能正常", 24},
};

}  // namespace

const ImagingRow* imaging_of(std::string_view icd9) {
  for (const ImagingRow& row : kRows) {
    if (row.icd9 == icd9) return &row;
  }
  return nullptr;
}

}  // namespace witmed::generate
