// Examinations that make images, and how they are reported.
#pragma once
#include <cstdint>
#include <string_view>

namespace witmed::generate {

struct ImagingRow {
  std::string_view icd9;      // ICD-9-CM-3, insurance edition
  std::string_view modality;  // DICOM
  std::string_view modality_zh;
  std::string_view loinc;
  std::string_view en;
  std::string_view zh;
  std::string_view normal;  // what stands in the report where nothing was found
  int32_t images;
};
// nullptr where it makes no images that are kept.
const ImagingRow* imaging_of(std::string_view icd9);

}  // namespace witmed::generate
