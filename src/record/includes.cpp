#include "record/includes.h"

#include <algorithm>
#include <unordered_set>

#include "base/limits.h"
#include "fhir/search/custom.h"
#include "record/impl.h"
#include "store/search/plan.h"

namespace witmed::record {
namespace {

using fhir::Definitions;
using fhir::IndexEntry;
using fhir::SearchIndex;

class Includer {
 public:
  Includer(const Snapshot& snapshot, Page& page)
      : snapshot_(snapshot), context_(snapshot.context()), view_(*snapshot.view), page_(page), matches_(page.matches.size()) {
    for (const auto& m : page.matches) seen_.insert(key(m.version.type, m.version.id, 0));
  }

  void run(const std::vector<fhir::Include>& includes) {
    for (size_t i = 0; i < page_.matches.size(); ++i) {  // the list grows while it is walked
      context_.check_deadline();
      const Version from = page_.matches[i].version;
      for (const auto& include : includes) {
        if (i >= matches_ && !include.iterate) continue;
        include.reverse ? reverse(from, include) : forward(from, include);
      }
    }
  }

 private:
  static std::string key(fhir::TypeId type, std::string_view id, int64_t version) {
    std::string out = std::to_string(type).append("/").append(id);
    return version == 0 ? out : out.append("/").append(std::to_string(version));
  }

  void add(const std::optional<store::Stored>& stored, int64_t version = 0) {
    if (!stored || !stored->text || !seen_.insert(key(stored->type, stored->id, version)).second) return;
    if (page_.matches.size() - matches_ >= limits::kIncludesPerPage)
      throw fhir::Rejection(400, "too-costly", "_include adds too many resources: ask for a smaller page, or for fewer kinds", "_include 带出的资源太多，请减小每页数量或减少种类");
    page_.matches.push_back({to_version(*stored), Page::Match::Mode::include});
  }
  void add(store::Rid rid) { add(snapshot_.current(rid)); }

  // The reference parameters of a type that an include names: one, or all of them.
  std::vector<const fhir::SearchParam*> params(fhir::TypeId type, const fhir::Include& include) const {
    std::vector<const fhir::SearchParam*> out;
    if (include.param != nullptr) {
      if (const auto* own = fhir::search_param(context_.extract, type, include.param->code)) out.push_back(own);
      return out;
    }
    for (const auto& p : Definitions::r4().search_params(type))
      if (p.type == fhir::SearchType::reference) out.push_back(&p);
    return out;
  }

  static bool wanted(const fhir::SearchParam& param, const fhir::Include& include, fhir::TypeId type) {
    if (include.target != 0 && include.target != type) return false;
    if (const auto only = SearchIndex::r4().target(param); only != 0 && only != type) return false;
    return param.targets.empty() || std::find(param.targets.begin(), param.targets.end(), type) != param.targets.end();
  }

  void forward(const Version& from, const fhir::Include& include) {
    if (include.source != 0 && include.source != from.type) return;
    const auto document = fhir::Document::parse(*from.text);
    for (const auto* param : params(from.type, include)) {
      fhir::Extraction found;
      SearchIndex::r4().extract(document.root(), from.type, context_.extract, found, SearchIndex::r4().parts(*param));
      for (const auto& e : found.entries) {
        if (e.kind != IndexEntry::Kind::reference) continue;
        if (!e.c.empty()) {
          by_url(*param, include, e.c, e.a);
          continue;
        }
        const auto type = Definitions::r4().type_id(e.a);
        if (!wanted(*param, include, type)) continue;
        const auto rid = view_.find(type, e.b);
        if (!rid) continue;
        // A versioned reference brings that version (http://hl7.org/fhir/R4/search.html#versions).
        int64_t version = 0;
        for (char c : e.version) version = c >= '0' && c <= '9' && version < 1'000'000'000 ? version * 10 + (c - '0') : -1;
        if (e.version.empty() || version <= 0) add(*rid);
        else if (snapshot_.visible(*rid)) add(view_.version(*rid, version), version);
      }
    }
  }

  // A canonical leads to the resource that has this url (and this version, when one is named).
  void by_url(const fhir::SearchParam& param, const fhir::Include& include, std::string_view url, std::string_view version) {
    if (url.starts_with('#')) return;
    for (const auto type : param.targets) {
      const auto* own = Definitions::r4().search_param(type, "url");
      if (own == nullptr || own->type != fhir::SearchType::uri || !wanted(param, include, type)) continue;
      for (const auto part : SearchIndex::r4().parts(*own))
        for (auto walk = view_.postings(context_.keys.uri(SearchIndex::r4().part(part).identity, url)); walk->at() != store::Cursor::kEnd; walk->next()) {
          const auto stored = snapshot_.current(walk->at());
          if (stored && stored->text && (version.empty() || version_of(*stored->text) == version)) add(stored);
        }
    }
  }
  static std::string version_of(const std::string& text) {
    const auto document = fhir::Document::parse(text);
    const auto version = document.root()["version"];
    return version ? version.string() : std::string();
  }

  void reverse(const Version& to, const fhir::Include& include) {
    const auto all = Definitions::r4().resource_types();
    for (const auto source : include.source != 0 ? std::span(&include.source, 1) : all)
      for (const auto* param : params(source, include)) {
        if (!wanted(*param, include, to.type)) continue;
        for (const auto part : SearchIndex::r4().parts(*param)) walk(store::reference_node(context_, SearchIndex::r4().part(part).identity, to.type, to.id));
        referring_by_url(*param, to);
      }
  }

  void referring_by_url(const fhir::SearchParam& param, const Version& to) {
    const auto parts = SearchIndex::r4().parts(param);
    if (std::none_of(parts.begin(), parts.end(), [](auto p) { return SearchIndex::r4().part(p).canonical; })) return;
    const auto document = fhir::Document::parse(*to.text);
    const auto url = document.root()["url"];
    if (!url) return;
    for (const auto part : parts) walk(store::Node::of(context_.keys.outside(SearchIndex::r4().part(part).identity, url.string())));
  }

  void walk(const store::Node& node) {
    for (auto cursor = store::cursor(view_, node); cursor->at() != store::Cursor::kEnd; cursor->next()) add(cursor->at());
  }

  const Snapshot& snapshot_;
  store::SearchContext context_;
  store::View& view_;
  Page& page_;
  size_t matches_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

void add_includes(const Snapshot& snapshot, const std::vector<fhir::Include>& includes, Page& page) {
  Includer(snapshot, page).run(includes);
}

}  // namespace witmed::record
