#include "terminology/book/map_book.h"

#include <algorithm>

#include "base/error.h"
#include "fhir/json/member.h"

namespace witmed::terminology {
namespace {

// First index in [low, high) for which `less` is false.
template <class Less>
uint32_t lower(uint32_t low, uint32_t high, const Less& less) {
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (less(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

struct Run {
  uint32_t first, last;
};
Run run(uint32_t first, uint32_t count, uint32_t all) {
  first = std::min(first, all);
  return {first, first + std::min(count, all - first)};
}

std::string extra_of(fhir::Node target) {
  std::string out;
  for (const std::string_view key : {"dependsOn", "product"})
    if (const fhir::Node list = target[key]) out += (out.empty() ? "{\"" : ",\"") + std::string(key) + "\":" + fhir::minify(list);
  return out.empty() ? out : out + "}";
}

// R4's equivalence, also of R5's relationship.
std::string equivalence_of(fhir::Node target) {
  if (target["equivalence"]) return text_of(target, "equivalence");
  const std::string relationship = text_of(target, "relationship");
  if (relationship == "source-is-narrower-than-target") return "wider";
  if (relationship == "source-is-broader-than-target") return "narrower";
  if (relationship == "related-to") return "relatedto";
  if (relationship == "not-related-to") return "unmatched";
  return relationship;
}

// A url with its version behind a bar, as R5 writes it, and R4's two elements.
std::pair<std::string, std::string> system_of(fhir::Node group, const char* url, const char* version) {
  std::string system = text_of(group, url), its = text_of(group, version);
  if (const size_t bar = system.find('|'); bar != std::string::npos) {
    its = system.substr(bar + 1);
    system.resize(bar);
  }
  return {std::move(system), std::move(its)};
}

}  // namespace

MapBook::MapBook(Image image) : image_(std::move(image)) {
  if (image_.kind() != BookKind::concept_map) throw Failure("this book is no concept map");
}

MapBookGroup MapBook::group(uint32_t index) const {
  const auto r = image_.item<GroupRecord>(Section::groups, index);
  return {image_.text(r.source), image_.text(r.source_version), image_.text(r.target), image_.text(r.target_version),
          image_.text(r.unmapped_mode), image_.text(r.unmapped_code), image_.text(r.unmapped_display), image_.text(r.unmapped_url)};
}

MapBookPair MapBook::pair(uint32_t target) const {
  const auto r = image_.item<MapTargetRecord>(Section::map_targets, target);
  const auto source = image_.item<MapSourceRecord>(Section::map_sources, r.source);
  return {image_.text(source.code), image_.text(source.display), image_.text(r.code), image_.text(r.display),
          image_.text(r.equivalence), image_.text(r.comment), image_.text(r.extra)};
}

std::vector<MapBookPair> MapBook::from(uint32_t group, std::string_view code) const {
  const auto g = image_.item<GroupRecord>(Section::groups, group);
  const Run sources = run(g.first_source, g.source_count, image_.items<MapSourceRecord>(Section::map_sources));
  const auto source = [&](uint32_t i) { return image_.item<MapSourceRecord>(Section::map_sources, i); };
  const uint32_t at = lower(sources.first, sources.last, [&](uint32_t i) { return image_.text(source(i).code) < code; });
  std::vector<MapBookPair> out;
  if (at == sources.last || image_.text(source(at).code) != code) return out;
  const Run targets = run(source(at).first_target, source(at).target_count, size());
  for (uint32_t i = targets.first; i < targets.last; ++i) out.push_back(pair(i));
  return out;
}

std::vector<MapBookPair> MapBook::to(uint32_t group, std::string_view code) const {
  const auto g = image_.item<GroupRecord>(Section::groups, group);
  const Run targets = run(g.first_target, g.target_count, image_.items<uint32_t>(Section::map_by_target));
  const auto target = [&](uint32_t i) { return image_.number(Section::map_by_target, i); };
  const auto code_at = [&](uint32_t i) { return image_.text(image_.item<MapTargetRecord>(Section::map_targets, target(i)).code); };
  std::vector<MapBookPair> out;
  for (uint32_t at = lower(targets.first, targets.last, [&](uint32_t i) { return code_at(i) < code; }); at < targets.last && code_at(at) == code; ++at)
    out.push_back(pair(target(at)));
  return out;
}

void MapBook::each(uint32_t group, const std::function<bool(const MapBookPair&)>& visit) const {
  const auto g = image_.item<GroupRecord>(Section::groups, group);
  const Run targets = run(g.first_target, g.target_count, size());
  for (uint32_t i = targets.first; i < targets.last; ++i)
    if (!visit(pair(i))) return;
}

MapBookBuilder MapBookBuilder::from_resource(fhir::Node resource) {
  Head head{text_of(resource, "url"), text_of(resource, "version"), text_of(resource, "name"), text_of(resource, "title"),
            text_of(resource, "status"), text_of(resource, "date"), {}, {}, {}};
  if (head.url.empty()) throw fhir::Rejection(422, "required", "a ConceptMap needs a url", "ConceptMap 缺少 url");
  std::vector<fhir::Edit> edits;
  for (const fhir::Node member : resource)
    if (member.key() == "group" || member.key() == "text")
      edits.push_back({member.offset(), static_cast<uint32_t>(member.offset() + member.raw().size()), ""});
  head.resource = fhir::minify(resource, edits);
  MapBookBuilder out(std::move(head));
  const fhir::Node groups = resource["group"];
  if (!groups) return out;
  for (const fhir::Node each : groups) {
    const fhir::Node unmapped = each["unmapped"];
    const auto source = system_of(each, "source", "sourceVersion"), target = system_of(each, "target", "targetVersion");
    const std::string mode = text_of(unmapped, "mode"), code = text_of(unmapped, "code"), display = text_of(unmapped, "display"),
                      url = text_of(unmapped, unmapped && unmapped["otherMap"] ? "otherMap" : "url");
    const uint32_t group = out.group({source.first, source.second, target.first, target.second,
                                      mode == "use-source-code" ? std::string_view("provided") : std::string_view(mode), code, display, url});
    const fhir::Node elements = each["element"];
    if (!elements) continue;
    for (const fhir::Node element : elements) {
      const std::string code = text_of(element, "code"), display = text_of(element, "display");
      const fhir::Node targets = element["target"];
      if (!targets) {
        out.add(group, {code, display, {}, {}, {}, {}, {}});
        continue;
      }
      for (const fhir::Node target : targets) {
        const std::string to[] = {text_of(target, "code"), text_of(target, "display"), equivalence_of(target), text_of(target, "comment"), extra_of(target)};
        out.add(group, {code, display, to[0], to[1], to[2], to[3], to[4]});
      }
    }
  }
  return out;
}

uint32_t MapBookBuilder::group(const MapBookGroup& g) {
  groups_.push_back({out_.shared(g.source), out_.shared(g.source_version), out_.shared(g.target), out_.shared(g.target_version), 0, 0, 0, 0,
                     out_.shared(g.unmapped_mode), out_.shared(g.unmapped_code), out_.shared(g.unmapped_display), out_.shared(g.unmapped_url)});
  return static_cast<uint32_t>(groups_.size() - 1);
}

void MapBookBuilder::add(uint32_t group, const MapBookPair& p) {
  if (group >= groups_.size() || p.source_code.empty()) return;
  pairs_.push_back({group, out_.shared(p.source_code), out_.shared(p.source_display),
                    {out_.shared(p.code), out_.shared(p.display), out_.shared(p.equivalence), out_.shared(p.comment), out_.shared(p.extra), 0}});
}

std::string MapBookBuilder::finish() {
  const auto text = [&](uint32_t offset) { return offset == 0 ? std::string_view() : out_.read(offset); };
  std::stable_sort(pairs_.begin(), pairs_.end(), [&](const Pair& a, const Pair& b) {
    return a.group != b.group ? a.group < b.group : text(a.source) < text(b.source);
  });
  const auto same_source = [&](const Pair& a, const Pair& b) { return a.group == b.group && text(a.source) == text(b.source); };
  const auto same_target = [&](const MapTargetRecord& a, const MapTargetRecord& b) {
    return text(a.code) == text(b.code) && text(a.equivalence) == text(b.equivalence) && text(a.extra) == text(b.extra);
  };
  std::vector<Pair> distinct;
  for (const Pair& p : pairs_) {
    constexpr size_t kLookedAt = 64;  // targets of one source; beyond, a repeated one does no harm but space
    bool known = false;
    for (size_t back = 1; !known && back <= std::min(distinct.size(), kLookedAt) && same_source(distinct[distinct.size() - back], p); ++back)
      known = same_target(distinct[distinct.size() - back].target, p.target);
    if (!known) distinct.push_back(p);
  }
  pairs_ = std::move(distinct);
  std::vector<MapSourceRecord> sources;
  std::vector<MapTargetRecord> targets;
  for (uint32_t i = 0; i < pairs_.size(); ++i) {
    const Pair& p = pairs_[i];
    GroupRecord& group = groups_[p.group];
    if (group.target_count++ == 0) group.first_target = i, group.first_source = static_cast<uint32_t>(sources.size());
    if (i == 0 || !same_source(pairs_[i - 1], p)) {
      sources.push_back({p.source, p.source_display, i, 0});
      ++group.source_count;
    }
    ++sources.back().target_count;
    targets.push_back(p.target);
    targets.back().source = static_cast<uint32_t>(sources.size() - 1);
  }
  std::vector<uint32_t> by_target(targets.size());
  for (uint32_t i = 0; i < by_target.size(); ++i) by_target[i] = i;
  std::stable_sort(by_target.begin(), by_target.end(), [&](uint32_t a, uint32_t b) {
    return pairs_[a].group != pairs_[b].group ? pairs_[a].group < pairs_[b].group : text(targets[a].code) < text(targets[b].code);
  });
  out_.put_all(Section::groups, groups_);
  out_.put_all(Section::map_sources, sources);
  out_.put_all(Section::map_targets, targets);
  out_.put_all(Section::map_by_target, by_target);
  for (const std::string_view each : std::initializer_list<std::string_view>{head_.url, head_.version, head_.name, head_.title, "", "", "", head_.status, "",
                                                                             "", head_.date, head_.valid_from, head_.valid_until, head_.resource})
    out_.put(Section::head, out_.shared(each));
  for (const uint32_t number : {static_cast<uint32_t>(targets.size()), 0u, 0u, 0u, uint32_t{kCaseSensitive}}) out_.put(Section::head, number);
  return out_.finish(BookKind::concept_map);
}

}  // namespace witmed::terminology
