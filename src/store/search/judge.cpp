#include "store/search/judge.h"

#include <algorithm>
#include <cstdlib>

#include "fhir/search/custom.h"
#include "base/clock.h"
#include "fhir/search/words.h"
#include "store/search/candidates.h"
#include "store/search/hierarchy.h"
#include "store/search/links.h"

namespace witmed::store {
namespace {

using fhir::Condition;
using fhir::Definitions;
using fhir::IndexEntry;

constexpr size_t kRemembered = 1'000'000;  // answers; beyond, they are found again

// Do the condition's words follow each other?
bool phrase(const std::vector<std::string>& words, const Condition& condition) {
  const auto same = [](const std::string& word, const fhir::QueryValue& value) { return word == value.a; };
  return std::search(words.begin(), words.end(), condition.any.begin(), condition.any.end(), same) != words.end();
}

}  // namespace

void SearchContext::check_deadline() const {
  if (deadline != 0 && steady_micros() > deadline)
    throw fhir::Rejection(503, "too-costly", "The search took too long and was stopped: add a patient, a code or a date, or ask for fewer",
                          "检索超时已停止：请加上居民、编码或日期条件，或减少数量");
}

fhir::Node contained(const fhir::Document& document, std::string_view id) {
  std::string scratch;
  if (const auto all = document.root()["contained"]; all && all.kind() == fhir::Kind::array)
    for (const auto one : all)
      if (const auto its = one["id"]; its && its.view(scratch) == id) return one;
  return {};
}

Judge::Judge(SearchContext& context) : context_(context) {}
Judge::~Judge() = default;

bool Judge::needs_text(const Condition& c) {
  switch (c.kind) {
    case Condition::Kind::value:
    case Condition::Kind::near:
    case Condition::Kind::narrative:
    case Condition::Kind::content:
    case Condition::Kind::chain: return true;
    case Condition::Kind::has:
    case Condition::Kind::id:
    case Condition::Kind::last_updated:
    case Condition::Kind::list: return false;
    default: return std::any_of(c.inner.begin(), c.inner.end(), needs_text);
  }
}

bool Judge::meets(const Stored& stored, const Condition& condition) {
  static const auto nothing = fhir::Document::parse("{}");
  if (!needs_text(condition) || !stored.text) return meets(Subject{stored.type, stored.id, stored.time, nothing}, condition);
  const auto document = fhir::Document::parse(*stored.text);
  return meets(Subject{stored.type, stored.id, stored.time, document}, condition);
}

bool Judge::meets(const Subject& subject, const Condition& c) {
  const auto one = [&](const Condition& inner) { return meets(subject, inner); };
  switch (c.kind) {
    case Condition::Kind::value: return value(subject, c);
    case Condition::Kind::chain: return chain(subject, c);
    case Condition::Kind::has: return has(subject, c);
    case Condition::Kind::list: return listed(subject, c);
    case Condition::Kind::near: return near(subject, c);
    case Condition::Kind::narrative: return phrase(fhir::narrative_words(subject.document.root()), c);
    case Condition::Kind::content: return phrase(fhir::content_words(subject.document.root(), subject.type), c);
    case Condition::Kind::last_updated: return fhir::updated_when(c, subject.time);
    case Condition::Kind::id:
      return std::any_of(c.any.begin(), c.any.end(), [&](const auto& v) { return v.a == subject.id; }) != (c.modifier == fhir::Modifier::not_);
    case Condition::Kind::all: return std::all_of(c.inner.begin(), c.inner.end(), one);
    case Condition::Kind::some: return std::any_of(c.inner.begin(), c.inner.end(), one);
    case Condition::Kind::none: return std::none_of(c.inner.begin(), c.inner.end(), one);
  }
  return false;
}

bool Judge::value(const Subject& subject, const Condition& condition) {
  const auto* param = condition.param;
  const Condition* asked = &condition;
  if (param->base != subject.type) {  // a search over several types: the same code, read as this type reads it
    param = fhir::search_param(context_.extract, subject.type, param->code);
    if (param == nullptr) return false;
    auto& own = of_type_[{&condition, subject.type}];
    if (own.param == nullptr) {
      own = condition;
      own.param = param;
    }
    asked = &own;
  }
  const bool climbs = param->type == fhir::SearchType::reference && asked->any.front().c.empty() &&
                      (asked->modifier == fhir::Modifier::above || asked->modifier == fhir::Modifier::below);
  if (climbs) {
    auto& flat = of_type_[{asked, 0}];
    if (flat.param == nullptr) flat = with_hierarchy(context_, *asked);
    asked = &flat;
  }
  fhir::Extraction found;
  fhir::SearchIndex::r4().extract(subject.document.root(), subject.type, context_.extract, found, fhir::SearchIndex::r4().parts(*param));
  return fhir::matches(*asked, found.entries);
}

bool Judge::chain(const Subject& subject, const Condition& condition) {
  const auto* param = fhir::search_param(context_.extract, subject.type, condition.param->code);
  if (param == nullptr) return false;
  fhir::Extraction found;
  fhir::SearchIndex::r4().extract(subject.document.root(), subject.type, context_.extract, found, fhir::SearchIndex::r4().parts(*param));
  for (const auto& e : found.entries) {
    if (e.kind != IndexEntry::Kind::reference) continue;
    if (e.c.starts_with('#')) {
      if (contained_meets(subject, e.c.substr(1), condition)) return true;
    } else if (const auto type = Definitions::r4().type_id(e.a); type != 0 && e.c.empty() && target_meets(type, e.b, condition)) {
      return true;
    }
  }
  return false;
}

bool Judge::contained_meets(const Subject& subject, std::string_view id, const Condition& condition) {
  const auto& whole = subject.container != nullptr ? *subject.container : subject.document;
  const auto node = contained(whole, id);
  if (!node) return false;
  const auto document = fhir::Document::parse(node.raw());
  const Subject inside{document.resource_type(), id, subject.time, document, &whole};
  return std::any_of(condition.inner.begin(), condition.inner.end(),
                     [&](const Condition& inner) { return inner.on == inside.type && meets(inside, inner); });
}

bool Judge::target_meets(fhir::TypeId type, std::string_view id, const Condition& condition) {
  for (const auto& inner : condition.inner) {
    if (inner.on != type) continue;
    const auto rid = context_.view.find(type, id);
    if (!rid) return false;
    if (answers_.size() > kRemembered) answers_.clear();
    if (const auto known = answers_.find({&inner, *rid}); known != answers_.end()) return known->second;
    context_.check_deadline();
    const auto stored = context_.view.current(*rid, needs_text(inner) ? View::Body::with : View::Body::without);
    const bool yes = stored && stored->method != Method::remove && context_.visible(*rid) && meets(*stored, inner);
    answers_[{&inner, *rid}] = yes;
    return yes;
  }
  return false;
}

bool Judge::has(const Subject& subject, const Condition& condition) {
  const Condition& inner = condition.inner.front();
  auto& candidates = inner_[&condition];
  if (!candidates) candidates = std::make_unique<Candidates>(context_, std::vector<fhir::TypeId>{inner.on}, std::span(&inner, 1));
  const Node wanted = Node::all({referring(context_, *condition.param, condition.target, subject.type, subject.id), candidates->node()});
  for (auto walk = cursor(context_.view, wanted); walk->at() != Cursor::kEnd; walk->next())
    if (candidates->accept(walk->at(), false)) return true;
  return false;
}

bool Judge::near(const Subject& subject, const Condition& condition) {
  const auto position = subject.document.root()["position"];
  if (!position) return false;
  const auto latitude = position["latitude"], longitude = position["longitude"];
  if (!latitude || !longitude) return false;
  const double a = std::strtod(std::string(latitude.raw()).c_str(), nullptr), b = std::strtod(std::string(longitude.raw()).c_str(), nullptr);
  return std::any_of(condition.any.begin(), condition.any.end(),
                     [&](const auto& v) { return fhir::distance(v.number, v.canonical, a, b) <= v.high_number; });
}

bool Judge::listed(const Subject& subject, const Condition& condition) {
  const auto known = lists_.find(&condition);
  const Node& list = known != lists_.end() ? known->second : lists_.emplace(&condition, list_node(context_, condition)).first->second;
  const auto rid = context_.view.find(subject.type, subject.id);
  return rid && contains(context_.view, list, *rid);
}

}  // namespace witmed::store
