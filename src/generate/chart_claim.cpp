// Who pays: a Claim and an ExplanationOfBenefit for what an insured resident was charged at a visit or stay.
#include <algorithm>
#include <numeric>
#include <utility>

#include "generate/chart.h"
#include "generate/resource_text.h"

namespace witmed::generate {
namespace {

void put_money(std::string& out, Fen amount) {
  put(out, R"({"value":)", amount / 100, '.', amount / 10 % 10, amount % 10, R"(,"currency":"CNY"})");
}

void put_total(std::string& out, std::string_view code, std::string_view zh, Fen amount) {
  out += R"({"category":)";
  put_concept(out, "http://terminology.hl7.org/CodeSystem/adjudication", code, {}, zh);
  out += R"(,"amount":)";
  put_money(out, amount);
  out += '}';
}

}  // namespace

void Chart::charge(Charge kind, Fen amount) { bill_[static_cast<size_t>(kind)] += amount; }

// Public health services are free: what they used is not billed.
void Chart::settle(const Scene& scene, const EncounterText& text) {
  auto bill = std::exchange(bill_, {});
  const std::string& coverage = coverages_[identity_at(scene.place)];
  bool stay = text.type == EncounterClass::inpatient;
  bool billed = stay || text.service == "outpatient" || text.service == "emergency" ||
                text.service == "dialysis" || text.service == "follow-up";
  if (!billed || coverage.empty()) return;
  const TariffRow& tariff = tariff_of(scene.place->level);
  int32_t days = std::max(1, text.minutes / 1440);
  bill[static_cast<size_t>(Charge::consultation)] +=
      text.service == "follow-up" ? 0 : tariff.consultation * (stay ? days : 1);
  if (stay) {
    bill[static_cast<size_t>(Charge::bed)] = tariff.bed * days;
    bill[static_cast<size_t>(Charge::nursing)] = tariff.nursing * days;
  }
  Fen total = std::accumulate(bill.begin(), bill.end(), Fen{0});
  if (total == 0) return;
  claim(scene, text, bill, total, coverage);
}

void Chart::put_claim_head(const Scene& scene, const EncounterText& text, std::string_view number,
                           std::string_view status) {
  put(out_, R"(,"identifier":[{"system":")", systems::kClaimNumber, R"(","value":")", number,
      R"("}],"status":")", status, R"(","type":)");
  put_concept(out_, "http://terminology.hl7.org/CodeSystem/claim-type",
              text.type == EncounterClass::inpatient ? "institutional" : "professional", {},
              text.type == EncounterClass::inpatient ? "住院" : "门诊");
  Moment end = scene.at.plus(text.minutes);
  put(out_, R"(,"use":"claim","patient":)", subject(scene), R"(,"billablePeriod":{"start":")", scene.at,
      R"(","end":")", end, R"("},"created":")", end, R"(","insurer":)", place_.insurer().reference,
      R"(,"provider":)", scene.place->reference);
}

void Chart::claim(const Scene& scene, const EncounterText& text, const Bill& bill, Fen total,
                  const std::string& coverage) {
  std::string id = new_id('b', scene.place);
  begin("Claim", id);
  put_claim_head(scene, text, id, "active");
  out_ +=
      R"(,"priority":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/processpriority","code":"normal"}]})";
  if (!text.reason_icd.empty()) {
    out_ += R"(,"diagnosis":[{"sequence":1,"diagnosisCodeableConcept":)";
    put_concept(out_, systems::kIcd10, text.reason_icd, {}, text.reason_zh);
    out_ += "}]";
  }
  put(out_, R"(,"insurance":[{"sequence":1,"focal":true,"coverage":{"reference":"Coverage/)", coverage,
      R"("}}],"item":[)");
  uint32_t sequence = 0;
  for (size_t i = 0; i < bill.size(); ++i) {
    if (bill[i] == 0) continue;
    ++sequence;
    const ChargeRow& row = row_of(static_cast<Charge>(i));
    put(out_, sequence > 1 ? "," : "", R"({"sequence":)", sequence, R"(,"productOrService":)");
    put_concept(out_, systems::kCharge, row.code, row.en, row.zh);
    out_ += R"(,"net":)";
    put_money(out_, bill[i]);
    put(out_, R"(,"encounter":[{"reference":"Encounter/)", scene.encounter, R"("}]})");
  }
  out_ += R"(],"total":)";
  put_money(out_, total);
  end("Claim");
  explanation(scene, text, id, total, coverage);
}

void Chart::explanation(const Scene& scene, const EncounterText& text, const std::string& claim, Fen total,
                        const std::string& coverage) {
  const TariffRow& tariff = tariff_of(scene.place->level);
  bool stay = text.type == EncounterClass::inpatient;
  Fen deductible = stay ? std::min(tariff.deductible, total) : 0;
  int32_t percent =
      (stay ? tariff.inpatient_percent : tariff.outpatient_percent) + (employee_ ? kEmployeesMore : 0);
  Fen benefit = (total - deductible) * percent / 100;
  std::string id = new_id('x', scene.place);
  begin("ExplanationOfBenefit", id);
  put_claim_head(scene, text, id, "active");
  put(out_, R"(,"claim":{"reference":"Claim/)", claim,
      R"("},"outcome":"complete","insurance":[{"focal":true,"coverage":{"reference":"Coverage/)", coverage,
      R"("}}],"total":[)");
  put_total(out_, "submitted", "费用总额", total);
  out_ += ',';
  put_total(out_, "deductible", "起付线", deductible);
  out_ += ',';
  put_total(out_, "benefit", "医保基金支付", benefit);
  out_ += ',';
  put_total(out_, "copay", "个人支付", total - benefit);
  out_ += R"(],"payment":{"amount":)";
  put_money(out_, benefit);
  out_ += '}';
  end("ExplanationOfBenefit");
}

}  // namespace witmed::generate
