#include "generate/price_table.h"

#include <iterator>

namespace witmed::generate {
namespace {

constexpr ChargeRow kCharges[] = {{Charge::consultation, "consultation", "诊查费", "Consultation"},
                                  {Charge::drug, "drug", "药品费", "Medicines"},
                                  {Charge::laboratory, "laboratory", "化验费", "Laboratory"},
                                  {Charge::examination, "examination", "检查费", "Examinations"},
                                  {Charge::operation, "operation", "手术治疗费", "Operations and treatment"},
                                  {Charge::bed, "bed", "床位费", "Bed"},
                                  {Charge::nursing, "nursing", "护理费", "Nursing"}};
static_assert(std::size(kCharges) == static_cast<size_t>(Charge::count));

constexpr TariffRow kTariffs[] = {{Level::village, 500, 0, 0, 60, 0, 0},
                                  {Level::township, 1000, 1500, 800, 60, 85, 20'000},
                                  {Level::county, 1800, 3000, 1500, 50, 75, 50'000},
                                  {Level::chinese, 1800, 3000, 1500, 50, 78, 40'000},
                                  {Level::city, 3000, 4500, 2500, 40, 62, 90'000}};

struct OperationPrice {
  std::string_view icd9;  // the first characters
  Fen price;
  bool examination;
};
constexpr OperationPrice kOperations[] = {
    {"87.0", 22'000, true},  {"87.41", 26'000, true}, {"87.", 6'000, true},     {"88.7", 12'000, true},
    {"89.5", 2'500, true},   {"44.13", 26'000, true}, {"39.95", 38'000, false}, {"93.9", 4'000, false},
    {"99.2", 12'000, false}, {"73.5", 90'000, false}};
constexpr Fen kOtherOperation = 280'000;

constexpr Fen kRoutePrice[] = {130, 600, 2800, 1800, 1500, 300};  // in the order of Route

const OperationPrice* row_of_operation(std::string_view icd9) {
  for (const OperationPrice& row : kOperations) {
    if (icd9.starts_with(row.icd9)) return &row;
  }
  return nullptr;
}

}  // namespace

const ChargeRow& row_of(Charge charge) { return kCharges[static_cast<size_t>(charge)]; }

const TariffRow& tariff_of(Level level) {
  for (const TariffRow& row : kTariffs) {
    if (row.level == level) return row;
  }
  return kTariffs[0];
}

Fen price_of_day(Route route) { return kRoutePrice[static_cast<size_t>(route)]; }
Fen price_of_panel(size_t measures) { return 1000 + 400 * static_cast<Fen>(measures); }

Fen price_of_operation(std::string_view icd9) {
  const OperationPrice* row = row_of_operation(icd9);
  return row != nullptr ? row->price : kOtherOperation;
}

bool is_examination(std::string_view icd9) {
  const OperationPrice* row = row_of_operation(icd9);
  return row != nullptr && row->examination;
}

}  // namespace witmed::generate
