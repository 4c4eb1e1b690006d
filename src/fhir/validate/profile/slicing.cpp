// Slicing (http://hl7.org/fhir/R4/profiling.html#slicing): which slice is a value in, and what follows from it.
#include <fmt/format.h>

#include <algorithm>

#include "fhir/validate/names.h"
#include "fhir/validate/profile/clause_walk.h"
#include "fhir/validate/profile/walk.h"

namespace witmed::fhir {
namespace {

constexpr std::string_view kDefault = "@default";

// The parts of a profile at the end of a discriminator's path, with those of the profiles that its types name.
void parts_at(const Clause& from, const std::vector<Step>& path, size_t step, const Profiles* known, std::vector<const Clause*>& out,
              std::vector<std::shared_ptr<const Profile>>& keep, int depth = 0) {
  constexpr size_t kMost = 1000;  // profiles that name each other grow as a power of their number
  if (depth > 8 || keep.size() > kMost || out.size() > kMost) return;
  const auto within = [&](const std::vector<std::string>& urls, size_t next) {
    for (const std::string& url : urls) {
      const auto profile = known ? known->find(url) : nullptr;
      if (!profile) continue;
      keep.push_back(profile);
      parts_at(profile->root, path, next, known, out, keep, depth + 1);
    }
  };
  if (step == path.size()) {
    out.push_back(&from);
    return;
  }
  const Step& at = path[step];
  for (const TypeRef& type : from.types) {
    if (at.kind == Step::Kind::resolve)
      within(type.targets, step + 1);
    else
      within(type.profiles, step);
  }
  if (at.kind == Step::Kind::resolve) return;
  if (at.kind == Step::Kind::of_type) return parts_at(from, path, step + 1, known, out, keep, depth);
  for (const Clause& child : from.children) {
    if (child.name != at.name) continue;
    if (at.kind == Step::Kind::child) {
      parts_at(child, path, step + 1, known, out, keep, depth);
      for (const Clause& slice : child.slices) {
        if (slice.min > 0 || child.slices.size() == 1) parts_at(slice, path, step + 1, known, out, keep, depth);
      }
      continue;
    }
    for (const Clause& slice : child.slices) {
      const bool named = std::any_of(slice.types.begin(), slice.types.end(), [&](const TypeRef& type) {
        return std::find(type.profiles.begin(), type.profiles.end(), at.url) != type.profiles.end();
      });
      if (named || slice.slice == at.url) parts_at(slice, path, step + 1, known, out, keep, depth);
    }
  }
}

}  // namespace

bool ClauseWalk::quietly(const Clause& part, const Occurrence& at) {
  return run_.quietly([&](Run& quiet) { ClauseWalk(quiet, profile_, standing_).value(part, at); });
}

void ClauseWalk::sliced(const Clause& part, const std::vector<Occurrence>& found, const Occurrence& owner) {
  const Slicing& slicing = *part.slicing;
  std::vector<std::vector<Occurrence>> members(part.slices.size());
  std::vector<Occurrence> rest;
  size_t furthest = 0;      // slice that came last, for order
  bool unmatched = false;   // something in no slice came before
  for (const Occurrence& each : found) {
    size_t slice = 0;
    while (slice < part.slices.size() && (part.slices[slice].slice == kDefault || !in_slice(slicing, part.slices[slice], each))) ++slice;
    if (slice == part.slices.size()) {
      rest.push_back(each);
      unmatched = true;
      continue;
    }
    if (slicing.ordered && slice < furthest)
      fault(each.place(), "structure", "slice-order", fmt::format("{} must stand before {}", name_of(part.slices[slice]), name_of(part.slices[furthest])),
            fmt::format("{} 必须在 {} 之前", name_of(part.slices[slice]), name_of(part.slices[furthest])));
    if (slicing.rules == Slicing::Rules::open_at_end && unmatched)
      fault(each.place(), "structure", "slice-end", fmt::format("what is in no slice of {} must stand at the end", part.path),
            fmt::format("不属于 {} 任何切片的内容必须在最后", part.path));
    furthest = std::max(furthest, slice);
    members[slice].push_back(each);
  }
  bool has_default = false;
  for (size_t i = 0; i < part.slices.size(); ++i) {
    const bool is_default = part.slices[i].slice == kDefault;
    has_default = has_default || is_default;
    counted(part.slices[i], is_default ? rest : members[i], owner);
  }
  if (slicing.rules != Slicing::Rules::closed || has_default) return;
  for (const Occurrence& each : rest)
    fault(each.place(), "structure", "slice-closed", fmt::format("this is in no slice of {}, and no others are allowed", part.path),
          fmt::format("此项不属于 {} 的任何切片，而切片是封闭的", part.path));
}

bool ClauseWalk::in_slice(const Slicing& slicing, const Clause& slice, const Occurrence& at) {
  if (slicing.by.empty()) return quietly(slice, at);
  bool judged = false;  // what a slice says nothing of does not tell it from the others
  for (const Discriminator& by : slicing.by) {
    const auto fits = discriminated(by, slice, at);
    if (fits && !*fits) return false;
    judged = judged || fits;
  }
  return judged;
}

std::optional<bool> ClauseWalk::discriminated(const Discriminator& by, const Clause& slice, const Occurrence& at) {
  std::vector<const Clause*> parts;
  std::vector<std::shared_ptr<const Profile>> keep;
  parts_at(slice, by.path, 0, run_.world.profiles, parts, keep);
  const auto values = follow(at, by.path, run_, standing_);
  const Definitions& r4 = Definitions::r4();
  switch (by.kind) {
    case Discriminator::Kind::exists:
      return std::all_of(parts.begin(), parts.end(), [&](const Clause* part) { return part->max == 0 ? values.empty() : part->min == 0 || !values.empty(); });
    case Discriminator::Kind::type: {
      // Of what a reference leads to, the types are those of its targets.
      std::vector<TypeId> wanted;
      for (const Clause* part : parts) {
        if (part->types.empty() && part->type) wanted.push_back(part->type);
        for (const TypeRef& ref : part->types) wanted.push_back(ref.type);
      }
      if (!by.path.empty() && by.path.back().kind == Step::Kind::resolve) return target_types(slice, by, values);
      return std::any_of(values.begin(), values.end(), [&](const Occurrence& value) {
        return std::any_of(wanted.begin(), wanted.end(), [&](TypeId type) { return r4.is_a(value.type, type); });
      });
    }
    case Discriminator::Kind::value:
    case Discriminator::Kind::pattern:
    case Discriminator::Kind::profile: break;
  }
  if (parts.empty()) return std::nullopt;
  return std::any_of(values.begin(), values.end(), [&](const Occurrence& value) {
    return std::all_of(parts.begin(), parts.end(), [&](const Clause* part) { return quietly(*part, value); });
  });
}

// resolve() and its targets: a profile of the target, or R4's own type.
bool ClauseWalk::target_types(const Clause& slice, const Discriminator& by, const std::vector<Occurrence>& values) {
  const Definitions& r4 = Definitions::r4();
  const std::vector<Step> before(by.path.begin(), by.path.end() - 1);
  std::vector<const Clause*> references;
  std::vector<std::shared_ptr<const Profile>> keep;
  parts_at(slice, before, 0, run_.world.profiles, references, keep);
  constexpr std::string_view kCore = "http://hl7.org/fhir/StructureDefinition/";
  for (const Clause* reference : references) {
    for (const TypeRef& ref : reference->types) {
      for (const std::string& url : ref.targets) {
        const std::string_view plain = std::string_view(url).substr(0, url.find('|'));
        TypeId type = plain.starts_with(kCore) ? r4.type_id(plain.substr(kCore.size())) : TypeId{0};
        if (!type && run_.world.profiles) {
          const auto profile = run_.world.profiles->find(url);
          type = profile ? profile->type : TypeId{0};
        }
        if (type && std::any_of(values.begin(), values.end(), [&](const Occurrence& value) { return r4.is_a(value.type, type); })) return true;
      }
    }
  }
  return false;
}

}  // namespace witmed::fhir
