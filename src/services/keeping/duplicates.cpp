#include "services/keeping/duplicates.h"

#include <algorithm>
#include <map>

#include "services/identity/resident_number.h"
#include "services/keeping/find.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

// How many of each question are looked at: a birthday of a million people has about forty.
constexpr uint32_t kSameBirthday = 200, kSameName = 60, kSameNumber = 20;

struct Weight {
  const char* reason;
  int points;
};
constexpr Weight kDocument{"document", 100}, kName{"name", 40}, kNameSound{"name-sound", 32}, kNameLike{"name-like", 20},
    kNameOther{"name-other", -25}, kBirthDate{"birth-date", 30}, kBirthDateSwapped{"birth-date-swapped", 18},
    kBirthDateLike{"birth-date-like", 14}, kBirthYear{"birth-year", 8}, kBirthDateOther{"birth-date-other", -15}, kSex{"sex", 5},
    kSexOther{"sex-other", -20}, kPhone{"phone", 20}, kVillage{"village", 8};

std::vector<std::string> numbers_of(const Form& form) {
  std::vector<std::string> numbers;
  for (const FormDocument& each : form.documents) {
    if (each.kind->code == "household-book" || each.number.certain) continue;
    numbers.push_back(each.number.number);
    if (each.kind->resident_number && each.number.birth_date)
      if (auto old = identity::to_first_generation(each.number.number)) numbers.push_back(*old);
  }
  for (const std::string* each : {&form.health_card, &form.insurance, &form.health_record})
    if (!each->empty()) numbers.push_back(*each);
  return numbers;
}

class Judge {
 public:
  Judge(const Form& form, const std::vector<std::string>& numbers) : form_(form), numbers_(numbers) {}

  Candidate judge(record::Version version) {
    candidate_ = Candidate{std::move(version), 0, false, {}};
    const Value patient = Value::parse(*candidate_.patient.text);
    documents(patient);
    name(patient);
    birth(patient.text("birthDate"));
    sex(patient.text("gender"));
    contact(patient);
    candidate_.score = candidate_.certain ? 100 : std::clamp(candidate_.score, 0, 99);
    return std::move(candidate_);
  }

 private:
  void count(const Weight& weight) {
    candidate_.score += weight.points;
    candidate_.reasons.emplace_back(weight.reason);
  }
  void documents(const Value& patient) {
    for (const Value& each : patient.at("identifier").items())
      if (std::find(numbers_.begin(), numbers_.end(), each.text("value")) != numbers_.end() && each.text("use") != "temp") {
        candidate_.certain = true;
        return count(kDocument);
      }
  }
  void name(const Value& patient) {
    if (form_.name.text.empty()) return;
    double best = 0;
    for (const Value& each : patient.at("name").items()) {
      std::string whole(each.text("text"));
      if (whole.empty()) {
        whole = each.text("family");
        for (const Value& given : each.at("given").items()) whole += given.text();
      }
      best = std::max(best, identity::name_likeness(form_.name.text, whole));
    }
    if (best == 1) count(kName);
    else if (best >= 0.9) count(kNameSound);
    else if (best >= 0.5) count(kNameLike);
    else count(kNameOther);
  }
  void birth(std::string_view theirs) {
    const std::string& ours = form_.birth.date;
    if (ours.empty() || theirs.empty()) return;
    if (ours == theirs && ours.size() == 10) return count(kBirthDate);
    const size_t known = std::min(ours.size(), theirs.size());
    if (known < 10) return count(ours.substr(0, 4) == theirs.substr(0, 4) ? kBirthYear : kBirthDateOther);
    const std::string year = ours.substr(0, 4), month = ours.substr(5, 2), day = ours.substr(8, 2);
    const std::string other_year(theirs.substr(0, 4)), other_month(theirs.substr(5, 2)), other_day(theirs.substr(8, 2));
    if (year == other_year && month == other_day && day == other_month) return count(kBirthDateSwapped);
    const int same = (year == other_year) + (month == other_month) + (day == other_day);
    count(same == 2 ? kBirthDateLike : kBirthDateOther);
  }
  void sex(std::string_view theirs) {
    if (!form_.sex || theirs.empty() || theirs == "unknown" || form_.sex->gender == "unknown") return;
    count(form_.sex->gender == theirs ? kSex : kSexOther);
  }
  void contact(const Value& patient) {
    for (const Value& each : patient.at("telecom").items())
      if (std::find(form_.phones.begin(), form_.phones.end(), each.text("value")) != form_.phones.end()) {
        count(kPhone);
        break;
      }
    const Value& addresses = patient.at("address");
    for (const Value& each : addresses.items())
      if (!form_.village.empty() && extension(each, systems::kVillageExt).text("valueString") == form_.village) {
        count(kVillage);
        break;
      }
  }

