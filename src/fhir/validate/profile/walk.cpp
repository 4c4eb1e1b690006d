#include "fhir/validate/profile/walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "fhir/reference.h"
#include "fhir/temporal.h"
#include "fhir/validate/names.h"
#include "fhir/validate/profile/clause_walk.h"
#include "fhir/validate/profile/vital_signs.h"

namespace witmed::fhir {
namespace {

constexpr int kDepth = 8;  // profiles that ask for profiles

bool wanted(const Profile& profile, TypeId type) { return Definitions::r4().is_a(type, profile.type); }

}  // namespace

void check_profile(Run& run, Node node, TypeId type, const Profile& profile, const Standing& standing) {
  if (run.profile_depth >= kDepth) return;
  if (!wanted(profile, type)) {
    const std::string_view have = Definitions::r4().type(type).name, want = Definitions::r4().type(profile.type).name;
    run.faults.add(node, "structure", "profile-type", fmt::format("{} is a profile of {}, this is a {}", profile.url, want, have),
                   fmt::format("{} 约束的是 {}，此处是 {}", profile.url, want, have));
    return;
  }
  ++run.profile_depth;
  ClauseWalk(run, profile, standing).value(profile.root, {node, {}, type, nullptr});
  --run.profile_depth;
}

bool conforms(Run& run, Node node, TypeId type, const Profile& profile, const Standing& standing) {
  if (run.profile_depth >= kDepth) return true;
  return run.quietly([&](Run& quiet) { check_profile(quiet, node, type, profile, standing); });
}

void check_stated_profiles(Run& run, const Standing& standing, TypeId type) {
  const Names& names = Names::get();
  const bool root = standing.resource.index() == 0;
  if (!run.world.profiles) return;
  std::vector<std::pair<std::string, Node>> urls;
  if (root) {
    for (const std::string& url : run.options.against) urls.emplace_back(url, standing.resource);
  }
  const Node meta = standing.resource[names.meta];
  const Node list = meta && meta.kind() == Kind::object ? meta[names.profile] : Node();
  if (list && list.kind() == Kind::array) {
    for (Node each : list) {
      if (each.kind() == Kind::string) urls.emplace_back(each.string(), each);
    }
  }
  if (type == names.observation) {
    for (std::string& url : vital_sign_profiles(standing.resource)) {
      const bool stated = std::any_of(urls.begin(), urls.end(), [&](const auto& known) { return known.first == url; });
      if (!stated) urls.emplace_back(std::move(url), standing.resource);
    }
  }
  constexpr std::string_view kCore = "http://hl7.org/fhir/StructureDefinition/";
  for (const auto& [url, at] : urls) {
    const std::string_view plain = std::string_view(url).substr(0, url.find('|'));
    if (plain.starts_with(kCore) && names.r4.type_id(plain.substr(kCore.size()))) {
      if (!names.r4.is_a(type, names.r4.type_id(plain.substr(kCore.size()))))
        run.faults.add(at, "structure", "profile-type", fmt::format("this is no {}", plain.substr(kCore.size())),
                       fmt::format("此资源不是 {}", plain.substr(kCore.size())));
      continue;
    }
    if (const auto profile = run.world.profiles->find(url)) {
      check_profile(run, standing.resource, type, *profile, standing);
    } else {
      const auto& asked = run.options.against;  // who asks for a profile must not read "valid" where it was not looked at
      run.faults.add(Fault{at, "not-found", "profile-unknown", fmt::format("the profile {} is not known here, so it was not checked", url),
                           fmt::format("此处没有配置文件 {}，未按它检查", url),
                           std::find(asked.begin(), asked.end(), url) == asked.end() ? Severity::warning : Severity::error, {}});
    }
  }
}

}  // namespace witmed::fhir
