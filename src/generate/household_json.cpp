#include "generate/household_json.h"

#include <fmt/format.h>

#include "generate/resource_text.h"
#include "generate/systems.h"

namespace witmed::generate {
namespace {

// What a member is to the head of the household, who is the first.
std::string_view role_of(const Household& household, size_t index) {
  const Person& head = household.members.front();
  const Person& person = household.members[index];
  auto number = static_cast<int32_t>(index);
  if (index == 0) return "户主";
  if (head.spouse == number) return "配偶";
  if (head.father == number) return "父亲";
  if (head.mother == number) return "母亲";
  if (person.father == 0 || person.mother == 0 || (head.spouse >= 0 && person.mother == head.spouse))
    return person.male ? "子" : "女";
  return "其他";
}

}  // namespace

void write_household(const Household& household, const Place& place, Day as_of, Sink& sink) {
  std::string out, owner, door;
  put_base36(door, household.door);
  std::string number = fmt::format("{}{:04}{:07}", place.numbering().home_code(),
                                   place.numbering().salt % 10'000, household.door);
  begin_resource(out, "Group", "h" + place.numbering().tag + "-" + door);
  put(out, R"(,"identifier":[{"system":")", systems::kHousehold, R"(","value":")", number,
      R"("}],"active":true,"type":"person","actual":true,"code":)");
  put_concept(out, systems::kGroup, "household", {}, "家庭");
  put(out, R"(,"name":"户 )", number, R"(","member":[)");
  for (size_t i = 0; i < household.members.size(); ++i) {
    const Person& person = household.members[i];
    owner.clear();
    put_base36(owner, person.number);
    put(out, i == 0 ? "" : ",", R"({"extension":[{"url":")", systems::kHouseholdRoleExtension,
        R"(","valueString":")", role_of(household, i), R"("}],"entity":{"reference":"Patient/p)",
        place.numbering().tag, '-', owner, R"(","display":")", person.name.text(), R"("})",
        person.end() < as_of ? R"(,"inactive":true)" : "", '}');
  }
  out += "]}";
  sink.resource("Group", out);
}

}  // namespace witmed::generate
