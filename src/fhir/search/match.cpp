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

// A code or boolean has the system that its definition says; a plain string has none, and case does not count.
bool primitive_matches(const Part& part, const QueryValue& q, const IndexEntry& e) {
  if (!q.any_system && !q.a.empty() && std::find(part.systems.begin(), part.systems.end(), q.a) == part.systems.end()) return false;
  if (q.any_code) return !e.b.empty();
  if (part.folded) return normalize_text(e.b) == normalize_text(q.b);
  return !e.b.empty() && e.b == q.b;
}

bool token_matches(const QueryValue& q, const IndexEntry& e) {
  if (e.kind != EntryKind::token && e.kind != EntryKind::identifier) return false;
  if (const Part& part = SearchIndex::r4().part(e.part); e.kind == EntryKind::token && (part.folded || !part.systems.empty()))
    return primitive_matches(part, q, e);
  if (!q.any_system && e.a != q.a) return false;
  return q.any_code ? !e.a.empty() || !e.b.empty() : !e.b.empty() && e.b == q.b;
}

// Of the same base type, its parameters left out: text/xml finds "text/xml; charset=UTF-8".
bool mime_matches(const QueryValue& q, const IndexEntry& e) { return e.kind == EntryKind::token && mime_base(e.b) == mime_base(q.b); }

bool reference_matches(Modifier modifier, const QueryValue& q, const IndexEntry& e) {
  if (e.kind != EntryKind::reference) return false;
  if (!q.c.empty() && modifier == Modifier::below) return e.c == q.c && e.a.starts_with(q.a);  // versions of a canonical
  if (!q.c.empty()) return e.c == q.c && (q.a.empty() || e.a == q.a);
  if (!q.version.empty() && q.version != e.version) return false;
  return e.b == q.b && !e.b.empty() && e.c.empty() && (q.a.empty() || e.a == q.a);
}

bool in_order(Prefix prefix, const std::string& have, const std::string& want) {
  switch (prefix) {
    case Prefix::gt: return have > want;
    case Prefix::lt: return have < want;
    case Prefix::ge: return have >= want;
    default: return have <= want;
  }
}

bool string_matches(Modifier modifier, const QueryValue& q, std::string_view text) {
  if (modifier == Modifier::exact) return text == q.a;
  std::string have = normalize_text(text), want = normalize_text(q.a);
  switch (modifier) {
    case Modifier::contains: return have.find(want) != std::string::npos;
    case Modifier::equals: return have == want;
    case Modifier::unequal: return have != want;
    case Modifier::ends: return have.ends_with(want);
    case Modifier::compare: return in_order(q.prefix, have, want);
    default: return have.starts_with(want);
  }
}

// `_filter`: case does not count.
bool folded_token_matches(const QueryValue& q, const IndexEntry& e) {
  QueryValue folded = q;
  folded.b = normalize_text(q.b);
  IndexEntry entry = e;
  const std::string code = normalize_text(e.b);
  entry.b = code;
  return token_matches(folded, entry);
}

// One text begins with the other; a URN is whole or it is another one (http://hl7.org/fhir/R4/search.html#uri).
bool left_matches(std::string_view text, std::string_view begin) {
  return text == begin || (!begin.starts_with("urn:") && text.starts_with(begin));
}

bool uri_matches(Modifier modifier, const QueryValue& q, const IndexEntry& e) {
  if (modifier == Modifier::below) return left_matches(e.a, q.a);
  if (modifier == Modifier::above) return left_matches(q.a, e.a);
  return e.a == q.a || (!q.c.empty() && e.a == q.b && e.b == q.c);
}

bool value_matches(SearchType type, Modifier modifier, const QueryValue& q, const IndexEntry& e) {
  if (modifier == Modifier::of_type) {
    return e.kind == EntryKind::typed_identifier && (q.any_system || e.a == q.a) && e.b == q.b && e.c == q.c;
  }
  if (modifier == Modifier::text)
    return e.kind == EntryKind::token && !e.c.empty() && string_matches(modifier, q, e.c);
  if (modifier == Modifier::identifier) return e.kind == EntryKind::identifier && token_matches(q, e);
  if (modifier == Modifier::overlaps) return e.kind == EntryKind::date && e.low < q.high && q.low < e.high;
  if (modifier == Modifier::includes) return e.kind == EntryKind::date && e.low <= q.low && q.high <= e.high;
  if (type == SearchType::token && modifier == Modifier::equals) return folded_token_matches(q, e);
  if (type == SearchType::token && modifier == Modifier::unequal)
    return e.kind == EntryKind::token && !e.b.empty() && !folded_token_matches(q, e);
  if (type == SearchType::token && modifier == Modifier::below) return mime_matches(q, e);
  switch (type) {
    case SearchType::date: return e.kind == EntryKind::date && date_matches(q, e);
    case SearchType::number:
      return e.kind == EntryKind::number &&
             number_matches(q.prefix, q.number, q.low_number, q.high_number, e);
    case SearchType::quantity: return quantity_matches(q, e);
    case SearchType::token: return e.kind == EntryKind::token && token_matches(q, e);
    case SearchType::reference: return reference_matches(modifier, q, e);
    case SearchType::string:
      return e.kind == EntryKind::string && (e.c.empty() || modifier == Modifier::none || modifier == Modifier::contains) && string_matches(modifier, q, e.a);
    case SearchType::uri: return e.kind == EntryKind::uri && uri_matches(modifier, q, e);
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

std::string_view mime_base(std::string_view text) {
  text = text.substr(0, text.find(';'));
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

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
