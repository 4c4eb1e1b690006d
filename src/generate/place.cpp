#include "generate/place.h"

#include <fmt/format.h>

#include <algorithm>

#include "generate/identity.h"
#include "generate/names.h"

namespace witmed::generate {
namespace {

constexpr DepartmentRow kDepartments[] = {
    {Department::general, "02", "全科", "General practice"},
    {Department::public_health, "01", "公共卫生科", "Public health"},
    {Department::internal, "03", "内科", "Internal medicine"},
    {Department::surgery, "04", "外科", "Surgery"},
    {Department::obstetrics, "05", "妇产科", "Obstetrics and gynaecology"},
    {Department::paediatrics, "07", "儿科", "Paediatrics"},
    {Department::emergency, "20", "急诊科", "Emergency"},
    {Department::cardiology, "03.04", "心血管内科", "Cardiology"},
    {Department::neurology, "03.03", "神经内科", "Neurology"},
    {Department::respiratory, "03.01", "呼吸内科", "Respiratory medicine"},
    {Department::nephrology, "03.06", "肾内科", "Nephrology"},
    {Department::orthopaedics, "04.03", "骨科", "Orthopaedics"},
    {Department::oncology, "19", "肿瘤科", "Oncology"},
    {Department::ophthalmology, "10", "眼科", "Ophthalmology"},
    {Department::laboratory, "30", "检验科", "Laboratory"},
    {Department::imaging, "32", "影像科", "Imaging"},
    {Department::pharmacy, "P1", "药房", "Pharmacy"},
};

// Villages and towns are named by two characters; the first pair is the village of the demonstration.
constexpr std::string_view kFirst[] = {"柳", "石", "杨", "槐", "桃", "松", "竹", "梅", "白", "黑", "红",
                                       "黄", "青", "清", "龙", "凤", "马", "牛", "羊", "鹤", "金", "银",
                                       "铁", "大", "小", "上", "下", "东", "西", "南", "北"};
constexpr std::string_view kSecond[] = {"湾", "桥", "坪", "岭", "沟", "坡", "塘", "溪",
                                        "泉", "洼", "庄", "堡", "岗", "台", "坝", "井",
                                        "渡", "埠", "屯", "店", "营", "寨", "港", "滩"};
constexpr uint32_t kFirstCount = std::size(kFirst);
constexpr uint32_t kSecondCount = std::size(kSecond);
static_assert(kFirstCount == 31 &&
              kSecondCount == 24);  // coprime: the pair walks through all 744 before it repeats

std::string pair_name(uint32_t index, std::string_view suffix) {
  uint32_t turn = index / (kFirstCount * kSecondCount);
  std::string name = fmt::format("{}{}", kFirst[index % kFirstCount], kSecond[index % kSecondCount]);
  if (turn > 0) name += fmt::format("{}", turn + 1);
  return name += suffix;
}

}  // namespace

const DepartmentRow& row_of(Department department) { return kDepartments[static_cast<size_t>(department)]; }

const Staff& Institution::of(Department department, uint32_t choice) const {
  uint32_t matching = 0;
  for (const Staff& person : staff) matching += person.department == department && !person.nurse;
  if (matching > 0) {
    choice %= matching;
    for (const Staff& person : staff) {
      if (person.department == department && !person.nurse && choice-- == 0) return person;
    }
  }
  return staff.front();
}

Place::Place(uint32_t residents, uint64_t seed) {
  uint32_t villages = std::max(1u, (residents + kResidentsPerVillage / 2) / kResidentsPerVillage);
  uint32_t towns = (villages + kVillagesPerTown - 1) / kVillagesPerTown;
  county_ = &add(Level::county, "org-c", fmt::format("{}人民医院", kCounty), nullptr);
  for (auto department :
       {Department::internal, Department::surgery, Department::obstetrics, Department::paediatrics,
        Department::emergency, Department::cardiology, Department::neurology, Department::respiratory,
        Department::nephrology, Department::orthopaedics, Department::oncology, Department::ophthalmology}) {
    hire(*county_, department, false, seed);
    hire(*county_, department, false, seed);
    hire(*county_, department, true, seed);
  }
  for (auto department : {Department::laboratory, Department::imaging, Department::pharmacy}) {
    hire(*county_, department, false, seed);
  }
  for (uint32_t town = 0; town < towns; ++town) {
    town_names_.push_back(town == 0 ? "青柳镇" : pair_name(town * 7 + 3, "镇"));
    Institution& centre =
        add(Level::township, fmt::format("org-t{}", town + 1), town_names_[town] + "卫生院", county_);
    for (auto department :
         {Department::general, Department::general, Department::public_health, Department::obstetrics,
          Department::paediatrics, Department::laboratory, Department::imaging, Department::pharmacy}) {
      hire(centre, department, false, seed);
    }
    hire(centre, Department::general, true, seed);
  }
  for (uint32_t village = 0; village < villages; ++village) {
    village_names_.push_back(pair_name(village, "村"));
    Institution& clinic = add(Level::village, fmt::format("org-v{}", village + 1),
                              village_names_[village] + "卫生室", all_[1 + village / kVillagesPerTown].get());
    hire(clinic, Department::general, false, seed);
    hire(clinic, Department::general, false, seed);
    villages_.push_back(&clinic);
  }
}

Institution& Place::add(Level level, std::string id, std::string name, const Institution* parent) {
  auto made = std::make_unique<Institution>();
  made->level = level;
  made->name = std::move(name);
  made->parent = parent;
  made->code = institution_code(kRegionCode, 47'010'000 + static_cast<uint32_t>(all_.size()));
  made->telephone = telephone(90'000'000 + static_cast<uint32_t>(all_.size()));
  made->address = std::string(kProvince) + std::string(kCity) + std::string(kCounty);
  made->reference = fmt::format(R"({{"reference":"Organization/{}","display":"{}"}})", id, made->name);
  made->location = fmt::format(R"({{"reference":"Location/loc{}"}})", id.substr(3));
  made->id = std::move(id);
  all_.push_back(std::move(made));
  return *all_.back();
}

void Place::hire(Institution& institution, Department department, bool nurse, uint64_t seed) {
  Random random(seed, hired_, 1);
  bool male = nurse ? random.chance(40) : random.chance(560);
  uint32_t surname = draw_surname(random);
  Name name = han_name(random, surname, male, random.between(1966, 1996));
  Staff person{fmt::format("pr-{}", ++hired_), name.text(), male, nurse, department, {}};
  person.reference =
      fmt::format(R"({{"reference":"Practitioner/{}","display":"{}"}})", person.id, person.name);
  auto& departments = institution.departments;
  if (std::find(departments.begin(), departments.end(), department) == departments.end()) {
    departments.push_back(department);
  }
  institution.staff.push_back(std::move(person));
}

std::string_view Place::town_name(uint32_t village) const {
  return town_names_[village % villages_.size() / kVillagesPerTown];
}

std::string Place::village_address(uint32_t index) const {
  return fmt::format("{}{}{}{}{}", kProvince, kCity, kCounty, town_name(index), village_name(index));
}

}  // namespace witmed::generate
