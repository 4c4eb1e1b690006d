#include "store/search/candidates.h"

#include <algorithm>

#include "store/search/links.h"
#include "store/search/updates.h"

namespace witmed::store {
namespace {

using fhir::Condition;
using fhir::SearchType;
using Kind = Condition::Kind;

constexpr size_t kSmallRange = 20'000;       // rows of a range that are gathered before looking for a better way
constexpr size_t kLargeRange = 20'000'000;   // … and when there is none
constexpr size_t kNear = 500;                // so few candidates are compared rather than a long far end or range gathered
constexpr size_t kRowsPerCandidate = 8;      // of a range, that cost less than comparing one candidate
constexpr uint64_t kSample = 1'000;          // candidates that are compared for an estimate
constexpr size_t kShort = 40;                // a far end that is gathered whatever else there is
constexpr size_t kFar = 5'000;               // the longest far end of a chain that is gathered

bool is_link(const Condition& c) {
  return c.kind == Kind::chain || c.kind == Kind::has || std::any_of(c.inner.begin(), c.inner.end(), is_link);
}

}  // namespace

Candidates::Candidates(SearchContext& context, std::vector<fhir::TypeId> types, std::span<const Condition> conditions, Reading reading,
                       const std::pair<std::string, std::string>* compartment)
    : context_(context), types_(std::move(types)), reading_(reading), everything_(type_node(context, types_)), judge_(context) {
  if (compartment != nullptr) exact_.push_back(compartment_node({context_, types_, everything_}, compartment->first, compartment->second));
  plan(conditions);
  gather_ranges(reading);
  node_ = all_of({}, nullptr);
}

// First what keys say at once; then links, whose way depends on how many candidates are left.
void Candidates::plan(std::span<const Condition> conditions) {
  for (const auto& c : conditions)
    if (!is_link(c)) conditions_.push_back(plan_any(c, 0));
  const bool ranged = std::any_of(conditions_.begin(), conditions_.end(), [](const auto& c) { return !c.ranges.empty(); });
  const size_t others = ranged && narrowed() ? estimate() : kNear;
  const size_t budget = others < kNear ? others * kRowsPerCandidate : kSmallRange;
  for (auto& c : conditions_)
    if (!c.ranges.empty() && !gather(c, budget)) c.compare = true;
  gather_updates();
  plan_links(conditions);
}

// Links with a short far end first: what they leave decides whether a longer one is gathered or compared.
void Candidates::plan_links(std::span<const Condition> conditions) {
  std::vector<const Condition*> long_ones;
  for (const auto& c : conditions) {
    if (!is_link(c)) continue;
    const bool single = c.kind == Kind::chain || c.kind == Kind::has;
    auto node = single ? link_node(context_, types_, c, kShort) : std::nullopt;
    if (node) conditions_.push_back({&c, std::move(node), {}, false});
    else long_ones.push_back(&c);
  }
  if (long_ones.empty()) return;
  const size_t near = estimate();
  for (const auto* c : long_ones) conditions_.push_back(plan_any(*c, near));
}

// How many candidates there are without the links, counted no further than kNear.
size_t Candidates::estimate() const {
  const Node node = all_of({}, nullptr);
  size_t n = 0;
  for (auto walk = cursor(context_.view, node); walk->at() != Cursor::kEnd && n < kNear; walk->next()) ++n;
  return n;
}

// The longest far end that is gathered when there are many candidates. A total compares all of them otherwise.
size_t Candidates::far_limit() const {
  if (reading_ != Reading::whole) return kFar;
  int64_t candidates = 0;
  for (const auto type : types_) candidates += context_.view.roughly(type);
  return std::max<size_t>(kFar, static_cast<size_t>(candidates));
}

ConditionPlan Candidates::plan_any(const Condition& c, size_t near) {
  ConditionPlan plan;
  plan.condition = &c;
  switch (c.kind) {
    case Kind::all:
    case Kind::some:
    case Kind::none: return plan_logic(c, near);
    case Kind::list: plan.node = list_node(context_, c); return plan;
    case Kind::chain:
    case Kind::has:
      plan.node = link_node(context_, types_, c, near < kNear ? std::max<size_t>(near / 2, kShort) : far_limit());
      plan.compare = !plan.node;
      return plan;
    default: return plan_condition({context_, types_, everything_}, c);
  }
}

// And, or, not: of nodes where all parts have one.
ConditionPlan Candidates::plan_logic(const Condition& c, size_t near) {
  ConditionPlan plan;
  plan.condition = &c;
  std::vector<Node> nodes;
  bool complete = true;
  for (const auto& inner : c.inner) {
    auto part = plan_any(inner, near);
    if (!part.ranges.empty() && !gather(part, kSmallRange)) part.compare = true;
    plan.compare = plan.compare || part.compare;
    if (part.node) nodes.push_back(std::move(*part.node));
    else complete = false;
  }
  plan.compare = plan.compare || !complete;
  if (c.kind == Kind::all) {
    if (!nodes.empty()) plan.node = Node::all(std::move(nodes));
  } else if (c.kind == Kind::some) {
    if (complete) plan.node = Node::any(std::move(nodes));
  } else if (!plan.compare) {
    plan.node = Node::except(everything_, Node::any(std::move(nodes)));
  }
  return plan;
}

bool Candidates::narrowed() const {
  return !exact_.empty() || std::any_of(conditions_.begin(), conditions_.end(), [](const auto& c) { return c.node.has_value(); });
}

// One intersection of everything that keys can say, without the condition `except`.
Node Candidates::all_of(std::vector<Node> with, const Condition* except) const {
  for (const auto& node : exact_) with.push_back(node);
  // Every posting of a condition on values belongs to the type of its part; compartments and lists hold others too.
  bool typed = false;
  for (const auto& c : conditions_)
    if (c.node && c.condition != except) {
      with.push_back(*c.node);
      typed = typed || (c.condition->kind != Kind::list && types_.size() == 1);
    }
  if (context_.filter) with.push_back(*context_.filter);
  const bool all_types = types_.size() == fhir::Definitions::r4().resource_types().size();
  if ((!typed && !all_types) || with.empty()) with.push_back(everything_);
  return Node::all(std::move(with));
}

Node Candidates::without(const Condition* except) const { return all_of({}, except); }

// Ranges that were too long to gather at first: compared on each candidate of the others, or gathered whole.
void Candidates::gather_ranges(Reading reading) {
  if (narrowed()) {
    if (reading != Reading::whole) return;
    // A total compares every candidate: worth it for few, else the ranges are gathered whole.
    const Node others = all_of({}, nullptr);
    size_t n = 0;
    for (auto few = cursor(context_.view, others); few->at() != Cursor::kEnd && n <= kSmallRange; few->next()) ++n;
    if (n <= kSmallRange) return;
  }
  if (reading == Reading::sorted_page) return;  // the walk in order decides
  for (auto& c : conditions_)
    if (!c.ranges.empty() && !c.node) gather(c, kLargeRange);
}

bool Candidates::gather(ConditionPlan& c, size_t budget) {
  std::vector<Rid> found;
  bool complete = true;
  for (const auto& r : c.ranges) {
    size_t seen = 0;
    context_.view.ordered(r.key, r.lo, r.hi, false, [&](int64_t value, Rid rid, int64_t extra) {
      if (r.accepts(value, extra)) found.push_back(rid);
      if ((++seen & 0xfff) == 0) context_.check_deadline();
      return found.size() <= budget && (seen <= budget * 4 || budget == kLargeRange);
    });
    if (found.size() > budget || (seen > budget * 4 && budget != kLargeRange)) {
      complete = false;
      break;
    }
  }
  if (!complete) return false;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  // Dates are decided by the row itself; numbers had slack and are compared.
  if (c.condition->param->type == SearchType::date) c.compare = false;
  c.node = found.empty() ? Node{} : Node::of(std::move(found));
  return true;
}

// A short stretch of time is read from the change feed; all conditions on it together make the stretch.
void Candidates::gather_updates() {
  std::vector<const Condition*> updates;
  for (const auto& c : conditions_)
    if (c.condition->kind == Kind::last_updated) updates.push_back(c.condition);
  if (updates.empty()) return;
  auto found = updated_between(context_.view, updates, types_, kSmallRange);
  if (!found) return;
  for (auto& c : conditions_)
    if (c.condition == updates.front()) c.node = found->empty() ? Node{} : Node::of(std::move(*found));
}

bool Candidates::compares() const {
  return std::any_of(conditions_.begin(), conditions_.end(), [](const auto& c) { return c.compare; });
}

std::optional<Stored> Candidates::accept(Rid rid, bool body, Sequence pinned) {
  ++accepted_;
  context_.check_deadline();
  const bool text = body || std::any_of(conditions_.begin(), conditions_.end(),
                                        [](const auto& c) { return c.compare && Judge::needs_text(*c.condition); });
  auto stored = context_.view.current(rid, text ? View::Body::with : View::Body::without);
  if (!stored || stored->method == Method::remove || stored->sequence > pinned) return std::nullopt;
  if (compares() && !meets(*stored)) return std::nullopt;
  return stored;
}

bool Candidates::meets(const Stored& stored) {
  static const auto nothing = fhir::Document::parse("{}");
  std::optional<fhir::Document> document;
  if (stored.text) document = fhir::Document::parse(*stored.text);
  const Subject subject{stored.type, stored.id, stored.time, document ? *document : nothing};
  return std::all_of(conditions_.begin(), conditions_.end(), [&](const auto& c) { return !c.compare || judge_.meets(subject, *c.condition); });
}

uint64_t Candidates::count(Sequence pinned) {
  uint64_t n = 0;
  const bool plain = !compares() && pinned >= context_.view.sequence();
  for (auto walk = cursor(context_.view, node_); walk->at() != Cursor::kEnd; walk->next()) {
    if (plain) {
      if ((++n & 0xffff) == 0) context_.check_deadline();
    } else if (accept(walk->at(), false, pinned)) {
      ++n;
    }
  }
  return n;
}

uint64_t Candidates::estimated_count(Sequence pinned) {
  if (!compares()) return count(pinned);
  uint64_t all = 0, sampled = 0, met = 0;
  for (auto walk = cursor(context_.view, node_); walk->at() != Cursor::kEnd; walk->next()) {
    if ((++all & 0xffff) == 0) context_.check_deadline();
    if (sampled == kSample) continue;
    ++sampled;
    met += accept(walk->at(), false, pinned) ? 1 : 0;
  }
  return sampled < kSample ? met : met * all / sampled;
}

std::string Candidates::description() const {
  std::string out;
  for (const auto& c : conditions_)
    out.append("; ").append(c.condition->name).append(c.node ? " keys" : "").append(c.compare ? " compared" : "");
  return out.append("; ").append(std::to_string(accepted_)).append(" read");
}

}  // namespace witmed::store
