#include "fhir/validate/profile/place.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

constexpr size_t kDepth = 40;  // segments of a path; R4's longest has 9

struct Segment {
  std::string_view name, slice;
};

Segment cut(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == text.npos) return {text, {}};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

std::string_view plain(std::string_view name) {
  if (name.ends_with("[x]")) name.remove_suffix(3);
  return name;
}

Slicing implicit(bool extension) {
  Slicing slicing;
  Discriminator by;
  by.kind = extension ? Discriminator::Kind::value : Discriminator::Kind::type;
  if (extension) by.path.push_back({Step::Kind::child, Names::get().url, {}, 0});
  slicing.by.push_back(std::move(by));
  return slicing;
}

}  // namespace

const Element* element_of(TypeId type, std::string_view base_name) {
  const Definitions& r4 = Definitions::r4();
  if (!type) return nullptr;
  const Type& owner = r4.type(type);
  for (const Element& element : owner.elements) {
    if (r4.text(element.base) == base_name) return &element;
  }
  if (owner.kind != TypeKind::primitive) return nullptr;
  return element_of(Names::get().element, base_name);
}

Clause* PlaceFinder::find(std::string_view path, std::string_view id, std::string_view slice_name, std::vector<std::string>& latest,
                        std::string& problem) {
  const auto by_path = split(path, '.'), by_id = split(id, '.');
  if (by_path.size() > kDepth) return problem = "too long", nullptr;
  if (by_path[0] != Definitions::r4().type(type_).name) return problem = std::string(by_path[0]), nullptr;
  // An id that tells another way than the path is not believed.
  const bool use_id = std::equal(by_id.begin(), by_id.end(), by_path.begin(), by_path.end(), [](std::string_view told, std::string_view name) {
    const Segment segment = cut(told);
    return segment.name == name || (segment.name.ends_with("[x]") && segment.slice == name);
  });
  std::vector<std::string> segments;
  bool same = true;  // as the element before, so far
  for (size_t i = 0; i < by_path.size(); ++i) {
    if (use_id) {
      segments.emplace_back(by_id[i]);
    } else {
      same = same && i < latest.size() && cut(latest[i]).name == by_path[i];
      segments.push_back(same && i + 1 < by_path.size() ? latest[i] : std::string(by_path[i]));
    }
  }
  if (!use_id && !slice_name.empty() && segments.size() > 1) segments.back() += fmt::format(":{}", slice_name);
  Clause* at = &root_;
  for (size_t i = 1; i < segments.size() && at; ++i) {
    const Segment segment = cut(segments[i]);
    at = child(*at, segment.name, problem);
    if (at && !segment.slice.empty() && segment.slice != at->slice) at = slice(*at, segment.slice);
  }
  // An id that does not say the slice its element names.
  if (at && use_id && !slice_name.empty() && at->slice.empty() && segments.size() > 1) at = slice(*at, slice_name);
  if (at) latest = std::move(segments);
  return at;
}

Clause* PlaceFinder::child(Clause& part, std::string_view name, std::string& problem) {
  const Names& names = Names::get();
  const std::string_view base = plain(name);
  TypeId owner = part.type;
  if (!owner && !part.types.empty()) owner = part.types[0].type;
  const Element* element = element_of(owner, base);
  if (element && element->choice && !name.ends_with("[x]")) element = nullptr;
  if (element && !element->choice && name.ends_with("[x]")) element = nullptr;
  std::string_view shortcut;
  if (!element && owner) {  // "valueQuantity"
    element = names.r4.type(owner).element(names.r4.name(name));
    if (element && !element->choice) element = nullptr;
    if (element) shortcut = name;
  }
  if (!element) {
    problem = fmt::format("{} has no {}", part.path, name);
    return nullptr;
  }
  const auto known = std::find_if(part.children.begin(), part.children.end(), [&](const Clause& c) { return c.name == element->base; });
  Clause* found = known != part.children.end() ? &*known : nullptr;
  if (!found) {
    Clause made;
    made.path = fmt::format("{}.{}{}", part.path, names.r4.text(element->base), element->choice ? "[x]" : "");
    made.name = element->base;
    made.type = element->choice ? TypeId{0} : element->type;
    part.children.push_back(std::move(made));
    found = &part.children.back();
  }
  if (shortcut.empty()) return found;
  // "valueQuantity" without slicing says that no other type is allowed, as the snapshots of R4 read it.
  if (found->by_shortcut || (!found->slicing && found->types.empty())) {
    found->by_shortcut = true;
    const bool named = std::any_of(found->types.begin(), found->types.end(), [&](const TypeRef& type) { return type.type == element->type; });
    if (!named) found->types.push_back({element->type, {}, {}});
  }
  Clause* typed = slice(*found, shortcut);
  if (typed->types.empty()) {
    typed->type = element->type;
    typed->types.push_back({element->type, {}, {}});
  }
  return typed;
}

