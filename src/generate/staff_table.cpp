#include "generate/staff_table.h"

#include <iterator>

namespace witmed::generate {
namespace {

using D = Department;
using L = Level;
using P = Post;

constexpr DepartmentRow kDepartments[] = {
    {D::general, "02", "全科", "General practice", "全科医学专业", "general", true},
    {D::public_health, "01", "公共卫生科", "Public health", "公共卫生类别专业", "public-health", false},
    {D::internal, "03", "内科", "Internal medicine", "内科专业", "internal", true},
    {D::surgery, "04", "外科", "Surgery", "外科专业", "surgery", true},
    {D::obstetrics, "05", "妇产科", "Obstetrics and gynaecology", "妇产科专业", "obstetrics", true},
    {D::paediatrics, "07", "儿科", "Paediatrics", "儿科专业", "paediatrics", true},
    {D::emergency, "20", "急诊科", "Emergency", "急救医学专业", "emergency", false},
    {D::cardiology, "03.04", "心血管内科", "Cardiology", "内科专业", "internal", true},
    {D::neurology, "03.03", "神经内科", "Neurology", "内科专业", "internal", true},
    {D::respiratory, "03.01", "呼吸内科", "Respiratory medicine", "内科专业", "internal", true},
    {D::nephrology, "03.06", "肾内科", "Nephrology", "内科专业", "internal", true},
    {D::orthopaedics, "04.03", "骨科", "Orthopaedics", "外科专业", "surgery", true},
    {D::oncology, "19", "肿瘤科", "Oncology", "内科专业", "internal", true},
    {D::ophthalmology, "10", "眼科", "Ophthalmology", "眼耳鼻咽喉科专业", "eye-ear", true},
    {D::psychiatry, "15", "精神科", "Psychiatry", "精神卫生专业", "psychiatry", false},
    {D::chinese, "50", "中医科", "Chinese medicine", "中医专业", "chinese", true},
    {D::laboratory, "30", "检验科", "Laboratory", "医学检验、病理专业", "laboratory", false},
    {D::imaging, "32", "影像科", "Imaging", "医学影像和放射治疗专业", "imaging", false},
    {D::pharmacy, "P1", "药房", "Pharmacy", "", "", false},
    {D::office, "X1", "办公室", "Office", "", "", false},
};
static_assert(std::size(kDepartments) == static_cast<size_t>(D::count));

constexpr LevelRow kLevels[] = {
    {L::village, "村卫生室", "Village clinic", "village-clinic", "prov", "Healthcare Provider", "52", "D600",
     true},
    {L::township, "乡镇卫生院", "Township health centre", "township-centre", "prov", "Healthcare Provider",
     "12", "C220", true},
    {L::county, "县级医院", "County hospital", "county-hospital", "prov", "Healthcare Provider", "12", "A100",
     true},
    {L::chinese, "县级中医医院", "County hospital of Chinese medicine", "county-chinese-hospital", "prov",
     "Healthcare Provider", "12", "A210", true},
    {L::city, "市级医院", "City hospital", "city-hospital", "prov", "Healthcare Provider", "12", "A100",
     true},
    {L::pharmacy, "零售药店", "Pharmacy", "pharmacy", "bus", "Non-Healthcare Business or Corporation", "91",
     "", true},
    {L::disease_control, "疾病预防控制中心", "Centre for disease control", "disease-control", "prov",
     "Healthcare Provider", "12", "", false},
    {L::insurer, "医疗保障局", "Healthcare security administration", "insurer", "pay", "Payer", "11", "",
     false},
    {L::commission, "卫生健康委员会", "Health commission", "health-commission", "govt", "Government", "11",
     "", false},
};

constexpr PostRow kPosts[] = {
    {P::doctor, 0, "主任医师", "Chief physician", "231", "执业医师", "Licensed doctor", "doctor", "doctor"},
    {P::doctor, 1, "副主任医师", "Associate chief physician", "232", "执业医师", "Licensed doctor", "doctor",
     "doctor"},
    {P::doctor, 2, "主治医师", "Attending physician", "233", "执业医师", "Licensed doctor", "doctor",
     "doctor"},
    {P::doctor, 3, "住院医师", "Resident physician", "234", "执业医师", "Licensed doctor", "doctor",
     "doctor"},
    {P::assistant, 3, "医士", "Assistant physician", "235", "执业助理医师", "Licensed assistant doctor",
     "assistant-doctor", "doctor"},
    {P::village_doctor, 3, "乡村医生", "Village doctor", "village", "乡村医生执业证书",
     "Village doctor's licence", "village-doctor", "doctor"},
    {P::nurse, 1, "副主任护师", "Associate chief nurse", "252", "护士执业证书", "Nurse's licence", "nurse",
     "nurse"},
    {P::nurse, 2, "主管护师", "Nurse in charge", "253", "护士执业证书", "Nurse's licence", "nurse", "nurse"},
    {P::nurse, 3, "护师", "Nurse", "254", "护士执业证书", "Nurse's licence", "nurse", "nurse"},
    {P::pharmacist, 2, "主管药师", "Pharmacist in charge", "243", "执业药师注册证",
     "Pharmacist's registration", "pharmacist", "pharmacist"},
    {P::pharmacist, 3, "药师", "Pharmacist", "244", "执业药师注册证", "Pharmacist's registration",
     "pharmacist", "pharmacist"},
    {P::technician, 2, "主管技师", "Technologist in charge", "263", "", "", "", ""},
    {P::technician, 3, "技师", "Technologist", "264", "", "", "", ""},
    {P::officer, 3, "科员", "Officer", "officer", "", "", "", ""},
};

// Assumptions of the model.
constexpr StaffingRow kStaffing[] = {
    {L::city, D::internal, P::doctor, 6},
    {L::city, D::surgery, P::doctor, 6},
    {L::city, D::obstetrics, P::doctor, 5},
    {L::city, D::paediatrics, P::doctor, 5},
    {L::city, D::emergency, P::doctor, 5},
    {L::city, D::cardiology, P::doctor, 5},
    {L::city, D::neurology, P::doctor, 5},
    {L::city, D::respiratory, P::doctor, 5},
    {L::city, D::nephrology, P::doctor, 4},
    {L::city, D::orthopaedics, P::doctor, 5},
    {L::city, D::oncology, P::doctor, 5},
    {L::city, D::ophthalmology, P::doctor, 3},
    {L::city, D::psychiatry, P::doctor, 3},
    {L::city, D::chinese, P::doctor, 2},
    {L::city, D::imaging, P::doctor, 5},
    {L::city, D::laboratory, P::technician, 5},
    {L::city, D::pharmacy, P::pharmacist, 5},
    {L::county, D::internal, P::doctor, 4},
    {L::county, D::surgery, P::doctor, 4},
    {L::county, D::obstetrics, P::doctor, 4},
    {L::county, D::paediatrics, P::doctor, 3},
    {L::county, D::emergency, P::doctor, 4},
    {L::county, D::cardiology, P::doctor, 3},
    {L::county, D::neurology, P::doctor, 3},
    {L::county, D::respiratory, P::doctor, 3},
    {L::county, D::nephrology, P::doctor, 3},
    {L::county, D::orthopaedics, P::doctor, 3},
    {L::county, D::oncology, P::doctor, 3},
    {L::county, D::ophthalmology, P::doctor, 2},
    {L::county, D::psychiatry, P::doctor, 2},
    {L::county, D::imaging, P::doctor, 3},
    {L::county, D::laboratory, P::technician, 4},
    {L::county, D::pharmacy, P::pharmacist, 4},
    {L::chinese, D::chinese, P::doctor, 6},
    {L::chinese, D::internal, P::doctor, 3},
    {L::chinese, D::surgery, P::doctor, 2},
    {L::chinese, D::obstetrics, P::doctor, 2},
    {L::chinese, D::paediatrics, P::doctor, 2},
    {L::chinese, D::emergency, P::doctor, 2},
    {L::chinese, D::cardiology, P::doctor, 2},
    {L::chinese, D::neurology, P::doctor, 2},
    {L::chinese, D::respiratory, P::doctor, 2},
    {L::chinese, D::nephrology, P::doctor, 2},
    {L::chinese, D::orthopaedics, P::doctor, 3},
    {L::chinese, D::oncology, P::doctor, 2},
    {L::chinese, D::ophthalmology, P::doctor, 1},
    {L::chinese, D::imaging, P::doctor, 2},
    {L::chinese, D::laboratory, P::technician, 2},
    {L::chinese, D::pharmacy, P::pharmacist, 3},
    {L::township, D::general, P::doctor, 3},
    {L::township, D::general, P::assistant, 1},
    {L::township, D::public_health, P::doctor, 2},
    {L::township, D::obstetrics, P::doctor, 1},
    {L::township, D::paediatrics, P::doctor, 1},
    {L::township, D::chinese, P::doctor, 1},
    {L::township, D::laboratory, P::technician, 1},
    {L::township, D::imaging, P::doctor, 1},
    {L::township, D::pharmacy, P::pharmacist, 1},
    {L::township, D::general, P::nurse, 2},
    {L::township, D::public_health, P::nurse, 1},
    {L::village, D::general, P::village_doctor, 1},
    {L::village, D::general, P::assistant, 1},
    {L::pharmacy, D::pharmacy, P::pharmacist, 1},
    {L::disease_control, D::public_health, P::doctor, 3},
    {L::insurer, D::office, P::officer, 2},
    {L::commission, D::office, P::officer, 2},
};

}  // namespace

const DepartmentRow& row_of(Department department) { return kDepartments[static_cast<size_t>(department)]; }
const LevelRow& row_of(Level level) { return kLevels[static_cast<size_t>(level)]; }
std::span<const StaffingRow> staffing() { return kStaffing; }

const PostRow& post_row(Post post, uint32_t rank) {
  const PostRow* best = nullptr;
  for (const PostRow& row : kPosts) {
    if (row.post == post && (best == nullptr || row.rank <= static_cast<int32_t>(rank))) best = &row;
  }
  return *best;
}

}  // namespace witmed::generate
