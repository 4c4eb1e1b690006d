#include "services/documents/summary.h"

#include <algorithm>
#include <map>

#include "base/time.h"
#include "services/overview/facts.h"
#include "services/resource_view.h"

namespace witmed::services {
namespace {

using fhir::Document;
using fhir::Node;

constexpr std::string_view kResidentNumber = "urn:oid:2.16.156.10011.1.3";

std::string day_of(const std::string& date) { return date.substr(0, 10); }

// Reads the resources one after another, in two rounds: names and visits first, then what refers to them.
class Reader {
 public:
  Reader(std::string_view patient_id, int32_t today) : patient_id_(patient_id), today_(today) {}
  void read(const std::vector<record::Version>& versions);
  Summary finish();

 private:
  void names(Node root);
  void entry(const record::Version& version, Node root);
  void patient(Node root);
  void allergy(Node root);
  void condition(Node root);
  void medicine(Node root);
  void observation(Node root);
  void immunization(Node root);
  void visit(Node root);
  void team(Node root);
  std::string source_of(Node root) const;
  std::string institution(Node reference) const;

  std::string patient_id_;
  int32_t today_;
  Summary out_;
  std::map<std::string, std::string> organizations_;  // id → name, from displays beside references
  std::map<std::string, std::string> places_;         // Encounter id → institution
  std::map<std::string, std::string> drugs_;          // Medication id → name
  std::map<std::string, Summary::Problem> problems_;
  std::map<std::string, Summary::Medicine> medicines_;
  std::map<std::string, Summary::Result> results_;
  std::map<std::string, Summary::Vaccine> vaccines_;
  std::map<std::string, Summary::Source> sources_;
  std::string team_start_;
};

constexpr std::string_view kAuthors[] = {"serviceProvider", "managingOrganization",
                                         "custodian",       "provider",
                                         "performer",       "author",
                                         "recorder",        "asserter",
                                         "requester",       "payor"};

Node actor_of(Node item) {
  Node actor = at(item, "actor");
  return actor ? actor : item;
}

void Reader::names(Node root) {
  for (std::string_view key : kAuthors)
    each_item(at(root, key), [&](Node item) {
      Node who = actor_of(item);
      std::string id = target(who, "Organization"), name = member(who, "display");
      if (!id.empty() && !name.empty()) organizations_.emplace(std::move(id), std::move(name));
    });
  const std::string type = member(root, "resourceType");
  if (type == "Organization") organizations_[member(root, "id")] = member(root, "name");
  if (type == "Medication") drugs_[member(root, "id")] = name_of(at(root, "code"));
}

void Reader::read(const std::vector<record::Version>& versions) {
  std::vector<Document> documents;
  documents.reserve(versions.size());
  for (const auto& version : versions) {
    documents.push_back(Document::parse(*version.text));
    names(documents.back().root());
  }
  for (const Document& document : documents) {
    Node root = document.root();
    if (member(root, "resourceType") != "Encounter") continue;
    if (std::string place = institution(at(root, "serviceProvider")); !place.empty())
      places_[member(root, "id")] = std::move(place);
  }
  for (size_t i = 0; i < versions.size(); ++i) entry(versions[i], documents[i].root());
}

std::string Reader::institution(Node reference) const {
  auto found = organizations_.find(target(reference, "Organization"));
  return found == organizations_.end() ? std::string() : found->second;
}

// The institution that answers for an entry: the one named as its author, else that of the visit it was
// written in.
std::string Reader::source_of(Node root) const {
  std::string found;
  for (std::string_view key : kAuthors)
    each_item(at(root, key), [&](Node item) {
      if (found.empty()) found = institution(actor_of(item));
    });
  if (!found.empty()) return found;
  auto visit = places_.find(target(at(root, "encounter"), "Encounter"));
  return visit == places_.end() ? member(at(root, "meta"), "source") : visit->second;
}

void Reader::entry(const record::Version& version, Node root) {
  const std::string type = member(root, "resourceType");
  ++out_.entries;
  const std::string name = source_of(root);
  Summary::Source& source = sources_[name];
  source.name = name;
  ++source.entries;
  source.received = std::max(source.received, version.time);
  if (type == "Patient" && version.id == patient_id_) return patient(root);
  if (type == "AllergyIntolerance") return allergy(root);
  if (type == "Condition") return condition(root);
  if (type == "MedicationRequest") return medicine(root);
  if (type == "Observation") return observation(root);
  if (type == "Immunization") return immunization(root);
  if (type == "Encounter") return visit(root);
  if (type == "CareTeam") return team(root);
}

std::string age_text(const std::string& birth, int64_t until) {
  if (birth.size() < 4) return {};
  const int64_t years_only = civil_from_days(until).year - std::atoi(birth.c_str());
  if (birth.size() < 10) return years_only < 0 ? std::string() : "约 " + std::to_string(years_only) + " 岁";
  const CivilDate to = civil_from_days(until);
  const CivilDate from{std::atoi(birth.c_str()), static_cast<unsigned>(std::atoi(birth.c_str() + 5)),
                       static_cast<unsigned>(std::atoi(birth.c_str() + 8))};
  int64_t months =
      (to.year - from.year) * 12 + static_cast<int64_t>(to.month) - static_cast<int64_t>(from.month);
  if (to.day < from.day) --months;
  if (months < 0) return {};
  if (months >= 36) return std::to_string(months / 12) + " 岁";
  if (months >= 12) return std::to_string(months / 12) + " 岁 " + std::to_string(months % 12) + " 个月";
  if (months >= 1) return std::to_string(months) + " 个月";
  return std::to_string(until - days_from_civil(from)) + " 天";
}

void Reader::patient(Node root) {
  Node name;
  each_item(at(root, "name"), [&](Node each) {
    if (!name || member(each, "use") == "official") name = each;
  });
  out_.name = member(name, "text");
  if (out_.name.empty()) {
    out_.name = member(name, "family");
    each_item(at(name, "given"), [&](Node given) { out_.name += text_of(given); });
  }
  const std::string gender = member(root, "gender");
  out_.sex = gender == "male" ? "男" : gender == "female" ? "女" : gender == "other" ? "其他" : "";
  out_.birth = member(root, "birthDate");
  Node dead = at(root, "deceasedBoolean");
  out_.died = day_of(member(root, "deceasedDateTime"));
  int64_t until = today_;
  if (out_.died.size() == 10)
    until = days_from_civil({std::atoi(out_.died.c_str()),
                             static_cast<unsigned>(std::atoi(out_.died.c_str() + 5)),
                             static_cast<unsigned>(std::atoi(out_.died.c_str() + 8))});
  if (out_.died.empty() && dead && dead.is_true()) out_.died = "已故";
  if (out_.died != "已故") out_.age = age_text(out_.birth, until);
  each_item(at(root, "identifier"), [&](Node each) {
    if (member(each, "system") == kResidentNumber) out_.number = member(each, "value");
  });
  each_item(at(root, "telecom"), [&](Node each) {
    if (out_.phone.empty() && member(each, "system") == "phone") out_.phone = member(each, "value");
  });
  out_.address = member(first_item(at(root, "address")), "text");
  out_.keeper = institution(at(root, "managingOrganization"));
  each_item(at(at(root, "meta"), "tag"), [&](Node tag) {
    out_.synthetic =
        out_.synthetic || (member(tag, "system") == "urn:witmed:tag" && member(tag, "code") == "synthetic");
  });
}

void Reader::allergy(Node root) {
  if (has_code(at(root, "clinicalStatus"), "resolved") ||
      has_code(at(root, "verificationStatus"), "refuted") ||
      has_code(at(root, "verificationStatus"), "entered-in-error"))
    return;
  const std::string code = first_code(at(root, "code"));
  if (code == "716186003" || code == "409137002" || code == "no-known-allergy") {
    out_.no_known_allergy = true;
    return;
  }
  Summary::Allergy allergy;
  allergy.name = name_of(at(root, "code"));
  allergy.severe = member(root, "criticality") == "high";
  const std::string onset = member(root, "onsetDateTime");
  allergy.since = day_of(onset.empty() ? member(root, "recordedDate") : onset);
  each_item(at(root, "reaction"), [&](Node reaction) {
    allergy.severe = allergy.severe || member(reaction, "severity") == "severe";
    each_item(at(reaction, "manifestation"), [&](Node sign) {
      if (!allergy.reactions.empty()) allergy.reactions += "、";
      allergy.reactions += name_of(sign);
    });
  });
  out_.allergies.push_back(std::move(allergy));
}

bool is_active(Node root) {
  if (at(root, "abatementDateTime") || at(root, "abatementPeriod") || at(root, "abatementString"))
    return false;
  const std::string status = first_code(at(root, "clinicalStatus"));
  return status.empty() || status == "active" || status == "recurrence" || status == "relapse";
}

void Reader::condition(Node root) {
  if (has_code(at(root, "verificationStatus"), "refuted") ||
      has_code(at(root, "verificationStatus"), "entered-in-error"))
    return;
  Summary::Problem now;
  now.code = first_code(at(root, "code"));
  now.name = name_of(at(root, "code"));
  if (now.name.empty()) return;
  now.chronic = !chronic_category(now.code).empty();
  now.active = is_active(root);
  const std::string onset = member(root, "onsetDateTime"), recorded = member(root, "recordedDate");
  now.since = day_of(onset.empty() ? recorded : onset);
  now.last = day_of(recorded.empty() ? onset : recorded);
  now.source = source_of(root);
  auto [found, added] = problems_.emplace(now.code.empty() ? now.name : now.code, now);
  if (added) return;
  Summary::Problem& kept = found->second;
  ++kept.times;
  // A chronic disease stays active while any entry says so; an acute one is as its last entry says.
  if (kept.chronic) kept.active = kept.active || now.active;
  if (!now.since.empty() && (kept.since.empty() || now.since < kept.since)) kept.since = now.since;
  if (now.last < kept.last) return;
  if (!kept.chronic) kept.active = now.active;
  kept.last = now.last;
  if (!now.source.empty()) kept.source = now.source;
}

void Reader::medicine(Node root) {
  const std::string status = member(root, "status");
  if (status == "entered-in-error" || status == "cancelled" || status == "draft") return;
  Summary::Medicine now;
  now.name = name_of(at(root, "medicationCodeableConcept"));
  if (now.name.empty()) {
    Node reference = at(root, "medicationReference");
    auto found = drugs_.find(target(reference, "Medication"));
    now.name = found != drugs_.end() ? found->second : member(reference, "display");
  }
  if (now.name.empty()) return;
  Node dosage = first_item(at(root, "dosageInstruction"));
  now.dosage = member(dosage, "text");
  now.written = day_of(member(root, "authoredOn"));
  now.over = status == "stopped" || status == "completed";
  Node dispense = at(root, "dispenseRequest");
  now.until = day_of(member(at(dispense, "validityPeriod"), "end"));
  if (now.until.empty())
    now.until = day_of(member(at(at(at(dosage, "timing"), "repeat"), "boundsPeriod"), "end"));
  Node supply = at(dispense, "expectedSupplyDuration");
  const std::string unit = member(supply, "code");
  if (now.until.empty() && now.written.size() == 10 && at(supply, "value") &&
      (unit == "d" || unit == "day")) {
    Node repeats = at(dispense, "numberOfRepeatsAllowed");
    const int64_t days = std::atoi(at(supply, "value").string().c_str()) *
                         (1 + (repeats ? std::atoi(repeats.string().c_str()) : 0));
    const CivilDate end =
        civil_from_days(days_from_civil({std::atoi(now.written.c_str()),
                                         static_cast<unsigned>(std::atoi(now.written.c_str() + 5)),
                                         static_cast<unsigned>(std::atoi(now.written.c_str() + 8))}) +
                        days);
    char text[32];
    snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(end.year), end.month, end.day);
    now.until = text;
  }
  now.source = source_of(root);
  auto [found, added] = medicines_.emplace(now.name, now);
  if (!added && now.written >= found->second.written) found->second = now;
}

std::string quantity_text(Node quantity) {
  Node value = at(quantity, "value");
  if (!value) return {};
  std::string unit = member(quantity, "unit");
  if (unit.empty()) unit = member(quantity, "code");
  // Powers of ten as they are read, not as they are typed.
  for (const auto& [typed, read] : {std::pair<std::string_view, std::string_view>{"10^9/L", "×10⁹/L"},
                                    {"10*9/L", "×10⁹/L"},
                                    {"10^12/L", "×10¹²/L"},
                                    {"10*12/L", "×10¹²/L"}})
    if (unit == typed) unit = read;
  return member(quantity, "comparator") + value.string() + (unit.empty() ? "" : " " + unit);
}

std::string value_text(Node of) {
  if (Node quantity = at(of, "valueQuantity")) return quantity_text(quantity);
  if (Node coded = at(of, "valueCodeableConcept")) return name_of(coded);
  if (Node text = at(of, "valueString")) return text_of(text);
  if (Node number = at(of, "valueInteger")) return number.string();
  return {};
}

// As the report itself says, or as its own range says; nothing where neither does.
std::string flag_text(Node of) {
  const std::string code = first_code(first_item(at(of, "interpretation")));
  if (code == "H" || code == "HH" || code == "HU") return "↑ 偏高";
  if (code == "L" || code == "LL" || code == "LU") return "↓ 偏低";
  if (code == "A" || code == "AA" || code == "POS" || code == "DET") return "! 异常";
  if (!code.empty()) return {};
  Node range = first_item(at(of, "referenceRange")), value = at(at(of, "valueQuantity"), "value");
  if (!value || at(at(of, "valueQuantity"), "comparator")) return {};
  const double number = std::strtod(value.string().c_str(), nullptr);
  if (Node high = at(at(range, "high"), "value");
      high && number > std::strtod(high.string().c_str(), nullptr))
    return "↑ 偏高";
  if (Node low = at(at(range, "low"), "value"); low && number < std::strtod(low.string().c_str(), nullptr))
    return "↓ 偏低";
  return {};
}

std::string range_text(Node of) {
  Node range = first_item(at(of, "referenceRange"));
  if (const std::string text = member(range, "text"); !text.empty()) return text;
  Node low = at(at(range, "low"), "value"), high = at(at(range, "high"), "value");
  if (low && high) return low.string() + "–" + high.string();
  if (low) return "≥ " + low.string();
  return high ? "≤ " + high.string() : std::string();
}

// A blood pressure is read as one thing: 142/88 mmHg.
void read_value(Node root, Summary::Result& result) {
  result.value = value_text(root);
  result.flag = flag_text(root);
  result.range = range_text(root);
  if (!result.value.empty()) return;
  std::vector<std::string> values;
  std::string unit;
  each_item(at(root, "component"), [&](Node part) {
    Node value = at(at(part, "valueQuantity"), "value");
    values.push_back(value ? value.string() : value_text(part));
    if (value) unit = member(at(part, "valueQuantity"), "unit");
    if (result.flag.empty()) result.flag = flag_text(part);
  });
  for (size_t i = 0; i < values.size(); ++i) result.value += (i > 0 ? "/" : "") + values[i];
  if (!result.value.empty() && !unit.empty()) result.value += " " + unit;
}

void Reader::observation(Node root) {
  const std::string status = member(root, "status");
  if (status == "entered-in-error" || status == "cancelled") return;
  Summary::Result now;
  now.name = name_of(at(root, "code"));
  std::string when = member(root, "effectiveDateTime");
  if (when.empty()) when = member(at(root, "effectivePeriod"), "start");
  if (when.empty()) when = member(root, "issued");
  now.day = day_of(when);
  read_value(root, now);
  if (now.name.empty() || now.value.empty()) return;
  each_item(at(root, "category"),
            [&](Node category) { now.vital = now.vital || has_code(category, "vital-signs"); });
  now.source = source_of(root);
  const std::string code = first_code(at(root, "code"));
  auto [found, added] = results_.emplace(code.empty() ? now.name : code, now);
  if (!added && now.day >= found->second.day) found->second = now;
}

void Reader::immunization(Node root) {
  const std::string status = member(root, "status");
  if (!status.empty() && status != "completed") return;
  const std::string name = name_of(at(root, "vaccineCode"));
  if (name.empty()) return;
  Summary::Vaccine& vaccine = vaccines_[name];
  vaccine.name = name;
  ++vaccine.doses;
  vaccine.last = std::max(vaccine.last, day_of(member(root, "occurrenceDateTime")));
}

std::string visit_kind(const std::string& code) {
  if (code == "AMB") return "门诊";
  if (code == "IMP" || code == "ACUTE" || code == "NONAC") return "住院";
  if (code == "EMER") return "急诊";
  if (code == "HH") return "上门";
  return code == "VR" ? "线上" : "";
}

void Reader::visit(Node root) {
  const std::string status = member(root, "status");
  if (status == "entered-in-error" || status == "cancelled" || status == "planned") return;
  Summary::Visit visit;
  visit.day = day_of(member(at(root, "period"), "start"));
  visit.kind = visit_kind(member(at(root, "class"), "code"));
  visit.place = institution(at(root, "serviceProvider"));
  visit.reason = name_of(first_item(at(root, "reasonCode")));
  if (visit.reason.empty()) visit.reason = name_of(first_item(at(root, "type")));
  out_.visits.push_back(std::move(visit));
}

void Reader::team(Node root) {
  const std::string status = member(root, "status"), start = member(at(root, "period"), "start");
  if ((!status.empty() && status != "active") || start < team_start_) return;
  team_start_ = start;
  out_.contract = institution(first_item(at(root, "managingOrganization")));
  each_item(at(root, "participant"), [&](Node each) {
    Node who = at(each, "member");
    if (target(who, "Practitioner").empty() || out_.contract.find(" · ") != std::string::npos) return;
    if (const std::string name = member(who, "display"); !name.empty()) out_.contract += " · " + name;
  });
}

template <typename T>
std::vector<T> values_of(std::map<std::string, T>& map) {
  std::vector<T> out;
  for (auto& [key, value] : map) out.push_back(std::move(value));
  return out;
}

Summary Reader::finish() {
  out_.problems = values_of(problems_);
  std::stable_sort(out_.problems.begin(), out_.problems.end(), [](const auto& a, const auto& b) {
    auto rank = [](const Summary::Problem& p) { return (p.active ? 0 : 2) + (p.chronic ? 0 : 1); };
    return rank(a) != rank(b) ? rank(a) < rank(b) : a.last > b.last;
  });
  out_.medicines = values_of(medicines_);
  std::stable_sort(out_.medicines.begin(), out_.medicines.end(),
                   [](const auto& a, const auto& b) { return a.written > b.written; });
  out_.results = values_of(results_);
  std::stable_sort(out_.results.begin(), out_.results.end(),
                   [](const auto& a, const auto& b) { return a.day > b.day; });
  out_.vaccines = values_of(vaccines_);
  std::stable_sort(out_.vaccines.begin(), out_.vaccines.end(),
                   [](const auto& a, const auto& b) { return a.last > b.last; });
  std::stable_sort(out_.visits.begin(), out_.visits.end(),
                   [](const auto& a, const auto& b) { return a.day > b.day; });
  out_.sources = values_of(sources_);
  std::stable_sort(out_.sources.begin(), out_.sources.end(), [](const auto& a, const auto& b) {
    return a.name.empty() != b.name.empty() ? b.name.empty() : a.entries > b.entries;
  });
  std::stable_sort(out_.allergies.begin(), out_.allergies.end(),
                   [](const auto& a, const auto& b) { return a.severe > b.severe; });
  return std::move(out_);
}

}  // namespace

Summary summarise(std::string_view patient_id, const std::vector<record::Version>& versions, int32_t today) {
  Reader reader(patient_id, today);
  reader.read(versions);
  return reader.finish();
}

}  // namespace witmed::services
