// Observation/$lastn (http://hl7.org/fhir/R4/observation-operation-lastn.html): the latest observations of each kind.
#include <algorithm>
#include <map>

#include "base/limits.h"
#include "record/impl.h"

namespace witmed::record {
namespace {

using fhir::IndexEntry;

// What makes two observations one kind: a coding in common, or, without codings, the same text.
class Kinds {
 public:
  // The group of an observation with these codes; groups that turn out to be one are joined.
  size_t group(const std::vector<std::string>& codes) {
    size_t at = SIZE_MAX;
    for (const auto& code : codes) {
      const auto known = group_of_.find(code);
      if (known == group_of_.end()) continue;
      const size_t found = root(known->second);
      if (at == SIZE_MAX) at = found;
      else parent_[std::max(at, found)] = std::min(at, found), at = std::min(at, found);
    }
    if (at == SIZE_MAX) {
      at = parent_.size();
      parent_.push_back(at);
    }
    for (const auto& code : codes) group_of_[code] = at;
    return at;
  }
  size_t root(size_t at) const {
    while (parent_[at] != at) at = parent_[at];
    return at;
  }

 private:
  std::map<std::string, size_t> group_of_;
  std::vector<size_t> parent_;
};

std::vector<std::string> codes_of(const Version& version, const fhir::ExtractSettings& settings) {
  static const auto parts = fhir::SearchIndex::r4().parts(*fhir::Definitions::r4().search_param(version.type, "code"));
  const auto document = fhir::Document::parse(*version.text);
  fhir::Extraction found;
  fhir::SearchIndex::r4().extract(document.root(), version.type, settings, found, parts);
  std::vector<std::string> codes, texts;
  for (const auto& e : found.entries) {
    if (!e.b.empty()) codes.push_back(std::string(e.a).append("|").append(e.b));
    else if (!e.c.empty()) texts.push_back("text:" + fhir::normalize_text(e.c));
  }
  return codes.empty() ? texts : codes;
}

}  // namespace

Page Record::lastn(const AccessContext& context, fhir::SearchQuery query, uint32_t max) const {
  const auto* date = fhir::Definitions::r4().search_param(query.type, "date");
  query.sort = {{date, true, "date"}};
  query.count = limits::kPageMax;
  query.total = fhir::SearchQuery::Total::none;
  query.includes.clear();
  Kinds kinds;
  std::vector<std::pair<size_t, Version>> found;  // latest first
  Page page;
  do {
    Page part = search(context, query);
    page.commit = part.commit;
    page.plan = part.plan;
    for (auto& match : part.matches) found.emplace_back(kinds.group(codes_of(match.version, impl_->settings)), std::move(match.version));
    if (found.size() > limits::kLastnMatches)
      throw fhir::Rejection(400, "too-costly", "Too many observations: name the patient, and a code or category", "符合条件的观察太多：请写明居民，以及编码或类别");
    query.cursor = std::move(part.next);
  } while (!query.cursor.empty());
  // Kinds in the order of their latest observation, of each the latest `max`.
  std::map<size_t, std::vector<const Version*>> groups;
  std::vector<size_t> order;
  for (const auto& [group, version] : found) {
    auto& of = groups[kinds.root(group)];
    if (of.empty()) order.push_back(kinds.root(group));
    if (of.size() < max) of.push_back(&version);
  }
  for (const size_t group : order)
    for (const auto* version : groups[group]) page.matches.push_back({*version, Page::Match::Mode::match});
  page.total = page.matches.size();
  return page;
}

}  // namespace witmed::record
