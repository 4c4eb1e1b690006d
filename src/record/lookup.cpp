// The named query "lookup": candidates by keys, each compared with what was asked.
#include "fhir/search/lookup.h"

#include "base/limits.h"
#include "record/impl.h"
#include "store/search/node.h"

namespace witmed::record {
namespace {

using store::Keys;
using store::Node;

std::string_view longest_prefix(std::string_view text, const std::vector<uint32_t>& at) {
  size_t length = 0;
  for (size_t l : Keys::kPrefixes)
    if (l + 1 <= at.size()) length = l;
  return text.substr(0, length == 0 ? 0 : at[length]);
}

// Everything whose keys agree with the question; a superset of the answer.
Node candidates(const Keys& keys, fhir::TypeId patient, std::string_view asked) {
  std::vector<Node> any;
  const std::string text = fhir::normalize_text(asked), plain = fhir::plain_number(asked);
  const auto at = store::characters(text);
  for (auto id : fhir::SearchIndex::r4().parts(*fhir::Definitions::r4().search_param(patient, "name"))) {
    const uint64_t part = fhir::SearchIndex::r4().part(id).identity;
    any.push_back(Node::of(keys.prefix(part, longest_prefix(text, at))));
    if (at.size() > 2) any.push_back(Node::of(keys.bigram(part, std::string_view(text).substr(0, at[2]))));
  }
  const auto letters = store::characters(plain);
  if (!plain.empty()) any.push_back(Node::of(keys.prefix(Keys::kLookup, longest_prefix(plain, letters))));
  if (plain.size() >= 4) any.push_back(Node::of(keys.code(Keys::kLookup, std::string_view(plain).substr(plain.size() - 4))));
  return Node::any(std::move(any));
}

}  // namespace

Page Record::lookup(const AccessContext& context, std::string_view text, uint32_t count) const {
  const auto snapshot = impl_->snapshot(context);
  const auto& view = snapshot.view;
  const auto bounds = snapshot.context();
  const auto type = fhir::Definitions::r4().type_id("Patient");
  Page page;
  page.commit = static_cast<uint64_t>(view->sequence());
  if (fhir::normalize_text(text).empty()) return page;
  uint64_t total = 0;
  fhir::Extraction found;
  const Node wanted = snapshot.within(candidates(snapshot.keys, type, text));
  for (auto walk = store::cursor(*view, wanted); walk->at() != store::Cursor::kEnd; walk->next()) {
    const auto stored = view->current(walk->at());
    if (!stored || !stored->text) continue;
    bounds.check_deadline();
    found.clear();
    const auto document = fhir::Document::parse(*stored->text);
    fhir::SearchIndex::r4().extract(document.root(), type, snapshot.extract, found);
    if (!fhir::lookup_matches(text, fhir::lookup_terms(found.entries))) continue;
    if (++total > limits::kLookupTotal) break;
    if (page.matches.size() < count) page.matches.push_back({to_version(*stored), Page::Match::Mode::match});
  }
  page.total = total;
  return page;
}

}  // namespace witmed::record
