#include "store/search/plan.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include "fhir/search/custom.h"
#include "fhir/search/extract.h"
#include "store/search/hierarchy.h"

namespace witmed::store {
namespace {

using fhir::Condition;
using fhir::Definitions;
using fhir::Modifier;
using fhir::Prefix;
using fhir::QueryValue;
using fhir::SearchType;

constexpr int64_t kLow = INT64_MIN, kHigh = INT64_MAX;

int64_t minus(int64_t a, int64_t b) {  // saturating
  int64_t r;
  return __builtin_sub_overflow(a, b, &r) ? kLow : r;
}
int64_t plus(int64_t a, int64_t b) {  // saturating; rows of numbers hold something else in `extra`
  int64_t r;
  return __builtin_add_overflow(a, b, &r) ? (b > 0 ? kHigh : kLow) : r;
}
int64_t floor_ms(int64_t us) { return us >= 0 ? us / 1000 : -((-us + 999) / 1000); }

Range::Test test_of(Prefix p) {
  switch (p) {
    case Prefix::eq: return Range::Test::contained;
    case Prefix::ne: return Range::Test::not_contained;
    case Prefix::gt: return Range::Test::above;
    case Prefix::lt: return Range::Test::below;
    case Prefix::ge: return Range::Test::at_least;
    case Prefix::le: return Range::Test::at_most;
    case Prefix::sa: return Range::Test::after;
    case Prefix::eb: return Range::Test::before;
    case Prefix::ap: return Range::Test::overlaps;
  }
  return Range::Test::all;
}

// Which values a row may have whose interval, at most `length` long, can pass the test.
void bound(Range& r, int64_t length) {
  switch (r.test) {
    case Range::Test::contained: r.lo = r.begin, r.hi = r.end; break;
    case Range::Test::above:
    case Range::Test::at_least: r.lo = std::min(r.begin, minus(r.end, length)), r.hi = kHigh; break;
    case Range::Test::below: r.lo = kLow, r.hi = r.begin; break;
    case Range::Test::at_most: r.lo = kLow, r.hi = r.end; break;
    case Range::Test::after: r.lo = r.begin, r.hi = kHigh; break;
    case Range::Test::before: r.lo = kLow, r.hi = r.begin; break;
    case Range::Test::overlaps: r.lo = minus(r.begin, length), r.hi = r.end; break;
    case Range::Test::not_contained:
    case Range::Test::all: r.lo = kLow, r.hi = kHigh; break;
  }
}

class Planner {
 public:
  explicit Planner(const PlanScope& scope)
      : scope_(scope), view_(scope.context.view), keys_(scope.context.keys), types_(scope.types), everything_(scope.everything) {}

  ConditionPlan plan(const Condition& c) {
    condition_ = &c;
    plan_.condition = &c;
    if (c.kind == Condition::Kind::id) {
      ids();
      return std::move(plan_);
    }
    if (c.kind == Condition::Kind::narrative || c.kind == Condition::Kind::content) {
      words();
      return std::move(plan_);
    }
    if (c.kind == Condition::Kind::near) {
      near();
      return std::move(plan_);
    }
    if (c.kind == Condition::Kind::last_updated) {
      plan_.compare = true;
      return std::move(plan_);
    }
    for (auto type : types_)  // a search over several types: each has the parameter under the same name
      if (const auto* param = fhir::search_param(scope_.context.extract, type, c.param->code))
        for (auto id : fhir::SearchIndex::r4().parts(*param)) parts_.push_back(part_of(id));
    if (c.param->custom != 0 && (c.modifier == Modifier::missing || !fhir::indexed(scope_.context.extract, *c.param)))
      plan_.compare = true;  // its rows are still being made, or do not say what is missing
    else if (c.modifier == Modifier::missing)
      by_missing();
    else
      by_type();
    return std::move(plan_);
  }

 private:
  const fhir::Part* part_of(fhir::PartId id) {
    const auto& part = fhir::SearchIndex::r4().part(id);
    if (!scope_.contained) return &part;
    inside_.push_back(part);
    inside_.back().identity = Keys::contained_part(part.identity);
    return &inside_.back();
  }

  void ids() {
    std::vector<Rid> found;
    for (const auto& v : condition_->any)
      for (auto t : types_)
        if (const auto rid = view_.find(t, v.a)) found.push_back(*rid);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    plan_.node = found.empty() ? Node{} : Node::of(std::move(found));
    if (condition_->modifier == Modifier::not_) plan_.node = Node::except(everything_, std::move(*plan_.node));
  }

