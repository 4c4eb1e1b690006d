// Patient/$register and Patient/$duplicates: one form, checked, compared with everybody, stored.
#include "services/keeping/duplicates.h"
#include "services/keeping/find.h"
#include "services/keeping/keeping.h"
#include "services/keeping/resident.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

constexpr size_t kCandidates = 8;

Plan tell(std::vector<Value> list) {
  Plan plan;
  plan.answer = [answer = parameters(std::move(list))](const auto&) { return answer; };
  return plan;
}

// What a page shows while somebody types.
Plan preview(const Request& request, const Form& form, const std::vector<Candidate>& list) {
  std::vector<Value> out = finding_parameters(form.findings);
  for (Value& each : candidate_parameters(request, list)) out.push_back(std::move(each));
  if (!form.birth.date.empty()) {
    const auto age = identity::age_on(form.birth.date, request.today());
    out.push_back(parameter("birth-date", "valueDate", form.birth.date));
    out.push_back(parameter("age", "valueString", identity::age_text_zh(age)));
  }
  return tell(std::move(out));
}

}  // namespace

Plan duplicates(const Request& request) {
  const Form form = read_form(request);
  return tell(candidate_parameters(request, candidates(request, form, request.text("except"), kCandidates)));
}

Plan register_resident(const Request& request) {
  Form form = read_form(request);
  const auto list = candidates(request, form, {}, kCandidates);
  add_findings(request, list, form.findings);
  if (request.truth("preview")) return preview(request, form, list);
  for (const fhir::Issue& each : form.findings)
    if (std::string_view(each.rule) == "document-taken") throw fhir::Rejection(409, {each});
  refuse_unconfirmed(request, form.findings);

  Change change(request, form.unknown_person ? Act{"register-unknown", "登记无名氏"} : Act{"register", "建档"});
  Value patient = patient_of(form, request);
  const std::string name(patient.at("name").items().front().text("text"));
  if (const std::string import = request.text("import"); !import.empty()) change.tag(systems::kImport, import);
  const std::string id = change.create("Patient", std::move(patient), unique_documents(form));
  create_belongings(change, request, form, id, name);
  for (const Candidate& each : list)
    if (each.score >= kLikely) change.say("已核对，不是同一人：Patient/" + each.patient.id);
  return change.plan({"resident"});
}

}  // namespace witmed::keeping