  const Form& form_;
  const std::vector<std::string>& numbers_;
  Candidate candidate_;
};

std::string year_window(const std::string& date, int from) { return std::to_string(std::stoi(date.substr(0, 4)) + from); }

}  // namespace

std::vector<Candidate> candidates(const Request& request, const Form& form, std::string_view except, size_t count) {
  const std::vector<std::string> numbers = numbers_of(form);
  std::map<std::string, record::Version> seen;
  const auto gather = [&](SearchParams params, uint32_t most) {
    for (auto& version : found(request, "Patient", std::move(params), most))
      if (version.id != except) seen.emplace(version.id, version);
  };
  std::string any_number;
  for (const std::string& each : numbers) any_number += (any_number.empty() ? "" : ",") + escaped(each);
  if (!any_number.empty()) gather({{"identifier", any_number}}, kSameNumber);
  const std::string& birth = form.birth.date;
  const std::string& name = form.name.text;
  const bool named = identity::characters(name) >= 2 && form.name.fault_en.empty();
  if (birth.size() == 10) {
    gather({{"birthdate", birth}}, kSameBirthday);
    // A slip in the date: the same name within some years.
    if (named) gather({{"name", escaped(name)}, {"birthdate", "ge" + year_window(birth, -10)}, {"birthdate", "le" + year_window(birth, 10)}}, kSameName);
  } else if (named) {
    gather({{"name", escaped(name)}}, kSameName);
  }
  for (const std::string& phone : form.phones) gather({{"phone", escaped(phone)}}, kSameNumber);

  std::vector<Candidate> list;
  Judge judge(form, numbers);
  for (auto& [id, version] : seen) {
    Candidate each = judge.judge(std::move(version));
    if (each.certain || each.score >= kShown) list.push_back(std::move(each));
  }
  std::stable_sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  if (list.size() > count) list.resize(count);
  return list;
}

void add_findings(const Request& request, const std::vector<Candidate>& list, std::vector<fhir::Issue>& findings) {
  std::vector<std::string> different;
  for (const Value* each : request.all("different-from")) {
    const Value& value = services::value_of(*each);
    different.push_back(id_of("Patient", value.kind() == fhir::Kind::object ? value.text("reference") : value.text()));
  }
  for (const Candidate& each : list) {
    const bool told_apart = std::find(different.begin(), different.end(), each.patient.id) != different.end();
    const std::string who = "Patient/" + each.patient.id;
    fhir::Issue issue{fhir::Severity::error, "duplicate", {}, {}, "document", 0, 0};
    if (each.certain) {
      issue.rule = "document-taken";
      issue.en = "a document of this number belongs to " + who;
      issue.zh = "该号码已登记在 " + who + "；请打开那份档案，不要重复建档";
    } else if (each.score >= kLikely && !told_apart) {
      issue.severity = fhir::Severity::warning;
      issue.rule = "duplicate-likely";
      issue.expression = "different-from";
      issue.en = "this may be " + who + ": open that record, or say that it is somebody else";
      issue.zh = "可能与 " + who + " 是同一人；请打开核对，或确认不是同一人";
    } else {
      continue;
    }
    findings.push_back(std::move(issue));
  }
}

std::vector<Value> candidate_parameters(const Request& request, const std::vector<Candidate>& list) {
  std::vector<Value> out;
  for (const Candidate& each : list) {
    Value patient = Value::parse(*each.patient.text);
    const std::string age = identity::age_text_zh(identity::age_on(patient.text("birthDate"), request.today()));
    std::vector<Value> row = {Value::object({{"name", "resident"}, {"resource", patient}}),
                              parameter("score", "valueInteger", Value::number(each.score)),
                              parameter("certain", "valueBoolean", Value(each.certain)), parameter("age", "valueString", age)};
    for (const std::string& reason : each.reasons) row.push_back(parameter("reason", "valueCode", reason));
    out.push_back(parts("candidate", std::move(row)));
  }
  return out;
}

}  // namespace witmed::keeping