  void words() {
    std::vector<Node> any;
    for (auto type : types_) {
      std::vector<Node> all;
      for (const auto& v : condition_->any) all.push_back(Node::of(keys_.word(type, condition_->kind == Condition::Kind::narrative, v.a)));
      any.push_back(Node::all(std::move(all)));
    }
    plan_.node = Node::any(std::move(any));
    plan_.compare = condition_->any.size() > 1;  // that they follow each other
  }

  // A degree of latitude is 111 km everywhere, a little less at the equator.
  void near() {
    constexpr double kMetresOfDegree = 110'500;
    for (auto type : types_)
      if (const auto* param = fhir::search_param(scope_.context.extract, type, condition_->param->code))
        for (auto id : fhir::SearchIndex::r4().parts(*param))
          for (const auto& v : condition_->any) {
            const double reach = v.high_number / kMetresOfDegree;
            const auto lo = ordered_number(v.number - reach), hi = ordered_number(v.number + reach);
            plan_.ranges.push_back({keys_.number(fhir::SearchIndex::r4().part(id).identity, false), lo, hi, Range::Test::all, lo, hi});
          }
    plan_.compare = true;
  }

  void by_type() {
    switch (condition_->param->type) {
      case SearchType::token: token(); break;
      case SearchType::string: string(); break;
      case SearchType::uri: uri(); break;
      case SearchType::reference: reference(); break;
      case SearchType::date: date(); break;
      case SearchType::number:
      case SearchType::quantity: number(); break;
      case SearchType::composite: composite(); break;
      case SearchType::special: plan_.compare = true; break;
    }
  }

  void by_missing() {
    std::vector<Node> with, without;
    for (auto type : types_)
      for (const auto& shape : view_.shapes(type)) {
      const bool present = std::any_of(parts_.begin(), parts_.end(), [&](const fhir::Part* p) {
        return std::binary_search(shape.parts->begin(), shape.parts->end(), p->identity);
      });
      (present ? with : without).push_back(Node::of(shape.key));
    }
    std::vector<Node> any;
    // A part may be shared with a wider parameter (patient with subject): presence then only says "perhaps".
    const bool shared = condition_->param->type == SearchType::reference || condition_->param->type == SearchType::composite;
    for (const auto& v : condition_->any) {
      if (!v.missing || shared) any.insert(any.end(), with.begin(), with.end());
      if (v.missing) any.insert(any.end(), without.begin(), without.end());
    }
    plan_.compare = shared;
    plan_.node = Node::any(std::move(any));
  }

  // The node made of one node for each part and value.
  template <class F>
  void each(F&& make) {
    std::vector<Node> any;
    for (const auto& value : condition_->any)
      for (const auto* part : parts_) any.push_back(make(*part, value));
    plan_.node = Node::any(std::move(any));
  }

  // Codes of parts that imply their system, or whose case does not count, are listed by code only.
  Node token_node(const fhir::Part& part, const QueryValue& v) const {
    if (part.folded || !part.systems.empty()) {
      const bool known = v.any_system || v.a.empty() || std::find(part.systems.begin(), part.systems.end(), v.a) != part.systems.end();
      if (!known) return {};
      if (v.any_code) return scope_.contained ? everything_ : present({&part, 1});
      return Node::of(keys_.code(part.identity, part.folded ? fhir::normalize_text(v.b) : v.b));
    }
    if (v.any_code) return Node::of(keys_.system(part.identity, v.a));
    return Node::of(v.any_system ? keys_.code(part.identity, v.b) : keys_.token(part.identity, v.a, v.b));
  }

  // Resources in which one of the parts has a value.
  Node present(std::span<const fhir::Part> parts) const {
    std::vector<Node> any;
    for (auto type : types_)
      for (const auto& shape : view_.shapes(type))
        if (std::any_of(parts.begin(), parts.end(), [&](const fhir::Part& p) { return std::binary_search(shape.parts->begin(), shape.parts->end(), p.identity); }))
          any.push_back(Node::of(shape.key));
    return Node::any(std::move(any));
  }

