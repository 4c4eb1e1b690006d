#include "generate/place.h"

#include <fmt/format.h>

#include <algorithm>

#include "generate/names.h"

namespace witmed::generate {
namespace {

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

// Twelve directions in turn, thousandths: towns lie about the county town, villages about their town.
constexpr Position kAround[] = {{1000, 0}, {-500, 866}, {-500, -866}, {866, 500}, {0, -1000},   {-866, 500},
                                {0, 1000}, {866, -500}, {-1000, 0},   {500, 866}, {-866, -500}, {500, -866}};

Position away(Position from, uint32_t index, int32_t distance) {
  const Position& way = kAround[index % std::size(kAround)];
  return {from.latitude + way.latitude * distance / 1000, from.longitude + way.longitude * distance / 1000};
}

}  // namespace

// How much of a full county there is for that many residents.
struct Place::Plan {
  uint32_t villages, towns, pharmacies, staff_percent, beds;
  Position centre;
};

const Staff& Institution::of(Department department, uint32_t choice) const {
  auto fits = [&](const Staff& person) { return person.department == department && !person.nurse(); };
  auto matching = static_cast<uint32_t>(std::count_if(staff.begin(), staff.end(), fits));
  if (matching > 0) {
    choice %= matching;
    for (const Staff& person : staff) {
      if (fits(person) && choice-- == 0) return person;
    }
  }
  return staff.front();
}

const Ward* Institution::ward(Department department) const {
  for (const Ward& ward : wards) {
    if (ward.department == department) return &ward;
  }
  return wards.empty() ? nullptr : &wards.front();
}

Place::Place(uint32_t residents, uint64_t seed, const Numbering& numbering)
    : numbering_(numbering), seed_(seed) {
  Random random(seed, 0, 8);
  Plan plan;
  plan.villages = std::max(std::clamp(residents / 20, 2u, 100u), (residents + 750) / 1500);
  plan.towns = std::max(std::clamp(plan.villages / 8, 1u, 12u), plan.villages / 12);
  plan.pharmacies = std::clamp(plan.villages / 4, 2u, 24u);
  plan.staff_percent = std::clamp(residents / 20, 20u, 100u);
  plan.beds = std::clamp(residents / 125, 16u, 800u);
  // Nowhere in particular: a county has its own square of the map, by its seed.
  plan.centre = {26'000'000 + random.between(0, 40) * 200'000, 101'000'000 + random.between(0, 40) * 200'000};
  const Institution& commission =
      add(Level::commission, "hc", fmt::format("{}卫生健康局", kCounty), nullptr, plan.centre);
  hospital(Level::city, "ch", fmt::format("{}人民医院", kCity), nullptr, away(plan.centre, 6, 320'000), plan);
  hospital(Level::county, "c1", fmt::format("{}人民医院", kCounty), &commission, away(plan.centre, 1, 9'000),
           plan);
  hospital(Level::chinese, "c2", fmt::format("{}中医医院", kCounty), &commission,
           away(plan.centre, 4, 12'000), plan);
  offices(plan);
  const Institution* county = hospitals_[1];
  for (uint32_t town = 0; town < plan.towns; ++town) township(town, county, plan);
  for (uint32_t index = 0; index < plan.villages; ++index) village(index, plan);
}

Institution& Place::add(Level level, std::string_view id, std::string name, const Institution* parent,
                        Position position) {
  const LevelRow& row = row_of(level);
  auto made = std::make_unique<Institution>();
  auto serial = static_cast<uint32_t>(all_.size());
  std::string_view region = numbering_.home_code();
  made->level = level;
  made->name = std::move(name);
  made->parent = parent;
  made->position = position;
  made->code = institution_code(row.credit, region, 47'000'000 + numbering_.salt % 40'000 * 1'000 + serial);
  if (!row.category.empty())
    made->licence = fmt::format("{}{}11{}1", made->code.substr(8, 9), region, row.category);
  if (row.insured)
    made->insurance = fmt::format("{}{}{:05}", level == Level::pharmacy ? 'P' : 'H', region, serial + 1);
  made->telephone = numbering_.telephone(90'000'000 + serial);
  made->address =
      std::string(kProvince) + std::string(kCity) + (level == Level::city ? "" : std::string(kCounty));
  made->id = fmt::format("org{}-{}", numbering_.tag, id);
  made->reference = fmt::format(R"({{"reference":"Organization/{}","display":"{}"}})", made->id, made->name);
  made->location = fmt::format(R"({{"reference":"Location/loc{}"}})", made->id.substr(3));
  all_.push_back(std::move(made));
  return *all_.back();
}

void Place::hospital(Level level, std::string_view id, const std::string& name, const Institution* parent,
                     Position position, const Plan& plan) {
  Institution& made = add(level, id, name, parent, position);
  staff_it(made, plan.staff_percent);
  add_wards(made, level == Level::chinese ? plan.beds / 2 : plan.beds);
  hospitals_.push_back(&made);
}

void Place::offices(const Plan& plan) {
  staff_it(*all_.front(), 100);
  Institution& control = add(Level::disease_control, "cdc", fmt::format("{}疾病预防控制中心", kCounty),
                             all_.front().get(), away(plan.centre, 2, 7'000));
  staff_it(control, plan.staff_percent);
  Institution& insurer =
      add(Level::insurer, "ins", fmt::format("{}医疗保障局", kCounty), nullptr, away(plan.centre, 3, 5'000));
  staff_it(insurer, 100);
  insurer_ = &insurer;
  for (uint32_t i = 0; i < plan.pharmacies; ++i) {
    Institution& shop = add(Level::pharmacy, fmt::format("rx{}", i + 1),
                            fmt::format("{}{}大药房", kCounty, pair_name(i * 5 + 11, "")), nullptr,
                            away(away(plan.centre, i, i < plan.towns ? 60'000 : 8'000), i * 7, 6'000));
    staff_it(shop, 100);
    pharmacies_.push_back(&shop);
  }
}

void Place::township(uint32_t town, const Institution* parent, const Plan& plan) {
  town_names_.push_back(town == 0 ? "青柳镇" : pair_name(town * 7 + 3, "镇"));
  Institution& centre = add(Level::township, fmt::format("t{}", town + 1), town_names_[town] + "卫生院",
                            parent, away(plan.centre, town, 90'000 + static_cast<int32_t>(town) * 11'000));
  centre.town = town;
  centre.address += town_names_[town];
  staff_it(centre, plan.staff_percent);
  add_wards(centre, std::max(6u, plan.beds / 12));
  towns_.push_back(&centre);
}

void Place::village(uint32_t index, const Plan& plan) {
  uint32_t town = index * plan.towns / plan.villages;
  village_names_.push_back(pair_name(index, "村"));
  const Institution& centre = *towns_[town];
  Institution& clinic =
      add(Level::village, fmt::format("v{}", index + 1), village_names_[index] + "卫生室", &centre,
          away(away(centre.position, index * 5, 20'000 + static_cast<int32_t>(index % 5) * 6'000), index / 12,
               2'000));
  clinic.town = town;
  clinic.address += town_names_[town] + village_names_[index];
  staff_it(clinic, plan.staff_percent);
  villages_.push_back(&clinic);
}

// Doctors first, so that the first of everybody is no nurse; a nurse for each department with a ward.
void Place::staff_it(Institution& institution, uint32_t percent) {
  bool hospital = institution.level == Level::city || institution.level == Level::county ||
                  institution.level == Level::chinese;
  for (const StaffingRow& row : staffing()) {
    if (row.level != institution.level) continue;
    uint32_t people = std::max(1u, row.people * percent / 100);
    for (uint32_t i = 0; i < people; ++i) {
      uint32_t rank = hospital ? std::min(3u, i) : i == 0 && row.people > 1 ? 2u : 3u;
      hire(institution, row.department, row.post, rank);
    }
  }
  if (!hospital) return;
  for (Department department : std::vector<Department>(institution.departments)) {
    if (row_of(department).ward || department == Department::emergency)
      hire(institution, department, Post::nurse, 2 + hired_ % 2);
  }
}

void Place::add_wards(Institution& institution, uint32_t beds) {
  std::vector<Department> with;
  for (Department department : institution.departments) {
    if (row_of(department).ward) with.push_back(department);
  }
  if (institution.level == Level::township) with.resize(std::min<size_t>(with.size(), 1));
  for (size_t i = 0; i < with.size(); ++i) {
    auto share = static_cast<uint32_t>(beds / with.size() + (i < beds % with.size()));
    if (share == 0) continue;
    Ward ward{fmt::format("loc{}-w{}", institution.id.substr(3), i + 1), with[i], share, {}};
    ward.reference =
        fmt::format(R"({{"reference":"Location/{}","display":"{}病区"}})", ward.id, row_of(with[i]).zh);
    institution.wards.push_back(std::move(ward));
  }
}

void Place::hire(Institution& institution, Department department, Post post, uint32_t rank) {
  Random random(seed_, hired_, 1);
  bool male = post == Post::nurse ? random.chance(40) : random.chance(560);
  uint32_t surname = draw_surname(random);
  int32_t born = random.between(1966, 1996) - static_cast<int32_t>(3 - std::min(rank, 3u)) * 4;
  Name name = han_name(random, surname, male, born);
  std::string id = fmt::format("pr{}-{}", numbering_.tag, ++hired_);
  Staff person{id, name.text(), male, department, &post_row(post, rank), born + random.between(23, 27), {}};
  person.reference =
      fmt::format(R"({{"reference":"Practitioner/{}","display":"{}"}})", person.id, person.name);
  auto& departments = institution.departments;
  if (std::find(departments.begin(), departments.end(), department) == departments.end())
    departments.push_back(department);
  institution.staff.push_back(std::move(person));
}

const Institution& Place::hospital(uint32_t person) const {
  uint32_t dice = person * 7 % 20;
  return *hospitals_[dice < 11 ? 1 : dice < 16 ? 2 : 0];
}

std::string_view Place::town_name(uint32_t index) const { return town_names_[village(index).town]; }

std::string Place::village_address(uint32_t index) const {
  return fmt::format("{}{}{}{}{}", kProvince, kCity, kCounty, town_name(index), village_name(index));
}

}  // namespace witmed::generate
