#include "generate/chart.h"
#include "generate/resource_text.h"

namespace witmed::generate {
namespace {

struct ClassRow {
  std::string_view code;
  std::string_view en;
};
constexpr ClassRow kClasses[] = {
    {"AMB", "ambulatory"}, {"IMP", "inpatient encounter"}, {"EMER", "emergency"}, {"HH", "home health"}};

}  // namespace

Chart::Chart(const Household& household, const Person& person, const Place& place, const Window& window,
             uint64_t seed, Sink& sink)
    : household_(household),
      person_(person),
      place_(place),
      as_of_(window.end),
      seed_(seed),
      sink_(sink),
      identities_(identities_of(household, person, place, window, seed)) {
  out_.reserve(4096);
}

size_t Chart::identity_at(const Institution* place) const {
  for (size_t i = 1; i < identities_.size(); ++i) {
    if (identities_[i].keeper == place) return i;
  }
  return 0;
}

std::string Chart::new_id(char kind, const Institution* place) {
  std::string id(1, kind);
  id += identities_[identity_at(place)].owner;
  id += '-';
  put_base36(id, next_++);
  return id;
}

void Chart::begin(std::string_view type, std::string_view id) { begin_resource(out_, type, id); }

void Chart::end(std::string_view type) {
  out_ += '}';
  sink_.resource(type, out_);
  ++written_;
}

void Chart::put_reference(std::string_view name, std::string_view type, std::string_view id) {
  put(out_, R"(,")", name, R"(":{"reference":")", type, '/', id, R"("})");
}

void Chart::put_encounter(const Scene& scene) {
  if (!scene.encounter.empty()) put_reference("encounter", "Encounter", scene.encounter);
}

void Chart::put_performer(const Scene& scene) {
  if (scene.author == nullptr) {
    put(out_, R"(,"performer":[)", subject(scene), ']');
  } else {
    put(out_, R"(,"performer":[)", scene.author->reference, ',', scene.place->reference, ']');
  }
}

void Chart::encounter(const Scene& scene, const EncounterText& text) {
  const ClassRow& row = kClasses[static_cast<size_t>(text.type)];
  const DepartmentRow& department = row_of(text.department);
  begin("Encounter", scene.encounter);
  put(out_, R"(,"identifier":[{"system":")", systems::kEncounterNumber, R"(","value":")", scene.place->id,
      '-', scene.encounter,
      R"("}],"status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":")",
      row.code, R"(","display":")", row.en, R"("},"type":[)");
  put_concept(out_, systems::kService, text.service, {}, text.service_zh);
  out_ += R"(],"serviceType":)";
  put_concept(out_, systems::kDepartment, department.code, department.en, department.zh);
  put(out_, R"(,"subject":)", subject(scene), R"(,"participant":[{"individual":)", scene.author->reference,
      R"(}],"period":{"start":")", scene.at, R"(","end":")", scene.at.plus(text.minutes), R"("})");
  if (!text.reason_icd.empty()) {
    out_ += R"(,"reasonCode":[)";
    put_concept(out_, systems::kIcd10, text.reason_icd, {}, text.reason_zh);
    out_ += ']';
  }
  if (!text.conditions.empty()) {
    out_ += R"(,"diagnosis":[)";
    for (size_t i = 0; i < text.conditions.size(); ++i) {
      put(out_, i == 0 ? "" : ",", R"({"condition":{"reference":"Condition/)", text.conditions[i],
          R"("},"rank":)", i + 1, '}');
    }
    out_ += ']';
  }
  if (text.type == EncounterClass::inpatient) {
    put(out_,
        R"(,"hospitalization":{"dischargeDisposition":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/)",
        text.died ? R"(discharge-disposition","code":"exp","display":"Expired"}],"text":"死亡"}})"
                  : R"(discharge-disposition","code":"home","display":"Home"}],"text":"好转出院"}})");
  }
  const Ward* ward = text.type == EncounterClass::inpatient ? scene.place->ward(text.department) : nullptr;
  put(out_, R"(,"location":[{"location":)", ward != nullptr ? ward->reference : scene.place->location,
      R"(}],"serviceProvider":)", scene.place->reference);
  end("Encounter");
  settle(scene, text);
}

void Chart::condition(const std::string& id, const Scene& scene, const ConditionText& text) {
  bool over = text.abatement != kNever;
  begin("Condition", id);
  put(out_,
      R"(,"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":")",
      over ? "resolved" : "active",
      R"("}]},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status",)",
      R"("code":"confirmed"}]},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category","code":")",
      text.problem ? R"(problem-list-item","display":"Problem List Item)"
                   : R"(encounter-diagnosis","display":"Encounter Diagnosis)",
      R"("}]}],"code":)");
  put_concept(out_, systems::kIcd10, text.icd, text.en, text.zh);
  put(out_, R"(,"subject":)", subject(scene));
  put_encounter(scene);
  out_ += R"(,"onsetDateTime":")";
  append_date(out_, text.onset);
  if (over) {
    out_ += R"(","abatementDateTime":")";
    append_date(out_, text.abatement);
  }
  put(out_, R"(","recordedDate":")", scene.at, '"');
  if (scene.author != nullptr) put(out_, R"(,"recorder":)", scene.author->reference);
  end("Condition");
}

void Chart::procedure(const Scene& scene, const Operation& operation, const std::string& condition,
                      std::string_view finding) {
  std::string id = new_id('r', scene.place);
  begin("Procedure", id);
  out_ += R"(,"status":"completed","code":)";
  put_concept(out_, systems::kIcd9Cm3, operation.icd9, operation.en, operation.zh);
  put(out_, R"(,"subject":)", subject(scene));
  put_encounter(scene);
  put(out_, R"(,"performedDateTime":")", scene.at, R"(","performer":[{"actor":)", scene.author->reference,
      R"(,"onBehalfOf":)", scene.place->reference, "}]");
  if (!condition.empty()) put(out_, R"(,"reasonReference":[{"reference":"Condition/)", condition, R"("}])");
  end("Procedure");
  charge(is_examination(operation.icd9) ? Charge::examination : Charge::operation,
         price_of_operation(operation.icd9));
  if (const ImagingRow* row = imaging_of(operation.icd9)) imaging(scene, *row, id, finding);
}

void Chart::immunization(const Scene& scene, const Dose& dose) {
  begin("Immunization", new_id('i', scene.place));
  out_ += R"(,"status":"completed","vaccineCode":)";
  put_concept(out_, systems::kVaccine, dose.code, {}, dose.zh);
  put(out_, R"(,"patient":)", subject(scene));
  put_encounter(scene);
  put(out_, R"(,"occurrenceDateTime":")", scene.at, R"(","primarySource":true,"location":)",
      scene.place->location, R"(,"lotNumber":")", dose.code, '-', civil_of(scene.at.day).year,
      civil_of(scene.at.day).month, R"(","route":{"text":")", dose.route, R"("},"performer":[{"actor":)",
      scene.author->reference, R"(},{"actor":)", scene.place->reference,
      R"(}],"protocolApplied":[{"series":"国家免疫规划","targetDisease":[{"text":")", dose.target,
      R"("}],"doseNumberPositiveInt":)", dose.number, R"(,"seriesDosesPositiveInt":)", dose.of, "}]");
  end("Immunization");
}

}  // namespace witmed::generate
