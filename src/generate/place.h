// Where care is given and paid for: a fictional county with the city's hospital above it, two county
// hospitals, township health centres, village clinics, pharmacies, disease control, insurer and health
// commission; who works there, and the wards with their beds. Kept in memory whole.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "generate/identity.h"
#include "generate/random.h"
#include "generate/staff_table.h"

namespace witmed::generate {

struct Staff {
  std::string id;
  std::string name;
  bool male;
  Department department;
  const PostRow* post;    // what he does there, with title and licence
  int32_t licensed;       // year
  std::string reference;  // the JSON of a Reference to the Practitioner
  bool nurse() const { return post->post == Post::nurse; }
};

struct Ward {
  std::string id;
  Department department;
  uint32_t beds;
  std::string reference;  // the JSON of a Reference to the Location
};

// Where something lies, millionths of a degree.
struct Position {
  int32_t latitude;
  int32_t longitude;
};

struct Institution {
  std::string id;
  Level level;
  std::string name;
  std::string code;       // unified social credit code
  std::string licence;    // 登记号, where it gives care
  std::string insurance;  // code of a designated institution, where the insurer pays it
  std::string telephone;
  std::string address;
  Position position;
  const Institution* parent = nullptr;
  uint32_t town = 0;
  std::vector<Department> departments;
  std::vector<Staff> staff;
  std::vector<Ward> wards;
  std::string reference;  // the JSON of a Reference to the Organization
  std::string location;   // the JSON of a Reference to the Location

  // Somebody of that department, else anybody who is not a nurse.
  const Staff& of(Department department, uint32_t choice) const;
  // The ward of a department, else any; nullptr where there are none.
  const Ward* ward(Department department) const;
};

// The institutions that serve a number of residents; the same seed gives the same staff.
class Place {
 public:
  Place(uint32_t residents, uint64_t seed, const Numbering& numbering);
  // Where a resident goes when the township cannot help: county hospital, hospital of Chinese medicine, city.
  const Institution& hospital(uint32_t person) const;
  const std::vector<const Institution*>& hospitals() const { return hospitals_; }
  const Institution& village(uint32_t index) const { return *villages_[index % villages_.size()]; }
  const Institution& town(uint32_t index) const { return *towns_[index % towns_.size()]; }
  const Institution& insurer() const { return *insurer_; }
  const Institution& pharmacy(uint32_t choice) const { return *pharmacies_[choice % pharmacies_.size()]; }
  uint32_t villages() const { return static_cast<uint32_t>(villages_.size()); }
  uint32_t towns() const { return static_cast<uint32_t>(towns_.size()); }
  const std::vector<std::unique_ptr<Institution>>& institutions() const { return all_; }
  // 清禾县青柳镇柳湾村; the postal line of a village without the household's number.
  std::string village_address(uint32_t index) const;
  std::string_view town_name(uint32_t village) const;
  std::string_view village_name(uint32_t index) const {
    return village_names_[index % village_names_.size()];
  }
  const Numbering& numbering() const { return numbering_; }

 private:
  struct Plan;
  Institution& add(Level level, std::string_view id, std::string name, const Institution* parent,
                   Position position);
  void hospital(Level level, std::string_view id, const std::string& name, const Institution* parent,
                Position position, const Plan& plan);
  void township(uint32_t town, const Institution* parent, const Plan& plan);
  void village(uint32_t index, const Plan& plan);
  void offices(const Plan& plan);
  void staff_it(Institution& institution, uint32_t percent);
  void add_wards(Institution& institution, uint32_t beds);
  void hire(Institution& institution, Department department, Post post, uint32_t rank);

  const Numbering& numbering_;
  uint64_t seed_;
  std::vector<std::unique_ptr<Institution>> all_;
  std::vector<const Institution*> hospitals_, towns_, villages_, pharmacies_;
  const Institution* insurer_ = nullptr;
  std::vector<std::string> village_names_;
  std::vector<std::string> town_names_;
  uint32_t hired_ = 0;
};

inline constexpr std::string_view kProvince = "云岭省";  // fictional, as everything below it
inline constexpr std::string_view kCity = "澄江湾市";
inline constexpr std::string_view kCounty = "清禾县";

}  // namespace witmed::generate
