// Systems and extensions of what is kept about people and institutions. Numbers of identity documents: identity/document.h.
#pragma once
#include <string_view>

namespace witmed::keeping::systems {

// National identifiers as published in the WS/T document standards; not verified against the register.
inline constexpr std::string_view kResidentNumber = "urn:oid:2.16.156.10011.1.3";
inline constexpr std::string_view kHealthCard = "urn:oid:2.16.156.10011.1.19";
inline constexpr std::string_view kNationality = "urn:oid:2.16.156.10011.2.3.3.3";  // GB/T 3304
inline constexpr std::string_view kIcd10 = "urn:oid:2.16.156.10011.2.3.3.11";

// Identifiers of our own.
inline constexpr std::string_view kCreditCode = "urn:witmed:id:uscc";                       // 统一社会信用代码
inline constexpr std::string_view kInstitutionLicence = "urn:witmed:id:institution-licence";  // 医疗机构登记号
inline constexpr std::string_view kDesignation = "urn:witmed:id:insured-institution";     // 医保定点编码
inline constexpr std::string_view kStaffNumber = "urn:witmed:id:practitioner";
inline constexpr std::string_view kLicence = "urn:witmed:id:practitioner-licence";                       // 执业证书编号
inline constexpr std::string_view kHealthRecord = "urn:witmed:id:health-record";            // 居民健康档案编号
inline constexpr std::string_view kInsurance = "urn:witmed:id:insurance";
inline constexpr std::string_view kHousehold = "urn:witmed:id:household";                   // 户号
inline constexpr std::string_view kTemporary = "urn:witmed:id:temporary";                   // of a person not identified yet

// Code systems of our own.
inline constexpr std::string_view kAct = "urn:witmed:cs:keeping-act";
inline constexpr std::string_view kDocumentKind = "urn:witmed:cs:identity-document";
inline constexpr std::string_view kGroup = "urn:witmed:cs:group";
inline constexpr std::string_view kInstitutionLevel = "urn:witmed:cs:institution-level";
inline constexpr std::string_view kDepartment = "urn:witmed:cs:department";
inline constexpr std::string_view kImport = "urn:witmed:import";  // meta.tag of what one import wrote

// Extensions.
inline constexpr std::string_view kEthnicityExt = "urn:witmed:ext:ethnicity";
inline constexpr std::string_view kDivisionExt = "urn:witmed:ext:county";         // of an address: county code
inline constexpr std::string_view kVillageExt = "urn:witmed:ext:village";         // of an address: 村（居）委会
inline constexpr std::string_view kGridExt = "urn:witmed:ext:grid";               // of an address: 网格
inline constexpr std::string_view kToldDateExt = "urn:witmed:ext:date-as-told";   // of a date: lunar, as it was said
inline constexpr std::string_view kIdentityExt = "urn:witmed:ext:identity-status";  // of a Patient: how sure we are who it is
inline constexpr std::string_view kResidencyExt = "urn:witmed:ext:residency";     // of a Patient: where the person is now
inline constexpr std::string_view kHouseholdRoleExt = "urn:witmed:ext:household-role";  // of Group.member: 与户主关系
inline constexpr std::string_view kDescriptionExt = "urn:witmed:ext:description";  // of a person not identified: what is seen
inline constexpr std::string_view kMovedToExt = "urn:witmed:ext:moved-to";        // of a wrong entry: the right one
inline constexpr std::string_view kMergedIntoExt = "urn:witmed:ext:merged-into";  // of an institution: the one it became

}  // namespace witmed::keeping::systems
