// The URIs of identifiers and code systems that the synthetic county uses, in one place.
#pragma once
#include <string_view>

namespace witmed::generate::systems {

// Marks every generated resource (meta.tag): nothing here is about a real person.
inline constexpr std::string_view kTag = "urn:witmed:tag";

// National object identifiers as published in the WS/T document standards; not verified against the register.
inline constexpr std::string_view kResidentNumber = "urn:oid:2.16.156.10011.1.3";  // 居民身份证号码
inline constexpr std::string_view kHealthCard = "urn:oid:2.16.156.10011.1.19";     // 居民健康卡号
inline constexpr std::string_view kIcd10 = "urn:oid:2.16.156.10011.2.3.3.11";    // ICD-10, insurance edition
inline constexpr std::string_view kIcd9Cm3 = "urn:oid:2.16.156.10011.2.3.3.12";  // 手术操作 ICD-9-CM-3

// Our own.
inline constexpr std::string_view kInstitutionCode = "urn:witmed:id:uscc";  // 统一社会信用代码 GB 32100
inline constexpr std::string_view kInstitutionLicence =
    "urn:witmed:id:institution-licence";  // 医疗机构登记号
inline constexpr std::string_view kInsuredInstitution =
    "urn:witmed:id:insured-institution";  // 医保定点机构代码
inline constexpr std::string_view kInstitutionLevel = "urn:witmed:cs:institution-level";
inline constexpr std::string_view kPractitionerNumber = "urn:witmed:id:practitioner";
inline constexpr std::string_view kPractitionerLicence =
    "urn:witmed:id:practitioner-licence";                            // 执业证书编号
inline constexpr std::string_view kLicence = "urn:witmed:cs:licence";             // 执业资格类别
inline constexpr std::string_view kLicenceScope = "urn:witmed:cs:licence-scope";  // 执业范围
inline constexpr std::string_view kBirthCertificate = "urn:witmed:id:birth-certificate";  // 出生医学证明编号
inline constexpr std::string_view kRecordNumber =
    "urn:witmed:id:record";  // 病案号 of the institution that keeps the Patient
inline constexpr std::string_view kHousehold = "urn:witmed:id:household";  // 户号
inline constexpr std::string_view kGroup = "urn:witmed:cs:group";
inline constexpr std::string_view kHouseholdRoleExtension = "urn:witmed:ext:household-role";  // 与户主关系
inline constexpr std::string_view kVillageExtension = "urn:witmed:ext:village";               // of an address
inline constexpr std::string_view kContractNumber = "urn:witmed:id:contract";
inline constexpr std::string_view kClaimNumber = "urn:witmed:id:claim";
inline constexpr std::string_view kInsuranceNumber = "urn:witmed:id:insurance";
inline constexpr std::string_view kEncounterNumber = "urn:witmed:id:encounter";
inline constexpr std::string_view kDepartment = "urn:witmed:cs:department";
inline constexpr std::string_view kVaccine = "urn:witmed:cs:nip-vaccine";  // 国家免疫规划疫苗
inline constexpr std::string_view kInsuranceType = "urn:witmed:cs:insurance-type";
inline constexpr std::string_view kCharge = "urn:witmed:cs:charge";  // 收费类别
inline constexpr std::string_view kService = "urn:witmed:cs:service";
inline constexpr std::string_view kTitle = "urn:witmed:cs:professional-title";
inline constexpr std::string_view kEthnicityExtension = "urn:witmed:ext:ethnicity";
inline constexpr std::string_view kEthnicity = "urn:oid:2.16.156.10011.2.3.3.3";  // GB/T 3304, unverified

// International.
inline constexpr std::string_view kLoinc = "http://loinc.org";
inline constexpr std::string_view kUcum = "http://unitsofmeasure.org";
inline constexpr std::string_view kAtc = "http://www.whocc.no/atc";

}  // namespace witmed::generate::systems