  void token() {
    if (condition_->modifier == Modifier::text || condition_->modifier == Modifier::above) {
      plan_.compare = true;
      return;
    }
    if (condition_->modifier == Modifier::unequal) {
      plan_.compare = true;
      return;
    }
    if (condition_->modifier == Modifier::equals) {  // without case: as written, and in either case
      each([&](const fhir::Part& part, const QueryValue& v) {
        QueryValue lower = v, upper = v;
        for (char& c : lower.b) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
        for (char& c : upper.b) c = c >= 'a' && c <= 'z' ? static_cast<char>(c & ~32) : c;
        return Node::any({token_node(part, v), token_node(part, lower), token_node(part, upper)});
      });
      plan_.compare = true;
      return;
    }
    if (condition_->modifier == Modifier::below) {  // of a mime type
      each([&](const fhir::Part& part, const QueryValue& v) { return Node::of(keys_.system(part.identity, fhir::mime_base(v.b))); });
      plan_.compare = true;
      return;
    }
    if (condition_->modifier == Modifier::of_type) {
      each([&](const fhir::Part& part, const QueryValue& v) { return Node::of(keys_.code(part.identity, v.c)); });
      plan_.compare = true;
      return;
    }
    each([&](const fhir::Part& part, const QueryValue& v) { return token_node(part, v); });
    // A wrong hit on an identifier is another person: the value itself decides.
    plan_.compare = condition_->param->code == "identifier";
    if (condition_->modifier != Modifier::not_) return;
    plan_.node = Node::except(everything_, std::move(*plan_.node));
    plan_.compare = false;
  }

  void string() {
    plan_.compare = true;
    if (condition_->modifier == Modifier::unequal || condition_->modifier == Modifier::ends || condition_->modifier == Modifier::compare) return;
    bool indexed = true;
    each([&](const fhir::Part& its, const QueryValue& v) {
      const uint64_t part = its.identity;
      const std::string text = fhir::normalize_text(v.a);
      const auto at = characters(text);
      const size_t n = at.size() - 1;
      if (condition_->modifier == Modifier::contains) {
        if (n < 2) indexed = false;
        std::vector<Node> all;
        for (size_t i = 0; i + 2 <= n; ++i) all.push_back(Node::of(keys_.bigram(part, std::string_view(text).substr(at[i], at[i + 2] - at[i]))));
        return Node::any({Node::all(std::move(all)), Node::of(keys_.long_text(part))});
      }
      size_t length = 0;
      for (size_t l : Keys::kPrefixes)
        if (l <= n) length = l;
      if (length == 0) indexed = false;
      return Node::of(keys_.prefix(part, std::string_view(text).substr(0, at[length])));
    });
    if (!indexed) plan_.node.reset();
  }

  void uri() {
    if (condition_->modifier == Modifier::above || condition_->modifier == Modifier::below) {
      plan_.compare = true;
      return;
    }
    each([&](const fhir::Part& part, const QueryValue& v) {
      if (v.c.empty()) return Node::of(keys_.uri(part.identity, v.a));
      plan_.compare = true;  // the version stands in another element
      return Node::any({Node::of(keys_.uri(part.identity, v.a)), Node::of(keys_.uri(part.identity, v.b))});
    });
  }

  void reference() {
    const bool identifier = condition_->modifier == Modifier::identifier;
    plan_.compare = identifier;
    if (!identifier && !scope_.contained) refuse_ambiguous();
    const Condition* asked = condition_;
    Condition flat;
    const bool hierarchy = condition_->modifier == Modifier::above || condition_->modifier == Modifier::below;
    if (hierarchy && condition_->any.front().c.empty()) {
      flat = with_hierarchy(scope_.context, *condition_);
      condition_ = &flat;
    }
    each([&](const fhir::Part& its, const QueryValue& v) {
      const uint64_t part = its.identity;
      if (identifier) return Node::of(keys_.reference_identifier(part, v.any_system ? std::string() : v.a, v.b));
      if (!v.c.empty()) {
        if (!v.a.empty()) plan_.compare = true;  // a version, or the type of what lies elsewhere
        return Node::of(keys_.outside(part, v.c));
      }
      plan_.compare = plan_.compare || !v.version.empty();
      std::vector<Node> any;
      for (auto t : targets())
        if (v.a.empty() || Definitions::r4().type(t).name == v.a) any.push_back(reference_node(scope_.context, part, t, v.b));
      return Node::any(std::move(any));
    });
    condition_ = asked;
  }

  // The types that count: `patient` may share its part with `subject`.
  std::span<const fhir::TypeId> targets() const {
    if (condition_->target != 0) return {&condition_->target, 1};
    return condition_->param->targets.empty() ? Definitions::r4().resource_types() : condition_->param->targets;
  }

