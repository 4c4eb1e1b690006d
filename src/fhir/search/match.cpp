// Does a resource meet a condition? By comparing every value: slow, and the meaning that the indexes must
// agree with.
#include <algorithm>

#include "fhir/search/query.h"

namespace witmed::fhir {
namespace {

using EntryKind = IndexEntry::Kind;

// Date ranges as R4 compares them: the search value spans [low, high), the resource's value too.
bool date_matches(const QueryValue& q, const IndexEntry& e) {
  bool contained = q.low <= e.low && e.high <= q.high;
  switch (q.prefix) {
    case Prefix::eq: return contained;
    case Prefix::ne: return !contained;
    case Prefix::gt: return e.high > q.high;
    case Prefix::lt: return e.low < q.low;
    case Prefix::ge: return e.high > q.high || contained;
    case Prefix::le: return e.low < q.low || contained;
    case Prefix::sa: return e.low >= q.high;
    case Prefix::eb: return e.high <= q.low;
    case Prefix::ap: return e.low < q.high && q.low < e.high;
  }
  return false;
}

// Precision counts for eq and ne only; the others take the number as exact.
bool number_matches(Prefix prefix, double value, double low, double high, const IndexEntry& e) {
  bool contained = low <= e.number && (e.number_high < high || (e.number_high == value && value == high));
  switch (prefix) {
    case Prefix::eq: return contained;
    case Prefix::ne: return !contained;
    case Prefix::gt: return e.number_high > value;
    case Prefix::lt: return e.number < value;
    case Prefix::ge: return e.number_high >= value;
    case Prefix::le: return e.number <= value;
    case Prefix::sa: return e.number > value;
    case Prefix::eb: return e.number_high < value;
    case Prefix::ap: return e.number <= high && low <= e.number_high;
  }
  return false;
}

bool quantity_matches(const QueryValue& q, const IndexEntry& e) {
  if (e.kind == EntryKind::canonical_quantity) {
    return !q.canonical_unit.empty() && e.b == q.canonical_unit &&
           number_matches(q.prefix, q.canonical, q.canonical_low, q.canonical_high, e);
  }
  if (e.kind != EntryKind::quantity) return false;
  if (!q.any_system) {
    if (!q.canonical_unit.empty()) return false;  // compared in canonical units
    if (q.a.empty() ? (e.b != q.b && e.c != q.b) : (e.a != q.a || (!q.b.empty() && e.b != q.b))) return false;
  }
  return number_matches(q.prefix, q.number, q.low_number, q.high_number, e);
}

bool token_matches(const QueryValue& q, const IndexEntry& e) {
  if (e.kind != EntryKind::token && e.kind != EntryKind::identifier) return false;
  if (!q.any_system && e.a != q.a) return false;
  return q.any_code ? !e.a.empty() || !e.b.empty() : !e.b.empty() && e.b == q.b;
}

bool reference_matches(const QueryValue& q, const IndexEntry& e) {
  if (e.kind != EntryKind::reference) return false;
  if (!q.c.empty()) return e.c == q.c && (q.a.empty() || e.a == q.a);
  return e.b == q.b && !e.b.empty() && (q.a.empty() || e.a == q.a);
}

bool string_matches(Modifier modifier, const QueryValue& q, std::string_view text) {
  if (modifier == Modifier::exact) return text == q.a;
  std::string have = normalize_text(text), want = normalize_text(q.a);
  if (modifier == Modifier::contains) return have.find(want) != std::string::npos;
  return have.starts_with(want);
}

// `below`: is it the same, or does it stand under it in the path?
bool stands_under(std::string_view text, std::string_view root) {
  if (!text.starts_with(root)) return false;
  return text.size() == root.size() || root.ends_with('/') || text[root.size()] == '/';
}

bool uri_matches(Modifier modifier, const QueryValue& q, std::string_view text) {
  if (modifier == Modifier::below) return stands_under(text, q.a);
  if (modifier == Modifier::above) return stands_under(q.a, text);
  return text == q.a;
}

bool value_matches(SearchType type, Modifier modifier, const QueryValue& q, const IndexEntry& e) {
  if (modifier == Modifier::of_type) {
    return e.kind == EntryKind::typed_identifier && (q.any_system || e.a == q.a) && e.b == q.b && e.c == q.c;
  }
  if (modifier == Modifier::text)
    return e.kind == EntryKind::token && !e.c.empty() && string_matches(modifier, q, e.c);
  if (modifier == Modifier::identifier) return e.kind == EntryKind::identifier && token_matches(q, e);
  switch (type) {
    case SearchType::date: return e.kind == EntryKind::date && date_matches(q, e);
    case SearchType::number:
      return e.kind == EntryKind::number &&
             number_matches(q.prefix, q.number, q.low_number, q.high_number, e);
    case SearchType::quantity: return quantity_matches(q, e);
    case SearchType::token: return e.kind == EntryKind::token && token_matches(q, e);
    case SearchType::reference: return reference_matches(q, e);
    case SearchType::string: return e.kind == EntryKind::string && string_matches(modifier, q, e.a);
    case SearchType::uri: return e.kind == EntryKind::uri && uri_matches(modifier, q, e.a);
    default: return false;
  }
}

bool in(const std::vector<PartId>& parts, PartId part) {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

// All components under one root, from the same element of it.
bool root_matches(const CompositeRoot& root, const SearchParam& param, const QueryValue& q,
                  const std::vector<IndexEntry>& entries, uint16_t ordinal) {
  for (size_t i = 0; i < root.size(); ++i) {
    bool found = std::any_of(entries.begin(), entries.end(), [&](const IndexEntry& e) {
      return in(root[i].parts, e.part) && (!root[i].joined || e.ordinal == ordinal) &&
             value_matches(param.components[i].param->type, Modifier::none, q.components[i], e);
    });
    if (!found) return false;
  }
  return true;
}

bool composite_matches(const SearchParam& param, const QueryValue& q,
                       const std::vector<IndexEntry>& entries) {
  for (const CompositeRoot& root : SearchIndex::r4().composite(param)) {
    for (const IndexEntry& e : entries) {
      bool begins = std::any_of(root.begin(), root.end(),
                                [&](const auto& c) { return c.joined && in(c.parts, e.part); });
      if (begins && root_matches(root, param, q, entries, e.ordinal)) return true;
    }
  }
  return false;
}

bool updated_when(const QueryValue& v, int64_t time) {
  switch (v.prefix) {
    case Prefix::eq:
    case Prefix::ap: return time >= v.low && time < v.high;
    case Prefix::ne: return time < v.low || time >= v.high;
    case Prefix::gt:
    case Prefix::sa: return time >= v.high;
    case Prefix::lt:
    case Prefix::eb: return time < v.low;
    case Prefix::ge: return time >= v.low;
    case Prefix::le: return time < v.high;
  }
  return false;
}

}  // namespace

bool updated_when(const Condition& condition, int64_t time) {
  return std::any_of(condition.any.begin(), condition.any.end(), [&](const QueryValue& v) { return updated_when(v, time); });
}

bool matches(const Condition& condition, const std::vector<IndexEntry>& entries) {
  const SearchParam& param = *condition.param;
  if (param.type == SearchType::composite) {
    return std::any_of(condition.any.begin(), condition.any.end(),
                       [&](const QueryValue& q) { return composite_matches(param, q, entries); });
  }
  std::vector<PartId> parts = SearchIndex::r4().parts(param);
  std::string_view target =
      condition.target != 0 ? Definitions::r4().type(condition.target).name : std::string_view();
  auto belongs = [&](const IndexEntry& e) {
    return in(parts, e.part) && (target.empty() || e.kind != EntryKind::reference || e.a == target);
  };
  if (condition.modifier == Modifier::missing) {
    bool missing = std::none_of(entries.begin(), entries.end(), belongs);
    return std::any_of(condition.any.begin(), condition.any.end(),
                       [&](const QueryValue& q) { return q.missing == missing; });
  }
  bool found = std::any_of(condition.any.begin(), condition.any.end(), [&](const QueryValue& q) {
    return std::any_of(entries.begin(), entries.end(), [&](const IndexEntry& e) {
      return belongs(e) && value_matches(param.type, condition.modifier, q, e);
    });
  });
  return condition.modifier == Modifier::not_ ? !found : found;
}

}  // namespace witmed::fhir
