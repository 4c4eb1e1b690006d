// What care costs and what the insurer pays of it. All of it an assumption of the model: round figures, so
// that sums can be followed by eye.
#pragma once
#include <cstdint>
#include <string_view>

#include "generate/drug_table.h"
#include "generate/staff_table.h"

namespace witmed::generate {

using Fen = int64_t;  // hundredths of a yuan

enum class Charge : uint8_t { consultation, drug, laboratory, examination, operation, bed, nursing, count };

struct ChargeRow {
  Charge charge;
  std::string_view code;  // of urn:witmed:cs:charge
  std::string_view zh;
  std::string_view en;
};
const ChargeRow& row_of(Charge charge);

struct TariffRow {
  Level level;
  Fen consultation, bed, nursing;  // bed and nursing a day
  int32_t outpatient_percent;      // what the insurer pays of a visit
  int32_t inpatient_percent;       // and of a stay, above the deductible
  Fen deductible;                  // of a stay
};
const TariffRow& tariff_of(Level level);
// Employees' insurance pays so much more, percent.
inline constexpr int32_t kEmployeesMore = 10;

Fen price_of_day(Route route);                  // of a medicine
Fen price_of_panel(size_t measures);            // of a laboratory panel
Fen price_of_operation(std::string_view icd9);  // of an operation or examination
// Images, endoscopy and the like: what belongs to examination and not to operation.
bool is_examination(std::string_view icd9);

}  // namespace witmed::generate