// "a/b" is a slice of slice "a".
Clause* PlaceFinder::slice(Clause& part, std::string_view name) {
  Clause* at = &part;
  for (size_t begin = 0, end = 0; end != name.npos; begin = end + 1) {
    end = name.find('/', begin);
    const std::string_view piece = name.substr(0, end);
    const bool last = end == name.npos;
    const auto known = std::find_if(at->slices.begin(), at->slices.end(), [&](const Clause& s) { return s.slice == piece; });
    if (known != at->slices.end()) {
      at = &*known;
      continue;
    }
    if (!last) continue;  // a name with a stroke in it, not a slice of a slice
    if (!at->slicing && (at->name == Names::get().extension || at->name == Names::get().modifier_extension)) at->slicing = implicit(true);
    if (!at->slicing && at->path.ends_with("[x]")) at->slicing = implicit(false);
    Clause made;
    made.path = at->path;
    made.slice = std::string(piece);
    made.name = at->name;
    made.type = at->type;
    at->slices.push_back(std::move(made));
    at = &at->slices.back();
  }
  return at;
}

std::optional<Discriminator> parse_discriminator(std::string_view type, std::string_view path) {
  const Definitions& r4 = Definitions::r4();
  Discriminator out;
  out.kind = type == "exists"    ? Discriminator::Kind::exists
             : type == "type"    ? Discriminator::Kind::type
             : type == "profile" ? Discriminator::Kind::profile
             : type == "pattern" ? Discriminator::Kind::pattern
                                 : Discriminator::Kind::value;
  // Dots within quotes are not steps: urls have them.
  std::vector<std::string_view> pieces;
  bool quoted = false;
  size_t begin = 0;
  for (size_t i = 0; i <= path.size(); ++i) {
    if (i < path.size() && path[i] == '\'') quoted = !quoted;
    if (i < path.size() && (quoted || path[i] != '.')) continue;
    pieces.push_back(path.substr(begin, i - begin));
    begin = i + 1;
  }
  if (quoted || pieces.size() > kDepth) return std::nullopt;
  for (std::string_view piece : pieces) {
    if (piece == "$this" || piece.empty()) continue;
    Step step;
    if (piece == "resolve()" || piece == "reference") {  // "reference" is how resolve() was written before R4
      if (piece == "reference" && pieces.size() == 1) step = {Step::Kind::child, r4.name("reference"), {}, 0};
      else step.kind = Step::Kind::resolve;
    } else if (piece.starts_with("extension('") && piece.ends_with("')")) {
      step = {Step::Kind::extension, r4.name("extension"), std::string(piece.substr(11, piece.size() - 13)), 0};
    } else if (piece.starts_with("ofType(") && piece.ends_with(")")) {
      step.kind = Step::Kind::of_type;
      step.type = r4.type_id(piece.substr(7, piece.size() - 8));
    } else {
      step.name = r4.name(plain(piece));
      if (!step.name) return std::nullopt;
    }
    out.path.push_back(std::move(step));
  }
  return out;
}

}  // namespace witmed::fhir
