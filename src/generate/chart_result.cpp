#include "generate/chart.h"
#include "generate/resource_text.h"

namespace witmed::generate {
namespace {

constexpr std::string_view kVital =
    R"(,"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":)";
constexpr std::string_view kLaboratory =
    R"(,"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":)";

void put_quantity(std::string& out, Milli value, int decimals, std::string_view unit, std::string_view ucum) {
  out += R"({"value":)";
  put_decimal(out, value, decimals);
  put(out, R"(,"unit":")", unit, R"(","system":")", systems::kUcum, R"(","code":")", ucum, R"("})");
}

// -1 low, 0 inside, 1 high.
int flag(Milli value, Range range) {
  if (range.low != kOpen && value < range.low) return -1;
  if (range.high != kOpen && value > range.high) return 1;
  return 0;
}

// Written for what lies outside only: inside the range is what a range without an interpretation says.
void put_interpretation(std::string& out, int flag) {
  if (flag == 0) return;
  put(out,
      R"(,"interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",)",
      flag < 0 ? R"("code":"L","display":"Low"}]}])" : R"("code":"H","display":"High"}]}])");
}

void put_bound(std::string& out, Milli value, const MeasureRow& row) {
  out += R"({"value":)";
  put_decimal(out, value, row.decimals);
  put(out, R"(,"unit":")", row.unit, R"("})");
}

// Range, decimals and unit as a FHIR referenceRange; nothing when both sides are open.
void put_range(std::string& out, const MeasureRow& row, Range range) {
  if (range.low == kOpen && range.high == kOpen) return;
  out += R"(,"referenceRange":[{)";
  if (range.low != kOpen) {
    out += R"("low":)";
    put_bound(out, range.low, row);
  }
  if (range.high != kOpen) {
    out += range.low != kOpen ? R"(,"high":)" : R"("high":)";
    put_bound(out, range.high, row);
  }
  out += "}]";
}

// R4's vital signs have one code for oxygen saturation, however it was measured; how stands beside it
// (http://hl7.org/fhir/R4/observation-vitalsigns.html).
void put_oxygen_code(std::string& out, const MeasureRow& row) {
  put(out, R"({"coding":[{"system":")", systems::kLoinc, R"(","code":")", row.loinc, R"(","display":")", row.en,
      R"("},{"system":")", systems::kLoinc,
      R"(","code":"2708-6","display":"Oxygen saturation in Arterial blood"}],"text":")", row.zh, R"("})");
}

constexpr MeasureRow kPressureUnit{Measure::count, "", "", "", "mmHg", "mm[Hg]", 0, true, {}, {}};
constexpr Range kSystolic{90'000, 139'000};
constexpr Range kDiastolic{60'000, 89'000};

void put_component(std::string& out, std::string_view loinc, std::string_view en, std::string_view zh,
                   int32_t value, Range range, bool adult) {
  out += R"({"code":)";
  put_concept(out, systems::kLoinc, loinc, en, zh);
  out += R"(,"valueQuantity":)";
  put_quantity(out, value * 1000, 0, kPressureUnit.unit, kPressureUnit.ucum);
  if (adult) {
    put_interpretation(out, flag(value * 1000, range));
    put_range(out, kPressureUnit, range);
  }
  out += '}';
}

}  // namespace

std::string Chart::observation(const Scene& scene, Measure measure, Milli value, bool adult) {
  const MeasureRow& row = row_of(measure);
  const Range& range = person_.male ? row.men : row.women;
  std::string id = new_id('o', scene.place);
  begin("Observation", id);
  out_ += row.vital ? kVital : kLaboratory;
  if (measure == Measure::oxygen)
    put_oxygen_code(out_, row);
  else
    put_concept(out_, systems::kLoinc, row.loinc, row.en, row.zh);
  put(out_, R"(,"subject":)", subject(scene));
  put_encounter(scene);
  put(out_, R"(,"effectiveDateTime":")", scene.at, '"');
  if (!row.vital) put(out_, R"(,"issued":")", scene.at.plus(70), '"');
  put_performer(scene);
  out_ += R"(,"valueQuantity":)";
  put_quantity(out_, value, row.decimals, row.unit, row.ucum);
  if (adult && (range.low != kOpen || range.high != kOpen)) {
    put_interpretation(out_, flag(value, range));
    put_range(out_, row, range);
  }
  end("Observation");
  return id;
}

void Chart::blood_pressure(const Scene& scene, BloodPressure reading, bool adult) {
  begin("Observation", new_id('o', scene.place));
  out_ += kVital;
  put_concept(out_, systems::kLoinc, "85354-9", "Blood pressure panel with all children optional", "血压");
  put(out_, R"(,"subject":)", subject(scene));
  put_encounter(scene);
  put(out_, R"(,"effectiveDateTime":")", scene.at, '"');
  put_performer(scene);
  if (scene.author == nullptr) out_ += R"(,"method":{"text":"家庭自测 / measured at home"})";
  out_ += R"(,"component":[)";
  put_component(out_, "8480-6", "Systolic blood pressure", "收缩压", reading.systolic, kSystolic, adult);
  out_ += ',';
  put_component(out_, "8462-4", "Diastolic blood pressure", "舒张压", reading.diastolic, kDiastolic, adult);
  out_ += ']';
  end("Observation");
}

void Chart::report(const Scene& scene, const Panel& panel, Body& body, const Staff& technician) {
  Scene bench = scene;
  bench.author = &technician;
  std::vector<std::string> results;
  results.reserve(panel.measures.size());
  std::string conclusion;
  bool adult = !body.child();
  for (Measure measure : panel.measures) {
    if (measure == Measure::egfr && age_on(person_.birth, scene.at.day) < 18)
      continue;  // the equation is for adults
    Milli value = body.measure(measure);
    results.push_back(observation(bench, measure, value, adult));
    const MeasureRow& row = row_of(measure);
    int side = adult ? flag(value, person_.male ? row.men : row.women) : 0;
    if (side != 0) put(conclusion, conclusion.empty() ? "" : "，", row.zh, side < 0 ? "偏低" : "偏高");
  }
  begin("DiagnosticReport", new_id('d', scene.place));
  out_ +=
      R"(,"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB","display":"Laboratory"}]}],"code":)";
  put_concept(out_, systems::kLoinc, panel.loinc, panel.en, panel.zh);
  put(out_, R"(,"subject":)", subject(scene));
  put_encounter(scene);
  put(out_, R"(,"effectiveDateTime":")", bench.at, R"(","issued":")", bench.at.plus(75), '"');
  put_performer(bench);
  out_ += R"(,"result":[)";
  for (size_t i = 0; i < results.size(); ++i) {
    put(out_, i == 0 ? "" : ",", R"({"reference":"Observation/)", results[i], R"("})");
  }
  put(out_, R"(],"conclusion":")", conclusion.empty() ? std::string_view("未见明显异常") : conclusion, '"');
  end("DiagnosticReport");
  charge(Charge::laboratory, price_of_panel(results.size()));
}

}  // namespace witmed::generate