  // An id without type that names resources of several types says nothing (http://hl7.org/fhir/R4/search.html#reference).
  void refuse_ambiguous() const {
    for (const auto& v : condition_->any) {
      if (v.b.empty() || !v.a.empty()) continue;
      std::string found;
      for (auto t : targets())
        if (const auto rid = view_.find(t, v.b)) {
          const auto stored = view_.current(*rid, View::Body::without);
          if (!stored || stored->method == Method::remove) continue;
          const std::string name = std::string(Definitions::r4().type(t).name) + "/" + v.b;
          if (!found.empty())
            throw fhir::Rejection(400, "multiple-matches", "Search parameter '" + condition_->name + "': " + v.b + " may be " + found + " or " + name + ": say which",
                                  "检索参数“" + condition_->name + "”：" + v.b + " 可能是 " + found + " 或 " + name + "，请写明类型");
          found = name;
        }
    }
  }

  // Both from the same element is compared; that each is there, keys say.
  void composite() {
    const Condition whole = *condition_;
    std::vector<Node> any;
    bool indexed = true;
    for (const auto& value : whole.any)
      for (auto type : types_) {
        const auto* param = fhir::search_param(scope_.context.extract, type, whole.param->code);
        if (param == nullptr) continue;
        for (const auto& root : fhir::SearchIndex::r4().composite(*param)) {
          auto node = composite_node(*param, root, value);
          indexed = indexed && node;
          if (node) any.push_back(std::move(*node));
        }
      }
    condition_ = plan_.condition;
    plan_.node.reset();
    plan_.ranges.clear();
    if (indexed) plan_.node = Node::any(std::move(any));
    plan_.compare = true;
  }

  std::optional<Node> composite_node(const fhir::SearchParam& param, const fhir::CompositeRoot& root, const QueryValue& value) {
    std::vector<Node> all;
    for (size_t i = 0; i < root.size(); ++i) {
      Condition component;
      component.param = param.components[i].param;
      component.any.push_back(value.components[i]);
      component.name = plan_.condition->name;
      condition_ = &component;
      parts_.clear();
      for (auto id : root[i].parts) parts_.push_back(part_of(id));
      plan_.node.reset();
      by_type();
      if (plan_.node) all.push_back(std::move(*plan_.node));
    }
    if (all.empty()) return std::nullopt;
    return Node::all(std::move(all));
  }

  void date() {
    if (condition_->modifier == Modifier::overlaps || condition_->modifier == Modifier::includes) {
      plan_.compare = true;
      return;
    }
    for (const auto& v : condition_->any)
      for (const auto* part : parts_)
        for (int c = 0; c < Keys::kDateClasses; ++c) {
          Range r{keys_.date(part->identity, c), kLow, kHigh, test_of(v.prefix), floor_ms(v.low), floor_ms(v.high)};
          bound(r, Keys::kClassLength[c]);
          plan_.ranges.push_back(r);
        }
  }

  void number() {
    const bool quantity = condition_->param->type == SearchType::quantity;
    for (const auto& v : condition_->any)
      for (const auto* part : parts_)
        for (const bool wide : {false, true}) {
          const bool canonical = quantity && !v.canonical_unit.empty();
          const Key key = !quantity    ? keys_.number(part->identity, wide)
                          : !canonical ? keys_.quantity(part->identity, wide)
                                       : keys_.canonical(part->identity, wide, v.canonical_unit);
          // Bounds a little generous, then compared: binary fractions must not decide what decimals say.
          const double low = canonical ? v.canonical_low : v.low_number, high = canonical ? v.canonical_high : v.high_number;
          const double slack = (std::abs(low) + std::abs(high)) * 1e-12;
          Range r{key, kLow, kHigh, Range::Test::all, ordered_number(low - slack), ordered_number(high + slack)};
          if (!wide) {
            if (v.prefix == Prefix::eq || v.prefix == Prefix::ap) r.lo = r.begin, r.hi = r.end;
            if (v.prefix == Prefix::gt || v.prefix == Prefix::ge || v.prefix == Prefix::sa) r.lo = r.begin;
            if (v.prefix == Prefix::lt || v.prefix == Prefix::le || v.prefix == Prefix::eb) r.hi = r.end;
          }
          plan_.ranges.push_back(r);
        }
    plan_.compare = true;
  }

