// Where care is given: one fictional county with its hospital, township health centres and village clinics,
// and who works there. Kept in memory whole: about 14 people for a thousand residents.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.h"

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
  laboratory,     // 检验科
  imaging,        // 影像科
  pharmacy,       // 药房
  count,
};

struct DepartmentRow {
  Department department;
  std::string_view code;  // 医疗机构诊疗科目名录
  std::string_view zh;
  std::string_view en;
};
const DepartmentRow& row_of(Department department);

struct Staff {
  std::string id;
  std::string name;
  bool male;
  bool nurse;
  Department department;
  std::string reference;  // the JSON of a Reference to the Practitioner
};

enum class Level : uint8_t { village, township, county };

struct Institution {
  std::string id;
  Level level;
  std::string name;
  std::string code;  // unified social credit code
  std::string telephone;
  std::string address;
  const Institution* parent = nullptr;
  std::vector<Department> departments;
  std::vector<Staff> staff;
  std::string reference;  // the JSON of a Reference to the Organization
  std::string location;   // the JSON of a Reference to the Location

  // Somebody of that department, else anybody who is not a nurse.
  const Staff& of(Department department, uint32_t choice) const;
};

// The institutions that serve a number of residents; the same seed gives the same staff.
class Place {
 public:
  Place(uint32_t residents, uint64_t seed);
  const Institution& county() const { return *county_; }
  const Institution& village(uint32_t index) const { return *villages_[index % villages_.size()]; }
  uint32_t villages() const { return static_cast<uint32_t>(villages_.size()); }
  // Village clinics, township centres, county hospital.
  const std::vector<std::unique_ptr<Institution>>& institutions() const { return all_; }
  // 清禾县青柳镇柳湾村; the postal line of a village without the household's number.
  std::string village_address(uint32_t index) const;
  std::string_view town_name(uint32_t village) const;
  std::string_view village_name(uint32_t index) const {
    return village_names_[index % village_names_.size()];
  }

 private:
  Institution& add(Level level, std::string id, std::string name, const Institution* parent);
  void hire(Institution& institution, Department department, bool nurse, uint64_t seed);

  std::vector<std::unique_ptr<Institution>> all_;
  std::vector<const Institution*> villages_;
  std::vector<std::string> village_names_;
  std::vector<std::string> town_names_;
  Institution* county_ = nullptr;
  uint32_t hired_ = 0;
};

inline constexpr std::string_view kProvince = "云岭省";  // fictional, as everything below it
inline constexpr std::string_view kCity = "澄江湾市";
inline constexpr std::string_view kCounty = "清禾县";
inline constexpr std::string_view kInsurer = "清禾县医疗保障局";  // Organization/org-ins
inline constexpr uint32_t kResidentsPerVillage = 1500;
inline constexpr uint32_t kVillagesPerTown = 12;

}  // namespace witmed::generate
