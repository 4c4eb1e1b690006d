#include "services/keeping/form.h"

#include <algorithm>

#include "base/text.h"
#include "fhir/temporal.h"
#include "services/identity/division.h"
#include "services/keeping/change.h"

namespace witmed::keeping {
namespace {

using fhir::Issue;
using fhir::Severity;
using identity::ToldDate;
using services::part_text;

constexpr size_t kTextBytes = 600;  // of one field: an address, a description
constexpr size_t kItems = 30;       // documents, telephones, contacts, allergies, diseases
constexpr int kOldestYears = 120;   // beyond: asked whether that is right

class Reader {
 public:
  Reader(const services::Request& request, bool newborn) : request_(request) { form_.newborn = newborn; }

  Form read() {
    form_.unknown_person = request_.truth("unknown-person");
    name();
    sex();
    birth();
    nationality();
    documents();
    compare_documents();
    phones();
    place();
    lists();
    asked();
    numbers();
    return std::move(form_);
  }

 private:
  void find(Severity severity, const char* rule, std::string field, std::string en, std::string zh) {
    Issue issue{severity, severity == Severity::error ? "value" : "business-rule", std::move(en), std::move(zh), std::move(field), 0, 0};
    issue.rule = rule;
    form_.findings.push_back(std::move(issue));
  }
  void wrong(const char* rule, std::string field, std::string en, std::string zh) {
    find(Severity::error, rule, std::move(field), std::move(en), std::move(zh));
  }
  void ask(const char* rule, std::string field, std::string en, std::string zh) {
    find(Severity::warning, rule, std::move(field), std::move(en), std::move(zh));
  }
  void note(const char* rule, std::string field, std::string en, std::string zh) {
    find(Severity::information, rule, std::move(field), std::move(en), std::move(zh));
  }
  std::string text(std::string_view field) {
    std::string value = request_.text(field);
    if (value.size() <= kTextBytes) return value;
    wrong("text-too-long", std::string(field), "this is too long", "内容过长");
    return {};
  }
  std::vector<const fhir::Value*> all(std::string_view field) {
    auto list = request_.all(field);
    if (list.size() <= kItems) return list;
    wrong("too-many", std::string(field), "too many", "条目过多");
    list.resize(kItems);
    return list;
  }

  void name() {
    const std::string written = text("name");
    if (written.empty() && (form_.unknown_person || form_.newborn)) return;
    form_.name = identity::read_name(written);
    if (!form_.name.fault_en.empty()) wrong("name", "name", form_.name.fault_en, form_.name.fault_zh);
  }

  void sex() {
    const std::string written = text("sex");
    form_.sex = identity::sex_code(written);
    if (form_.sex) return;
    if (!written.empty())
      wrong("sex", "sex", "a sex code is 0, 1, 2 or 9 (GB/T 2261.1)", "性别应为 男、女、未知 或 未说明");
    else if (!form_.unknown_person)
      wrong("sex-missing", "sex", "choose the sex; it may be \"unknown\"", "请选择性别，不清楚可选“未知”");
  }

  void birth() {
    const std::string lunar = text("birth-date-told");
    form_.birth = identity::read_birth_date(lunar.empty() ? text("birth-date") : lunar);
    identity::BirthDate& birth = form_.birth;
    if (!lunar.empty() && birth.kind != ToldDate::empty) {
      birth.kind = ToldDate::lunar;
      birth.date.clear();
    }
    switch (birth.kind) {
      case ToldDate::empty: break;
      case ToldDate::lunar:
        note("birth-date-lunar", "birth-date", "kept as it was told; a lunar date is not turned into a day",
             "农历日期按原话保存，不换算成公历；请以证件上的公历日期为准");
        break;
      case ToldDate::ambiguous:
        wrong("birth-date-ambiguous", "birth-date", "write the year with four digits, then month, then day", "请按 年-月-日 填写，年份为四位");
        break;
      case ToldDate::impossible: wrong("birth-date", "birth-date", "there is no such day", "没有这个日期，请按 年-月-日 填写"); break;
      default: judge_birth();
    }
  }

  void judge_birth() {
    const std::string& date = form_.birth.date;
    if (date > request_.today().substr(0, date.size())) return wrong("birth-date-future", "birth-date", "the birth date lies ahead", "出生日期晚于今天");
    if (std::stoi(request_.today().substr(0, 4)) - std::stoi(date.substr(0, 4)) > kOldestYears)
      ask("birth-date-old", "birth-date", "older than 120 years", "年龄超过 120 岁，请核对");
  }

  void nationality() {
    const std::string written = text("nationality");
    form_.nationality = identity::nationality(written);
    if (!written.empty() && !form_.nationality)
      wrong("nationality", "nationality", "not a nationality of GB/T 3304", "民族应为 GB/T 3304 中的名称或代码");
  }

