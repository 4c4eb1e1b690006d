#include "services/identity/document.h"

#include "services/identity/resident_number.h"

namespace witmed::identity {
namespace {

constexpr DocumentKind kKinds[] = {
    {"resident-id", "居民身份证", "Resident identity card", "urn:oid:2.16.156.10011.1.3", "NI", true},
    {"household-book", "居民户口簿", "Household register", "urn:witmed:id:household-book", "LR", false},
    {"birth-certificate", "出生医学证明", "Medical certificate of birth", "urn:witmed:id:birth-certificate",
     "BCT", false},
    {"passport", "护照", "Passport", "urn:witmed:id:passport", "PPN", false},
    {"hk-macao-permit", "港澳居民来往内地通行证", "Mainland travel permit (Hong Kong, Macao)",
     "urn:witmed:id:hk-macao-permit", "", false},
    {"taiwan-permit", "台湾居民来往大陆通行证", "Mainland travel permit (Taiwan)",
     "urn:witmed:id:taiwan-permit", "", false},
    {"hmt-residence", "港澳台居民居住证", "Residence permit (Hong Kong, Macao, Taiwan)",
     "urn:witmed:id:hmt-residence", "PRC", true},
    {"foreign-residence", "外国人永久居留身份证", "Foreign permanent resident identity card",
     "urn:witmed:id:foreign-residence", "PRC", true},
};

bool digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }
bool letters(std::string_view text) {
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}
bool letters_or_digits(std::string_view text) {
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
}

void blame(DocumentNumber& read, bool certain, std::string en, std::string zh) {
  read.fault_en = std::move(en);
  read.fault_zh = std::move(zh);
  read.certain = certain;
}

void read_numbered_alike(const DocumentKind& kind, std::string_view text, DocumentNumber& read) {
  const ResidentNumber number = read_resident_number(text);
  read.number = number.number;
  switch (number.fault) {
    case NumberFault::none: break;
    case NumberFault::length:
      return blame(read, true, "an identity number has 18 characters (15 on old cards)",
                   "身份号码应为 18 位（旧证 15 位），现为 " + std::to_string(number.number.size()) + " 位");
    case NumberFault::characters:
      return blame(read, true, "an identity number has digits only, and X at the end",
                   "身份号码只能是数字，末位可为 X");
    case NumberFault::date:
      return blame(read, true, "the number has no such birth date", "号码中的出生日期不存在");
    case NumberFault::check:
      return blame(read, true, "the check digit does not agree: a digit was mistyped",
                   "校验位不符：有数字输错，请核对证件");
  }
  read.birth_date = number.birth_date;
  read.male = number.male;
  read.first_generation = number.first_generation;
  const std::string_view region = number.region;
  if (kind.code == "hmt-residence" && region != "810000" && region != "820000" && region != "830000")
    blame(read, true, "a residence permit begins with 810000, 820000 or 830000",
          "港澳台居民居住证号码应以 810000、820000 或 830000 开头");
  if (kind.code == "foreign-residence" && region[0] != '9')
    blame(read, true, "a foreign permanent resident's number begins with 9",
          "外国人永久居留身份证（新版）号码应以 9 开头");
  if (kind.code == "resident-id" &&
      (region[0] == '9' || region.starts_with("81") || region.starts_with("82") || region.starts_with("83")))
    blame(read, false, "this is the number of another kind of document (residence permit)",
          "这是居住证或永久居留身份证的号码，请核对证件种类");
}

// Forms of the other numbers. A number that looks different is asked about.
bool looks_right(std::string_view kind, std::string_view n) {
  if (kind == "birth-certificate") return n.size() == 10 && letters(n.substr(0, 1)) && digits(n.substr(1));
  if (kind == "passport") return n.size() >= 5 && n.size() <= 15 && letters_or_digits(n);
  if (kind == "hk-macao-permit")
    return (n.size() == 9 || n.size() == 11) && (n[0] == 'H' || n[0] == 'M') && digits(n.substr(1));
  if (kind == "taiwan-permit") return (n.size() == 8 || n.size() == 10) && digits(n.substr(0, 8));
  return letters_or_digits(n);
}

}  // namespace

std::span<const DocumentKind> document_kinds() { return kKinds; }

const DocumentKind* document_kind(std::string_view text) {
  for (const DocumentKind& each : kKinds)
    if (text == each.code || text == each.zh) return &each;
  if (text == "身份证" || text == "居民身份证号" || text == "身份证号") return &kKinds[0];
  if (text == "户口簿" || text == "户口本") return &kKinds[1];
  return nullptr;
}

const DocumentKind* document_kind_of_system(std::string_view system) {
  for (const DocumentKind& each : kKinds)
    if (system == each.system) return &each;
  return nullptr;
}

DocumentNumber read_document_number(const DocumentKind& kind, std::string_view text) {
  DocumentNumber read;
  read.number = plain_document_number(text);
  const std::string& n = read.number;
  if (n.empty() || n.size() > 40) {
    blame(read, true, "a document has a number of 1 to 40 characters", "请填写证件号码（1–40 个字符）");
    return read;
  }
  // The permanent residence card before 2023: three letters and twelve digits.
  const bool old_residence = kind.code == "foreign-residence" && n.size() == 15 &&
                             letters(std::string_view(n).substr(0, 3)) &&
                             digits(std::string_view(n).substr(3));
  if (kind.resident_number && !old_residence) {
    read_numbered_alike(kind, text, read);
  } else if (!old_residence && !looks_right(kind.code, n)) {
    const std::string name(kind.zh);
    blame(read, false, "this does not look like a number of that document",
          "与" + name + "号码的一般写法不同，请核对");
  }
  return read;
}

}  // namespace witmed::identity
