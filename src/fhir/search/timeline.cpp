#include "fhir/search/timeline.h"

#include <memory>
#include <mutex>
#include <string_view>

#include "base/error.h"
#include "base/text.h"

namespace witmed::fhir {
namespace {

// Chosen by hand from R4's own FiveWs mappings (who: subject, when: done before recorded, what) among the
// parameters that exist. Parameters of a cell are separated by spaces.
struct Row {
  std::string_view type, patient, time, codes;
};
constexpr Row kRows[] = {
    {"Account", "patient", "period", "type"},
    {"AdverseEvent", "subject", "date", "event"},
    {"AllergyIntolerance", "patient", "onset date", "code"},
    {"Appointment", "patient", "date", "service-type appointment-type"},
    {"AppointmentResponse", "patient", "", ""},
    {"AuditEvent", "patient", "date", "type subtype"},
    {"Basic", "patient", "created", "code"},
    {"BodyStructure", "patient", "", "morphology location"},
    {"CarePlan", "patient", "date", "category activity-code"},
    {"CareTeam", "patient", "date", "category"},
    {"ChargeItem", "patient", "occurrence entered-date", "code"},
    {"Claim", "patient", "created", ""},
    {"ClaimResponse", "patient", "created", ""},
    {"ClinicalImpression", "patient", "date", "finding-code"},
    {"Communication", "patient", "sent received", "category"},
    {"CommunicationRequest", "patient", "occurrence authored", "category"},
    {"Composition", "patient", "date", "type category"},
    {"Condition", "patient", "onset-date recorded-date", "code category"},
    {"Consent", "patient", "date period", "category scope"},
    {"Coverage", "patient", "", "type"},
    {"CoverageEligibilityRequest", "patient", "created", ""},
    {"CoverageEligibilityResponse", "patient", "created", ""},
    {"DetectedIssue", "patient", "identified", "code"},
    {"DeviceRequest", "patient", "event-date authored-on", "code"},
    {"DeviceUseStatement", "patient", "", ""},
    {"DiagnosticReport", "patient", "date issued", "code category"},
    {"DocumentManifest", "patient", "created", "type"},
    {"DocumentReference", "patient", "date period", "type category"},
    {"Encounter", "patient", "date", "type class"},
    {"EnrollmentRequest", "patient", "", ""},
    {"EpisodeOfCare", "patient", "date", "type"},
    {"ExplanationOfBenefit", "patient", "created", ""},
    {"FamilyMemberHistory", "patient", "date", "code relationship"},
    {"Flag", "patient", "date", ""},
    {"Goal", "patient", "start-date target-date", "category"},
    {"GuidanceResponse", "patient", "", ""},
    {"ImagingStudy", "patient", "started", "modality bodysite"},
    {"Immunization", "patient", "date", "vaccine-code"},
    {"ImmunizationEvaluation", "patient", "date", "target-disease"},
    {"ImmunizationRecommendation", "patient", "date", "vaccine-type"},
    {"Invoice", "patient", "date", "type"},
    {"List", "patient", "date", "code"},
    {"MeasureReport", "patient", "period date", ""},
    {"Media", "patient", "created", "type modality"},
    {"MedicationAdministration", "patient", "effective-time", "code"},
    {"MedicationDispense", "patient", "whenhandedover whenprepared", "code"},
    {"MedicationRequest", "patient", "authoredon date", "code category"},
    {"MedicationStatement", "patient", "effective", "code category"},
    {"MolecularSequence", "patient", "", "type"},
    {"NutritionOrder", "patient", "datetime", "oraldiet supplement formula"},
    {"Observation", "patient", "date", "code category"},
    {"Procedure", "patient", "date", "code category"},
    {"Provenance", "patient", "when recorded", "agent-type"},
    {"QuestionnaireResponse", "patient", "authored", ""},
    {"RelatedPerson", "patient", "", "relationship"},
    {"RequestGroup", "patient", "authored", "code"},
    {"ResearchSubject", "patient", "date", ""},
    {"RiskAssessment", "patient", "date", "risk method"},
    {"ServiceRequest", "patient", "occurrence authored", "code category"},
    {"Specimen", "patient", "collected", "type"},
    {"SupplyDelivery", "patient", "", ""},
    {"SupplyRequest", "subject", "date", "category"},
    {"Task", "patient", "period authored-on modified", "code"},
    {"VisionPrescription", "patient", "datewritten", ""},
};

void add_parts(TypeId type, std::string_view codes, std::vector<PartId>& out) {
  for (std::string_view code : split(codes, ' ')) {
    if (code.empty()) continue;
    const SearchParam* param = Definitions::r4().search_param(type, code);
    if (param == nullptr) throw Failure("timeline: no search parameter " + std::string(code));
    for (PartId part : SearchIndex::r4().parts(*param)) out.push_back(part);
  }
}

TimelineInfo read(TypeId type, const Row& row) {
  TimelineInfo info{};
  std::vector<PartId> patient;
  add_parts(type, row.patient, patient);
  info.patient = patient.front();
  add_parts(type, row.time, info.time);
  add_parts(type, row.codes, info.codes);
  return info;
}

// Filled type by type, so that start-up does not compile what nobody asks for.
struct Slot {
  const Row* row = nullptr;
  std::once_flag once;
  TimelineInfo info;
};

std::unique_ptr<Slot[]> make_slots() {
  const Definitions& r4 = Definitions::r4();
  auto slots = std::make_unique<Slot[]>(r4.types().size() + 1);
  for (const Row& row : kRows) slots[r4.type_id(row.type)].row = &row;
  return slots;
}

}  // namespace

const TimelineInfo* timeline(TypeId type) {
  static const std::unique_ptr<Slot[]> slots = make_slots();
  Slot& slot = slots[type];
  if (type == 0 || slot.row == nullptr) return nullptr;
  std::call_once(slot.once, [&] { slot.info = read(type, *slot.row); });
  return &slot.info;
}

}  // namespace witmed::fhir