  const PlanScope& scope_;
  View& view_;
  const Keys& keys_;
  const std::vector<fhir::TypeId>& types_;
  const Node& everything_;
  const Condition* condition_ = nullptr;
  std::vector<const fhir::Part*> parts_;
  std::deque<fhir::Part> inside_;  // parts of contained resources
  ConditionPlan plan_;
};

}  // namespace

bool Range::accepts(int64_t value, int64_t extra) const {
  const int64_t low = value, high = plus(value, extra);
  switch (test) {
    case Test::all: return true;
    case Test::contained: return low >= begin && high <= end;
    case Test::not_contained: return !(low >= begin && high <= end);
    case Test::above: return high > end;
    case Test::below: return low < begin;
    case Test::at_least: return high > end || (low >= begin && high <= end);
    case Test::at_most: return low < begin || (low >= begin && high <= end);
    case Test::after: return low >= end;
    case Test::before: return high <= begin;
    case Test::overlaps: return low < end && high > begin;
  }
  return false;
}

Node missing(View& view, fhir::TypeId type, const fhir::SearchParam& param) {
  std::vector<Node> without;
  for (const auto& shape : view.shapes(type)) {
    const auto parts = fhir::SearchIndex::r4().parts(param);
    const bool present = std::any_of(parts.begin(), parts.end(), [&](fhir::PartId p) {
      return std::binary_search(shape.parts->begin(), shape.parts->end(), fhir::SearchIndex::r4().part(p).identity);
    });
    if (!present) without.push_back(Node::of(shape.key));
  }
  return Node::any(std::move(without));
}

Node reference_node(const SearchContext& context, uint64_t part, fhir::TypeId type, const std::string& id) {
  const auto name = Definitions::r4().type(type).name;
  Node here = Node::of(context.keys.reference(part, name, id));
  const auto& base = context.extract.base_url;
  if (base.empty()) return here;
  std::string url = base.ends_with('/') ? base : base + "/";
  return Node::any({std::move(here), Node::of(context.keys.outside(part, url.append(name).append("/").append(id)))});
}

ConditionPlan plan_condition(const PlanScope& scope, const fhir::Condition& condition) { return Planner(scope).plan(condition); }

Node contained_node(SearchContext& context, const std::vector<fhir::TypeId>& types, std::span<const Condition> conditions) {
  std::vector<Node> any;
  for (auto t : types) any.push_back(Node::of(context.keys.contained(t)));
  const Node everything = Node::any(std::move(any));
  std::vector<Node> all{everything};
  for (const auto& c : conditions) {
    const bool listed = c.kind == Condition::Kind::value && c.modifier != Modifier::missing && c.modifier != Modifier::not_ && c.param->custom == 0;
    if (!listed) continue;
    auto plan = plan_condition({context, types, everything, true}, c);
    if (plan.node) all.push_back(std::move(*plan.node));
  }
  if (context.filter) all.push_back(*context.filter);
  return Node::all(std::move(all));
}

Node type_node(const SearchContext& context, const std::vector<fhir::TypeId>& types) {
  std::vector<Node> any;
  for (auto t : types) any.push_back(Node::of(context.keys.type(t)));
  return Node::any(std::move(any));
}

Node compartment_node(const PlanScope& scope, const std::string& owner, const std::string& id) {
  const auto& keys = scope.context.keys;
  if (owner == "Patient") return Node::of(keys.compartment(id));
  std::vector<Node> any;
  for (const auto& rule : Definitions::r4().compartment(owner)) {
    if (std::find(scope.types.begin(), scope.types.end(), rule.type) == scope.types.end()) continue;
    for (const auto& code : rule.params)
      if (const auto* param = Definitions::r4().search_param(rule.type, code))
        for (auto part : fhir::SearchIndex::r4().parts(*param))
          any.push_back(Node::of(keys.reference(fhir::SearchIndex::r4().part(part).identity, owner, id)));
  }
  const auto type = Definitions::r4().type_id(owner);  // the owner belongs to its own compartment
  if (std::find(scope.types.begin(), scope.types.end(), type) != scope.types.end())
    if (const auto rid = scope.context.view.find(type, id)) any.push_back(Node::of(std::vector<Rid>{*rid}));
  return Node::any(std::move(any));
}

std::vector<fhir::TypeId> searched_types(const fhir::SearchQuery& query) {
  if (query.type != 0) return {query.type};
  if (!query.types.empty()) return query.types;
  const auto all = Definitions::r4().resource_types();
  return {all.begin(), all.end()};
}

}  // namespace witmed::store
