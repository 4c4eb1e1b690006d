#include "fhir/validate/profile/vital_signs.h"

#include <algorithm>
#include <array>

#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

struct Vital {
  std::string_view loinc, profile;
};
constexpr std::array<Vital, 10> kVitals = {{{"85353-1", "vitalspanel"},
                                            {"9279-1", "resprate"},
                                            {"8867-4", "heartrate"},
                                            {"2708-6", "oxygensat"},
                                            {"8310-5", "bodytemp"},
                                            {"8302-2", "bodyheight"},
                                            {"9843-4", "headcircum"},
                                            {"29463-7", "bodyweight"},
                                            {"39156-5", "bmi"},
                                            {"85354-9", "bp"}}};

}  // namespace

std::vector<std::string> vital_sign_profiles(Node observation) {
  const Names& names = Names::get();
  std::vector<std::string> out;
  const Node code = observation[names.code];
  const Node list = code && code.kind() == Kind::object ? code[names.coding] : Node();
  if (!list || list.kind() != Kind::array) return out;
  std::string scratch;
  for (Node coding : list) {
    if (coding.kind() != Kind::object) continue;
    const Node system = coding[names.system], value = coding[names.code];
    if (!system || !value || system.view(scratch) != "http://loinc.org") continue;
    const std::string loinc = value.string();
    const auto* found = std::find_if(kVitals.begin(), kVitals.end(), [&](const Vital& vital) { return vital.loinc == loinc; });
    if (found == kVitals.end()) continue;
    std::string url("http://hl7.org/fhir/StructureDefinition/");
    url += found->profile;
    if (std::find(out.begin(), out.end(), url) == out.end()) out.push_back(std::move(url));
  }
  return out;
}

}  // namespace witmed::fhir
