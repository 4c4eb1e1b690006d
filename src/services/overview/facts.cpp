#include "services/overview/facts.h"

#include <algorithm>
#include <cstdlib>

#include "base/time.h"
#include "fhir/json/document.h"
#include "services/resource_view.h"

namespace witmed::services {
namespace {

using fhir::Document;
using fhir::Kind;
using fhir::Node;

// Digits of a FHIR date as far as they are written.
struct WrittenDate {
  int year = 0, month = 0, day = 0;
};
WrittenDate read_date(const std::string& text) {
  WrittenDate date;
  if (text.size() >= 4) date.year = std::atoi(text.substr(0, 4).c_str());
  if (text.size() >= 7) date.month = std::atoi(text.substr(5, 2).c_str());
  if (text.size() >= 10) date.day = std::atoi(text.substr(8, 2).c_str());
  return date;
}

int32_t day_of(const std::string& text) {
  WrittenDate date = read_date(text);
  if (date.year < 1) return kNoDay;
  unsigned month = date.month >= 1 && date.month <= 12 ? static_cast<unsigned>(date.month) : 1;
  unsigned day = date.day >= 1 && date.day <= 31 ? static_cast<unsigned>(date.day) : 1;
  return static_cast<int32_t>(days_from_civil({date.year, month, day}));
}

VisitClass visit_class(const std::string& code) {
  if (code == "AMB") return VisitClass::outpatient;
  if (code == "IMP" || code == "ACUTE" || code == "NONAC" || code == "OBSENC" || code == "SS")
    return VisitClass::inpatient;
  if (code == "EMER") return VisitClass::emergency;
  if (code == "HH" || code == "FLD") return VisitClass::home;
  if (code == "VR") return VisitClass::virtual_;
  return VisitClass::other;
}

struct Range {
  std::string_view from, to;
};
// The chronic diseases of the national basic public health services, and the others a visiting doctor must
// not miss.
constexpr Range kChronic[] = {{"A15", "A19"}, {"B18", "B18"}, {"C00", "C99"}, {"E03", "E03"}, {"E05", "E05"},
                              {"E10", "E14"}, {"E78", "E78"}, {"F20", "F29"}, {"G20", "G20"}, {"G40", "G40"},
                              {"I10", "I15"}, {"I20", "I20"}, {"I25", "I25"}, {"I48", "I50"}, {"I60", "I69"},
                              {"J41", "J45"}, {"K74", "K74"}, {"M05", "M06"}, {"M10", "M10"}, {"M17", "M17"},
                              {"M81", "M81"}, {"N18", "N18"}, {"N40", "N40"}};

}  // namespace

std::string_view chronic_category(std::string_view code) {
  std::string_view category = code.substr(0, 3);
  if (category.size() < 3 || (code.size() > 3 && code[3] != '.')) return {};
  for (const Range& range : kChronic)
    if (category >= range.from && category <= range.to) return category;
  return {};
}

ResidentFacts resident_facts(const record::Version& version) {
  ResidentFacts facts;
  if (version.removed() || !version.text) return facts;
  auto document = Document::parse(*version.text);
  Node root = document.root();
  facts.counted = true;
  each_item(root["link"], [&](Node link) {
    if (member(link, "type") == "replaced-by") facts.counted = false;
  });
  std::string gender = member(root, "gender");
  facts.sex = gender == "male" ? Sex::male : gender == "female" ? Sex::female : Sex::unknown;
  facts.birth = day_of(member(root, "birthDate"));
  Node dead = root["deceasedBoolean"];
  facts.alive = !(dead && dead.is_true()) && !root["deceasedDateTime"];
  return facts;
}

std::optional<VisitFacts> visit_facts(const record::Version& version) {
  if (version.removed() || !version.text) return std::nullopt;
  auto document = Document::parse(*version.text);
  Node root = document.root();
  std::string status = member(root, "status");
  if (status == "entered-in-error" || status == "cancelled" || status == "planned") return std::nullopt;
  VisitFacts facts;
  Node period = root["period"];
  WrittenDate date = read_date(member(period, "start"));
  if (date.year >= 1 && date.month >= 1 && date.month <= 12) facts.month = date.year * 12 + date.month - 1;
  facts.type = visit_class(member(root["class"], "code"));
  facts.institution = target(root["serviceProvider"], "Organization");
  return facts;
}

std::optional<DiagnosisFacts> diagnosis_facts(const record::Version& version) {
  if (version.removed() || !version.text) return std::nullopt;
  auto document = Document::parse(*version.text);
  Node root = document.root();
  Node verified = root["verificationStatus"];
  if (has_code(verified, "refuted") || has_code(verified, "entered-in-error")) return std::nullopt;
  DiagnosisFacts facts;
  facts.patient = target(root["subject"], "Patient");
  facts.code = first_code(root["code"]);
  facts.name = name_of(root["code"]);
  if (facts.patient.empty() || facts.name.empty()) return std::nullopt;
  return facts;
}

InstitutionFacts institution_facts(const record::Version& version) {
  InstitutionFacts facts;
  if (version.removed() || !version.text) return facts;
  auto document = Document::parse(*version.text);
  Node root = document.root();
  Node active = root["active"];
  facts.counted = !(active && active.kind() == Kind::boolean && !active.is_true());
  facts.name = member(root, "name");
  facts.parent = target(root["partOf"], "Organization");
  each_item(root["type"], [&](Node type) {
    if (has_code(type, "dept")) facts.counted = false;
    if (facts.kind.empty()) facts.kind = member(type, "text");
    if (type.kind() != Kind::object) return;
    each_item(type["coding"], [&](Node coding) {
      if (facts.level.empty() && !member(coding, "system").starts_with("http://terminology.hl7.org/"))
        facts.level = member(coding, "code");
    });
  });
  return facts;
}

std::optional<PlaceFacts> place_facts(const record::Version& version) {
  if (version.removed() || !version.text) return std::nullopt;
  auto document = Document::parse(*version.text);
  Node root = document.root();
  Node position = root["position"];
  PlaceFacts facts;
  facts.institution = target(root["managingOrganization"], "Organization");
  if (facts.institution.empty() || !position || position.kind() != Kind::object) return std::nullopt;
  Node longitude = position["longitude"], latitude = position["latitude"];
  if (!longitude || !latitude) return std::nullopt;
  facts.longitude = std::strtod(longitude.string().c_str(), nullptr);
  facts.latitude = std::strtod(latitude.string().c_str(), nullptr);
  return facts;
}

}  // namespace witmed::services
