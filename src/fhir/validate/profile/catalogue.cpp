#include "fhir/validate/profile/catalogue.h"

#include "fhir/json/document.h"
#include "fhir/json/member.h"
#include "fhir/validate/profile/registry.h"

namespace witmed::fhir {
namespace {

}  // namespace

const std::vector<ProfileName>& packed_profiles() {
  static const std::vector<ProfileName> all = [] {
    std::vector<ProfileName> out;
    const Definitions& r4 = Definitions::r4();
    for (std::string& url : embedded_profile_urls()) {
      const Document document = Document::parse(embedded_profile(url));
      const Node root = document.root();
      const TypeId type = r4.type_id(text_of(root, "type"));
      if (type == 0 || !r4.is_resource(type) || text_of(root, "derivation") != "constraint") continue;
      std::string title = text_of(root, "title");
      if (title.empty()) title = text_of(root, "name");
      out.push_back({std::move(url), std::move(title), type});
    }
    return out;
  }();
  return all;
}

}  // namespace witmed::fhir