  void documents() {
    for (const fhir::Value* each : all("document")) {
      const std::string kind = part_text(*each, "kind"), number = part_text(*each, "number");
      if (number.empty()) continue;
      FormDocument document;
      document.kind = identity::document_kind(kind.empty() ? "resident-id" : kind);
      if (!document.kind) {
        wrong("document-kind", "document", "not a kind of document that is known here", "不认识的证件种类：" + kind);
        continue;
      }
      document.number = identity::read_document_number(*document.kind, number);
      document.valid_until = part_text(*each, "valid-until");
      const std::string name(document.kind->zh);
      if (!document.number.good())
        find(document.number.certain ? Severity::error : Severity::warning, "document-number", "document", document.number.fault_en,
             name + "：" + document.number.fault_zh);
      if (!document.valid_until.empty()) judge_validity(document);
      form_.documents.push_back(std::move(document));
    }
    if (form_.documents.empty() && !form_.unknown_person && !form_.newborn)
      ask("document-none", "document", "no identity document: the person cannot be told from another of the same name",
          "没有任何证件：以后难以与同名的人区分，确认暂无证件？");
  }

  void judge_validity(const FormDocument& document) {
    const auto day = fhir::parse_date_time(document.valid_until);
    if (!day || day->precision != fhir::Temporal::Precision::day)
      wrong("document-validity", "document", "the date of expiry is no day", "证件有效期截止日期不正确");
    else if (document.valid_until < request_.today())
      ask("document-expired", "document", "this document has expired", std::string(document.kind->zh) + "已过有效期");
  }

  // What the numbers say of birth and sex, against what was written.
  void compare_documents() {
    for (const FormDocument& each : form_.documents) {
      if (!each.number.birth_date) continue;
      const std::string& date = *each.number.birth_date;
      const std::string name(each.kind->zh);
      if (date > request_.today()) {
        wrong("document-future", "document", "the birth date in the number lies ahead", name + "号码中的出生日期晚于今天");
      } else if (form_.birth.date.empty() && form_.birth.kind != ToldDate::ambiguous && form_.birth.kind != ToldDate::impossible) {
        form_.birth.date = date;
        note("birth-date-from-document", "birth-date", "the birth date is taken from the number", "出生日期取自" + name + "号码：" + date);
      } else if (!form_.birth.date.empty() && date.substr(0, form_.birth.date.size()) != form_.birth.date) {
        ask("birth-date-differs", "birth-date", "the number says " + date, "与" + name + "号码中的出生日期 " + date + " 不一致");
      }
      if (form_.sex && each.number.male && form_.sex->gender != (*each.number.male ? "male" : "female"))
        ask("sex-differs", "sex", "the number is that of another sex", "与" + name + "号码中的性别不一致");
      if (each.number.first_generation)
        note("first-generation", "document", "kept with its 18-digit form", "15 位旧号码，已补成 18 位：" + each.number.number);
      const std::string region = each.number.number.substr(0, 6);
      if (each.kind->code == "resident-id" && !identity::division_name(region))
        note("region-unknown", "document", "the region code is not in today's list: it may have been abolished",
             "号码前六位 " + region + " 不在现行行政区划中，可能是已撤销的区划");
    }
    const bool birth_wanted = form_.birth.date.empty() && form_.birth.kind == ToldDate::empty;
    if (birth_wanted && !form_.unknown_person)
      ask("birth-date-missing", "birth-date", "no birth date: age cannot be told", "没有出生日期，无法计算年龄，确认不详？");
  }

  void phones() {
    for (const fhir::Value* each : all("phone")) {
      const std::string written(trim(services::value_of(*each).text()));
      if (written.empty()) continue;
      const std::string number = phone_number(written);
      if (number.size() < 5)
        wrong("phone", "phone", "not a telephone number", "电话号码不正确");
      else if (!looks_like_phone(number))
        ask("phone-form", "phone", "this does not look like a telephone number of China", "不像国内的电话号码，请核对");
      form_.phones.push_back(number);
    }
  }
  static std::string phone_number(std::string_view written) {
    std::string out;
    for (char c : written)
      if ((c >= '0' && c <= '9') || c == '+') out += c;
    return out;
  }
  static bool looks_like_phone(std::string_view n) {
    if (n.starts_with("+")) return n.size() >= 8;
    return n[0] == '0' ? n.size() >= 10 && n.size() <= 12 : n[0] == '1' ? n.size() == 11 : n.size() == 7 || n.size() == 8;
  }

  void place() {
    form_.address = text("address");
    form_.county = text("county");
    form_.village = text("village");
    form_.grid = text("grid");
    form_.household = text("household");
    form_.household_role = text("household-role");
    form_.organization = text("organization");
    if (!form_.county.empty() && identity::division_path(form_.county).empty())
      ask("county-unknown", "county", "not a county of today's list", "区县代码 " + form_.county + " 不在现行行政区划中");
  }

