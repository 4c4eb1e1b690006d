#include "services/keeping/table.h"

namespace witmed::keeping {
namespace {

constexpr Column kResident[] = {
    {"name", "姓名", "Name", ""},
    {"sex", "性别", "Sex", ""},
    {"birth-date", "出生日期", "Birth date", "生日"},
    {"document.kind", "证件种类", "Document", "证件类型"},
    {"document.number", "证件号码", "Document number", "身份证号"},
    {"nationality", "民族", "Nationality", ""},
    {"phone", "电话", "Telephone", "联系电话"},
    {"address", "住址", "Address", "现住址"},
    {"county", "区县代码", "County code", ""},
    {"village", "村居", "Village", "村（居）"},
    {"grid", "网格", "Grid", ""},
    {"household", "户号", "Household", "家庭编号"},
    {"household-role", "与户主关系", "Role in household", ""},
    {"contact.name", "联系人", "Contact", "联系人姓名"},
    {"contact.relationship", "联系人关系", "Contact is", ""},
    {"contact.phone", "联系人电话", "Contact's telephone", ""},
    {"allergies", "过敏史", "Allergies", "药物过敏史"},
    {"past-diseases", "既往史", "Past diseases", ""},
    {"marital-status", "婚姻状况", "Marital status", "婚姻"},
    {"health-card", "健康卡号", "Health card", ""},
    {"insurance", "医保号", "Insurance number", ""},
    {"health-record", "健康档案编号", "Health record number", "档案编号"},
    {"consent", "同意建档", "Consent", ""},
};

constexpr Column kInstitution[] = {
    {"name", "机构名称", "Institution", "名称"},
    {"credit-code", "统一社会信用代码", "Unified social credit code", "信用代码"},
    {"licence", "登记号", "Licence", "医疗机构登记号"},
    {"designation", "医保定点编码", "Insurance designation", ""},
    {"level", "机构类别", "Kind", "类别"},
    {"county", "区县代码", "County code", ""},
    {"address", "地址", "Address", ""},
    {"phone", "电话", "Telephone", "联系电话"},
    {"parent", "上级机构信用代码", "Credit code of parent", ""},
};

constexpr Column kStaff[] = {
    {"name", "姓名", "Name", ""},
    {"sex", "性别", "Sex", ""},
    {"number", "工号", "Staff number", ""},
    {"document", "身份证号", "Identity number", "证件号码"},
    {"licence-kind", "执业类别", "Licence kind", "证书类别"},
    {"licence", "执业证书编号", "Licence number", "证书编号"},
    {"licence-from", "证书起", "Valid from", ""},
    {"licence-until", "有效期至", "Valid until", "证书有效期至"},
    {"title", "职称", "Title", ""},
    {"institution", "机构信用代码", "Credit code of institution", "统一社会信用代码"},
    {"department", "科室", "Department", ""},
    {"phone", "电话", "Telephone", "联系电话"},
};

}  // namespace

std::span<const Column> resident_columns() { return kResident; }
std::span<const Column> institution_columns() { return kInstitution; }
std::span<const Column> staff_columns() { return kStaff; }

const Column* column_of(std::span<const Column> columns, std::string_view heading) {
  for (const Column& each : columns)
    if (heading == each.zh || heading == each.en || heading == each.field || (!each.other.empty() && heading == each.other)) return &each;
  return nullptr;
}

}  // namespace witmed::keeping
