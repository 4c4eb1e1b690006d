// Departments, posts with their titles and licences, and how each kind of institution is staffed.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace witmed::generate {

enum class Department : uint8_t {
  general,        // 全科
  public_health,  // 公共卫生
  internal,       // 内科
  surgery,        // 外科
  obstetrics,     // 妇产科
  paediatrics,    // 儿科
  emergency,      // 急诊科
  cardiology,     // 心血管内科
  neurology,      // 神经内科
  respiratory,    // 呼吸内科
  nephrology,     // 肾内科（血液透析）
  orthopaedics,   // 骨科
  oncology,       // 肿瘤科
  ophthalmology,  // 眼科
  psychiatry,     // 精神科
  chinese,        // 中医科
  laboratory,     // 检验科
  imaging,        // 影像科
  pharmacy,       // 药房
  office,         // 行政
  count,
};

struct DepartmentRow {
  Department department;
  std::string_view code;  // 医疗机构诊疗科目名录
  std::string_view zh;
  std::string_view en;
  std::string_view scope;       // 执业范围 of its doctors
  std::string_view scope_code;  // of urn:witmed:cs:licence-scope
  bool ward;               // has beds in a hospital
};
const DepartmentRow& row_of(Department department);

enum class Level : uint8_t {
  village,
  township,
  county,
  chinese,
  city,
  pharmacy,
  disease_control,
  insurer,
  commission
};

struct LevelRow {
  Level level;
  std::string_view zh;
  std::string_view en;
  std::string_view code;  // of urn:witmed:cs:institution-level
  std::string_view type;  // HL7 organization-type
  std::string_view type_en;
  std::string_view credit;    // the first two characters of the social credit code
  std::string_view category;  // 卫生机构类别代码 (WS 218), from memory; empty: gives no care
  bool insured;               // the insurer pays it
};
const LevelRow& row_of(Level level);

enum class Post : uint8_t { doctor, assistant, village_doctor, nurse, pharmacist, technician, officer };

// A post with one of its titles. Titles rise with years of work.
struct PostRow {
  Post post;
  int32_t rank;            // 0 highest
  std::string_view title;  // 职称
  std::string_view title_en;
  std::string_view title_code;
  std::string_view licence;  // kind of licence; empty for none
  std::string_view licence_en;
  std::string_view licence_code;
  std::string_view role;  // HL7 practitioner-role; empty for none
};
// The title of that rank, or the lowest the post has.
const PostRow& post_row(Post post, uint32_t rank);

// How many of a post a department has in an institution of a full county.
struct StaffingRow {
  Level level;
  Department department;
  Post post;
  uint32_t people;
};
std::span<const StaffingRow> staffing();

}  // namespace witmed::generate