  void lists() {
    for (const fhir::Value* each : all("contact")) {
      FormContact contact{part_text(*each, "name"), part_text(*each, "relationship"), phone_number(part_text(*each, "phone"))};
      if (!contact.name.empty() || !contact.phone.empty()) form_.contacts.push_back(std::move(contact));
    }
    for (const fhir::Value* each : all("allergy"))
      if (std::string substance = part_text(*each, "substance"); !substance.empty())
        form_.allergy_list.push_back({std::move(substance), part_text(*each, "reaction")});
    for (const fhir::Value* each : all("history")) {
      FormHistory history{part_text(*each, "disease"), part_text(*each, "year")};
      if (history.disease.empty()) continue;
      const auto year = fhir::parse_date_time(history.year);
      if (!history.year.empty() && (!year || history.year > request_.today().substr(0, history.year.size())))
        wrong("history-year", "history", "write the year as 2015", "患病年份应写成 2015 的形式，且不晚于今年");
      form_.history_list.push_back(std::move(history));
    }
  }

  void asked() {
    form_.allergies = read_asked("allergies", !form_.allergy_list.empty());
    form_.history = read_asked("past-diseases", !form_.history_list.empty());
    const std::string consent = text("consent");
    if (consent == "given" || consent == "refused") form_.consent = consent == "given";
    if (form_.consent && !*form_.consent)
      ask("consent-refused", "consent", "consent to keep a record was refused: only who it is will be kept", "本人不同意建档：只登记身份，不保存健康内容");
  }
  Asked read_asked(const char* field, bool listed) {
    const std::string written = text(field);
    if (listed && written == "none") wrong("asked-contradiction", field, "\"none\" contradicts the list", "选了“无”，却又填写了内容");
    if (listed) return Asked::yes;
    if (written == "none") return Asked::none;
    if (written == "yes") wrong("asked-empty", field, "say which", "选了“有”，请写明是什么");
    return Asked::not_asked;
  }

  void numbers() {
    form_.health_card = identity_number("health-card");
    form_.insurance = identity_number("insurance");
    form_.health_record = identity_number("health-record");
    form_.marital_status = text("marital-status");
    form_.description = text("description");
    // 国家基本公共卫生服务规范（第三版）附件9 二: 6 digits of the county, 3 of the town, 3 of the village, 5 of the person.
    const std::string& n = form_.health_record;
    const bool digits = n.find_first_not_of("0123456789") == std::string::npos;
    if (!n.empty() && (n.size() != 17 || !digits))
      wrong("health-record-number", "health-record", "a health record number has 17 digits", "居民健康档案编号应为 17 位数字");
    else if (!n.empty() && (n.substr(9, 3) == "000" || n.substr(9, 3) == "100" || (n[9] >= '2' && n[9] <= '8') || n.substr(9, 3) == "900"))
      wrong("health-record-village", "health-record", "the third part is 001–099, 101–199 or 901–999",
            "档案编号第三段应为 001-099（居委会）、101-199（村委会）或 901-999（其他组织）");
  }
  std::string identity_number(std::string_view field) {
    std::string out;
    for (char c : text(field))
      if (c != ' ') out += c;
    return out;
  }

  const services::Request& request_;
  Form form_;
};

}  // namespace

Form read_form(const services::Request& request, bool newborn) { return Reader(request, newborn).read(); }

void refuse_unconfirmed(const services::Request& request, const std::vector<Issue>& findings) {
  std::vector<std::string> confirmed;
  for (const fhir::Value* each : request.all("confirm")) confirmed.emplace_back(services::value_of(*each).text());
  std::vector<Issue> open;
  for (const Issue& each : findings) {
    const bool agreed = std::find(confirmed.begin(), confirmed.end(), each.rule) != confirmed.end();
    if (each.severity == Severity::error || (each.severity == Severity::warning && !agreed)) open.push_back(each);
  }
  if (!open.empty()) throw fhir::Rejection(422, std::move(open));
}

std::vector<fhir::Value> finding_parameters(const std::vector<Issue>& findings) {
  std::vector<fhir::Value> list;
  for (const Issue& each : findings) {
    const char* severity = each.severity == Severity::error ? "error" : each.severity == Severity::warning ? "warning" : "information";
    list.push_back(parts("finding", {parameter("severity", "valueCode", severity), parameter("rule", "valueCode", each.rule),
                                     parameter("field", "valueString", each.expression), parameter("zh", "valueString", each.zh),
                                     parameter("en", "valueString", each.en)}));
  }
  return list;
}

}  // namespace witmed::keeping
