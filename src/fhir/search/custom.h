// SearchParameter resources that a record holds beyond those of R4: compiled, found by code, extracted beside the others.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/search/extract.h"

namespace witmed::fhir {

inline constexpr PartId kCustomFirst = 40'000;  // parts of R4 stay below

// One SearchParameter on one type. Equal definitions are one; each lives as long as the process.
struct CustomParam {
  std::string code, url, text;  // text: the expression as far as it concerns the type
  std::vector<TypeId> targets;
  SearchParam param;
  Part part;
  TypeId target = 0;  // "…where(resolve() is T)"
  Expression expression;
};

// What a resource asks for, one for each type it stands on that R4 does not know the code of. Empty, and `why` says so, when it
// is not active, composite, or not to be read.
std::vector<const CustomParam*> compile_custom(Node search_parameter, std::string& why);

const CustomParam& custom_param(PartId part);

// What a record has of them at the moment. Readers take a Set; writers publish a new one.
class CustomParams {
 public:
  struct State {
    const CustomParam* param;
    bool ready = false;    // every resource has its rows; until then conditions are compared one by one
    bool leaving = false;  // no longer searched; rows are kept true until they are all gone
  };
  struct Set {
    std::vector<State> all;
    uint64_t generation = 0;  // another for each change: rows are made by the parameters of one generation
  };
  CustomParams() = default;
  explicit CustomParams(std::shared_ptr<const Set> set) : set_(std::move(set)) {}
  std::shared_ptr<const Set> load() const { return std::atomic_load(&set_); }
  // One thread at a time.
  void store(std::shared_ptr<Set> set) {
    set->generation = load()->generation + 1;
    std::atomic_store(&set_, std::shared_ptr<const Set>(std::move(set)));
  }

 private:
  std::shared_ptr<const Set> set_ = std::make_shared<Set>();
};

// R4's parameter, or one of the record's own; nullptr when neither knows the code.
const SearchParam* search_param(const ExtractSettings& settings, TypeId type, std::string_view code);
// Do rows answer for it?
bool indexed(const ExtractSettings& settings, const SearchParam& param);
// Values of the record's own parameters, of those in `only` when it is not empty.
void extract_custom(Node resource, TypeId type, const ExtractSettings& settings, Extraction& out, std::span<const PartId> only);

}  // namespace witmed::fhir
