#include <algorithm>

#include "generate/chart.h"
#include "generate/resource_text.h"

namespace witmed::generate {
namespace {

std::string_view unit_zh(std::string_view ucum) {
  if (ucum == "[iU]") return "单位";
  if (ucum == "ug") return "μg";
  if (ucum == "mL") return "ml";
  return ucum;
}

// "每次5mg，每日1次，口服"
void put_direction(std::string& out, const DrugRow& row, Milli dose) {
  out += "每次";
  int decimals = dose % 1000 == 0 ? 0 : dose % 100 == 0 ? 1 : dose % 10 == 0 ? 2 : 3;
  put_decimal(out, dose, decimals);
  out += unit_zh(row.unit);
  if (row.times == 0) {
    out += "，每周1次，";
  } else {
    put(out, "，每日", row.times, "次，");
  }
  out += row_of(row.route).zh;
}

}  // namespace

void Chart::medication(const Scene& scene, Drug drug, int32_t days, const std::string& condition,
                       std::string_view reason, bool half_dose) {
  const DrugRow& row = row_of(drug);
  const RouteRow& route = row_of(row.route);
  Milli dose = half_dose ? row.dose / 2 : row.dose;
  int decimals = dose % 1000 == 0 ? 0 : dose % 100 == 0 ? 1 : dose % 10 == 0 ? 2 : 3;
  begin("MedicationRequest", new_id('m', scene.place));
  bool current = scene.at.day + days >= as_of_ && person_.end() >= as_of_;
  put(out_, R"(,"status":")", current ? "active" : "completed",
      R"(","intent":"order","medicationCodeableConcept":)");
  if (row.atc.empty()) {
    put(out_, R"({"text":")", row.zh, R"("})");
  } else {
    put_concept(out_, systems::kAtc, row.atc, row.en, row.zh);
  }
  put(out_, R"(,"subject":)", subject(scene));
  put_encounter(scene);
  put(out_, R"(,"authoredOn":")", scene.at, R"(","requester":)", scene.author->reference);
  if (!condition.empty()) {
    put(out_, R"(,"reasonReference":[{"reference":"Condition/)", condition, R"(","display":")", reason,
        R"("}])");
  }
  out_ += R"(,"dosageInstruction":[{"text":")";
  put_direction(out_, row, dose);
  put(out_, R"(","timing":{"repeat":{"frequency":)", row.times == 0 ? 1 : row.times,
      R"(,"period":1,"periodUnit":")", row.times == 0 ? "wk" : "d",
      R"("}},"route":{"coding":[{"system":"http://snomed.info/sct","code":")", route.snomed,
      R"("}],"text":")", route.zh, R"("},"doseAndRate":[{"doseQuantity":{"value":)");
  put_decimal(out_, dose, decimals);
  put(out_, R"(,"unit":")", unit_zh(row.unit), R"(","system":")", systems::kUcum, R"(","code":")", row.unit,
      R"("}}]}],"dispenseRequest":{"expectedSupplyDuration":{"value":)", days, R"(,"unit":"天","system":")",
      systems::kUcum, R"(","code":"d"},"performer":)", scene.place->reference, '}');
  end("MedicationRequest");
  charge(Charge::drug, price_of_day(row.route) * std::max(days, 1));
}

}  // namespace witmed::generate
