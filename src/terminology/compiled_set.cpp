#include "terminology/compiled_set.h"

#include "terminology/choose.h"
#include "terminology/library.h"
#include "terminology/limits.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using fhir::Known;

Known both(Known a, Known b) {
  if (a == Known::no || b == Known::no) return Known::no;
  return a == Known::yes && b == Known::yes ? Known::yes : Known::unknown;
}

// A list of a system whose content is only partly here says nothing about the rest.
Known absent(const System& system) { return system.content() == Content::complete ? Known::no : Known::unknown; }

}  // namespace

// Compiles a value set and those it imports, each once; one that imports itself is missing to itself.
class CompiledSet::Compiler {
 public:
  explicit Compiler(const Library& library) : library_(library) {}

  std::shared_ptr<const CompiledSet> compile(std::shared_ptr<const ValueSet> set) {
    auto [at, fresh] = done_.emplace(set.get(), nullptr);
    if (!fresh) return at->second;  // nullptr: begun further up
    if (depth_ >= kMaxImports) return nullptr;
    ++depth_;
    auto out = std::make_shared<CompiledSet>();
    for (const ConceptSet& each : set->include) out->include_.push_back(part(each));
    for (const ConceptSet& each : set->exclude) out->exclude_.push_back(part(each));
    if (!set->composed)
      for (const Listed& each : set->listed) out->listed_.emplace(each.code, &each);
    for (const auto* parts : {&out->include_, &out->exclude_})
      for (const Part& each : *parts)
        for (const auto& import : each.imports) out->paths_ = std::min(out->paths_ + import->paths_, kMaxWalked + 1);
    out->drop_inactive_ = set->inactive && !*set->inactive;
    --depth_;
    done_[set.get()] = out;
    out->set_ = std::move(set);
    return out;
  }

 private:
  using How = Part::How;

  Part part(const ConceptSet& set) {
    Part out;
    out.system = set.system;
    out.version = set.version;
    if (!set.system.empty()) out.source = library_.system(set.system, set.version);
    if (set.system.empty()) {
      out.how = set.value_sets.empty() ? How::unknown : How::imports;  // with neither it means nothing
    } else if (!set.concepts.empty()) {
      out.how = How::list;
      for (const ConceptReference& each : set.concepts) out.codes.emplace(each.code, &each);
    } else if (!out.source) {
      out.how = How::unknown;
    } else if (!set.filters.empty()) {
      filtered(set, out);
    }
    for (const std::string& canonical : set.value_sets) {
      const auto imported = library_.value_set(canonical);
      const auto compiled = imported ? compile(imported) : nullptr;
      if (compiled && compiled->paths_ <= kMaxWalked) out.imports.push_back(compiled);
      else out.import_missing = true;
    }
    return out;
  }

  void filtered(const ConceptSet& set, Part& out) {
    out.how = How::unknown;
    const CodeSystem* book = out.source->book();
    if (!book || book->content() == Content::not_present) return;
    try {
      out.bits = library_.chosen(set, out.source, 0);
      out.how = How::bits;
    } catch (const FilterFault&) {  // unknown it stays
    }
  }

  const Library& library_;
  uint32_t depth_ = 0;
  std::unordered_map<const ValueSet*, std::shared_ptr<const CompiledSet>> done_;
};

std::shared_ptr<const CompiledSet> CompiledSet::compile(const Library& library, std::shared_ptr<const ValueSet> set) {
  return Compiler(library).compile(std::move(set));
}

Known CompiledSet::Part::own(std::string_view code, bool drop_inactive) const {
  const Source here(source, {});
  const auto active = [&](ConceptId id) { return drop_inactive && source->book()->inactive(id) ? Known::no : Known::yes; };
  switch (how) {
    case How::imports: return Known::yes;
    case How::unknown: return Known::unknown;
    case How::list: {
      if (!codes.contains(code)) {
        if (!source || source->case_sensitive()) return Known::no;
        const auto place = here.locate(code);  // another way to write one of them
        if (!place || !codes.contains(place->code)) return Known::no;
      }
      if (!drop_inactive || !source || !source->book()) return Known::yes;
      const ConceptId id = source->book()->find(code);
      return id == kNoConcept ? Known::yes : active(id);
    }
    case How::bits: {
      const ConceptId id = source->book()->find(code);
      if (id == kNoConcept) return absent(*source);
      return bits->test(id) ? active(id) : Known::no;
    }
    case How::all: {
      if (source->grammar()) return source->grammar()->judge(code, {}, nullptr) ? Known::yes : Known::no;
      const ConceptId id = source->book()->find(code);
      return id == kNoConcept ? absent(*source) : active(id);
    }
  }
  return Known::unknown;
}

Known CompiledSet::Part::contains(std::string_view asked, std::string_view asked_version, std::string_view code, bool drop_inactive) const {
  if (how != How::imports && !asked.empty() && asked != system) return Known::no;
  if (how != How::imports && !asked_version.empty() && !version.empty() && !version_matches(version, asked_version) &&
      !version_matches(asked_version, version))
    return Known::no;
  Known out = own(code, drop_inactive);
  for (const auto& each : imports) out = both(out, each->contains(asked.empty() ? std::string_view(system) : asked, asked_version, code));
  return import_missing ? both(out, Known::unknown) : out;
}

Known CompiledSet::contains(std::string_view system, std::string_view version, std::string_view code) const {
  Known out = Known::no;
  for (const Part& each : include_) {
    const Known its = each.contains(system, version, code, drop_inactive_);
    if (its == Known::yes) out = Known::yes;
    else if (its == Known::unknown && out == Known::no) out = Known::unknown;
    if (out == Known::yes) break;
  }
  const auto [from, to] = listed_.equal_range(code);
  for (auto at = from; at != to; ++at)
    if (system.empty() || at->second->system == system) out = Known::yes;
  if (out == Known::no) return out;
  for (const Part& each : exclude_) {
    const Known its = each.contains(system, version, code, false);
    if (its == Known::yes) return Known::no;
    if (its == Known::unknown) out = Known::unknown;
  }
  return out;
}

std::string_view CompiledSet::display_of(std::string_view system, std::string_view code) const {
  for (const Part& each : include_) {
    if (!each.system.empty() && !system.empty() && each.system != system) continue;
    if (const auto found = each.codes.find(code); found != each.codes.end() && !found->second->display.empty())
      return found->second->display;
    for (const auto& import : each.imports)
      if (const std::string_view display = import->display_of(system, code); !display.empty()) return display;
  }
  return {};
}

const System* CompiledSet::system_of(std::string_view code) const {
  const System* found = nullptr;
  for (const Part& each : include_) {
    const System* its = each.source.get();
    if (each.how == Part::How::imports) {
      for (const auto& import : each.imports)
        if (const System* inner = import->system_of(code)) its = inner;
    } else if (each.own(code, false) != Known::yes) {
      continue;
    }
    if (!its) continue;
    if (found && found != its) return nullptr;
    found = its;
  }
  return found;
}

}  // namespace witmed::terminology
