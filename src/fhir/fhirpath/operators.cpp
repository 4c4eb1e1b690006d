#include "fhir/fhirpath/operators.h"

#include <algorithm>
#include <cmath>

#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/quantity.h"
#include "fhir/fhirpath/said.h"
#include "fhir/fold.h"

namespace witmed::fhir {
namespace {

using VK = Item::Kind;
using Op = Ast::Op;

// Order of two quantities; nothing when their units cannot be compared.
std::optional<int> compare_quantities(const Item& a, const Item& b) {
  if (a.unit == b.unit) return compare(a.number, b.number);
  if (is_indefinite(a.unit) != is_indefinite(b.unit)) return std::nullopt;
  auto other = converted(b.number, nominal_unit(b.unit), nominal_unit(a.unit));
  if (!other) return std::nullopt;
  int order = compare(a.number, *other);
  if (order == 0) return 0;
  double left = a.number.to_double(), right = other->to_double();
  double size = std::max(std::abs(left), std::abs(right));
  return std::abs(left - right) <= size * 1e-12 ? 0 : order;  // what the conversion itself may have added
}

// Deep comparison of what has no System value: every member of one in the other.
bool equal_nodes(Machine& machine, Node a, Node b, bool loose, int depth);

bool equal_arrays(Machine& machine, Node a, Node b, bool loose, int depth) {
  if (a.size() != b.size()) return false;
  if (!loose) {
    auto right = b.begin();
    for (Node item : a) {
      if (!equal_nodes(machine, item, *right, false, depth)) return false;
      ++right;
    }
    return true;
  }
  std::vector<Node> rest;
  for (Node item : b) rest.push_back(item);
  for (Node item : a) {
    auto found = std::find_if(rest.begin(), rest.end(),
                              [&](Node r) { return equal_nodes(machine, item, r, true, depth); });
    if (found == rest.end()) return false;
    rest.erase(found);
  }
  return true;
}

bool equal_scalars(Machine& machine, Node a, Node b, bool loose) {
  Item x, y;
  x.node = a;
  y.node = b;
  auto left = machine.system(x), right = machine.system(y);
  if (!left || !right) return !left && !right;
  return loose ? equivalent(machine, *left, *right) : equal(machine, *left, *right) == true;
}

bool equal_nodes(Machine& machine, Node a, Node b, bool loose, int depth) {
  machine.tick();
  if (depth > 100 || !a || !b || a.kind() != b.kind()) return !a && !b;
  if (a.kind() == Kind::array) return equal_arrays(machine, a, b, loose, depth + 1);
  if (a.kind() != Kind::object) return a.raw() == b.raw() || equal_scalars(machine, a, b, loose);
  uint32_t count = 0;
  for (Node child : a) {
    Node other = b[child.key()];
    if (!other || !equal_nodes(machine, child, other, loose, depth + 1)) return false;
    ++count;
  }
  return count == b.size();
}

bool is_complex(const Item& value) {
  return value.kind == VK::node && value.node && value.node.kind() == Kind::object;
}

int digits_for_equivalence(const Decimal& a, const Decimal& b) {
  return std::min(a.trimmed().scale(), b.trimmed().scale());
}

bool equivalent_numbers(const Decimal& a, const Decimal& b) {
  int scale = digits_for_equivalence(a, b);
  auto x = a.rounded(scale, Decimal::Rounding::half), y = b.rounded(scale, Decimal::Rounding::half);
  return x && y && compare(*x, *y) == 0;
}

// A date is also a dateTime; a time is neither.
bool comparable_kinds(VK a, VK b) { return (a == VK::time) == (b == VK::time); }

std::optional<bool> equal_system(const Item& a, const Item& b) {
  if (a.is_number() && b.is_number()) return compare(a.number, b.number) == 0;
  if (a.is_temporal() && b.is_temporal()) {
    if (!comparable_kinds(a.kind, b.kind)) return false;
    auto x = temporal_of(a), y = temporal_of(b);
    if (!x || !y) return a.text == b.text;
    auto order = compare_temporal(*x, *y);
    return order ? std::optional(*order == 0) : std::nullopt;
  }
  // Text from the data against a date literal, and the reverse: read the text.
  if (a.kind == VK::string && b.is_temporal()) {
    Item date = Item::of(b.kind, a.text);
    return temporal_of(date) ? equal_system(date, b) : std::optional(false);
  }
  if (b.kind == VK::string && a.is_temporal()) return equal_system(b, a);
  if (a.kind == VK::quantity && b.is_number()) return equal_system(a, Item::of(b.number, "1"));
  if (b.kind == VK::quantity && a.is_number()) return equal_system(b, a);
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case VK::boolean: return a.truth == b.truth;
    case VK::quantity: {
      auto order = compare_quantities(a, b);
      return order ? std::optional(*order == 0) : std::nullopt;
    }
    case VK::type_info: return a.text == b.text && a.unit == b.unit;
    default: return a.text == b.text;
  }
}

}  // namespace

namespace {

// The text of a string as it stands, where nothing is escaped: most comparisons are of two of these.
std::optional<std::string_view> plain_text(const Item& item) {
  if (item.kind == VK::string) return item.text;
  bool plain = item.kind == VK::node && item.node && item.node.kind() == Kind::string &&
               !item.node.escaped() && system_kind(item.type) == VK::string;
  if (!plain) return std::nullopt;
  std::string_view raw = item.node.raw();
  return raw.substr(1, raw.size() - 2);
}

}  // namespace

std::optional<bool> equal(Machine& machine, const Item& a, const Item& b) {
  if (auto x = plain_text(a)) {
    if (auto y = plain_text(b)) {
      if (x->size() == y->size()) machine.tick_text(*x, 512);
      return *x == *y;
    }
  }
  if (a.kind == VK::node && b.kind == VK::node && a.node && a.node == b.node) return true;
  auto x = machine.system(a), y = machine.system(b);
  if (x && y) return equal_system(*x, *y);
  if (is_complex(a) && is_complex(b)) return equal_nodes(machine, a.node, b.node, false, 0);
  return !x && !y && a.node == b.node && a.sibling == b.sibling;
}

std::optional<bool> equal(Machine& machine, const Items& a, const Items& b) {
  if (a.empty() || b.empty()) return std::nullopt;
  if (a.size() != b.size()) return false;
  bool known = true;
  for (size_t i = 0; i < a.size(); ++i) {
    machine.tick();
    auto truth = equal(machine, a[i], b[i]);
    if (truth == false) return false;
    known = known && truth.has_value();
  }
  return known ? std::optional(true) : std::nullopt;
}

bool same(Machine& machine, const Item& a, const Item& b) { return equal(machine, a, b) == true; }

bool contains(Machine& machine, const Items& items, const Item& value) {
  machine.tick(items.size());
  return std::any_of(items.begin(), items.end(),
                     [&](const Item& item) { return same(machine, item, value); });
}

bool equivalent(Machine& machine, const Item& a, const Item& b) {
  auto x = machine.system(a), y = machine.system(b);
  if (!x || !y) return is_complex(a) && is_complex(b) && equal_nodes(machine, a.node, b.node, true, 0);
  if (x->is_number() && y->is_number()) return equivalent_numbers(x->number, y->number);
  if (x->kind == VK::string && y->kind == VK::string) {
    machine.tick_text(x->text, 64);
    machine.tick_text(y->text, 64);
    return fold_text(x->text) == fold_text(y->text);
  }
  if (x->kind == VK::quantity && y->kind == VK::quantity) {
    auto moved = converted(y->number, nominal_unit(y->unit), nominal_unit(x->unit));
    return moved && equivalent_numbers(x->number, *moved);
  }
  return equal_system(*x, *y) == true;
}

bool equivalent(Machine& machine, const Items& a, const Items& b) {
  if (a.size() != b.size()) return false;
  std::vector<const Item*> rest;
  for (const Item& item : b) rest.push_back(&item);
  for (const Item& item : a) {
    machine.tick(rest.size());
    auto found =
        std::find_if(rest.begin(), rest.end(), [&](const Item* r) { return equivalent(machine, item, *r); });
    if (found == rest.end()) return false;
    rest.erase(found);
  }
  return true;
}

std::optional<Temporal> temporal_of(const Item& value) {
  return value.kind == VK::time ? parse_time(value.text) : parse_date_time(value.text);
}

std::optional<int> compare_temporal(const Temporal& a, const Temporal& b) {
  using P = Temporal::Precision;
  if (a.has_zone != b.has_zone && a.precision > P::day && b.precision > P::day) {
    // One zone is not known: only what differs in every zone (-12 … +14 hours) is decided.
    Span x = span(a, 0), y = span(b, 0);
    constexpr int64_t kHour = 3'600'000'000;
    auto widen = [&](Span& s, bool known) {
      if (!known) {
        s.low -= 14 * kHour;
        s.high += 12 * kHour;
      }
    };
    widen(x, a.has_zone);
    widen(y, b.has_zone);
    if (x.high <= y.low) return -1;
    if (y.high <= x.low) return 1;
    return std::nullopt;
  }
  Temporal x = a, y = b;
  if (a.has_zone && b.has_zone && a.zone_minutes != b.zone_minutes) {
    P left = a.precision, right = b.precision;
    x = from_instant(instant(a, 0), 0);
    y = from_instant(instant(b, 0), 0);
    x.precision = left;
    y.precision = right;
  }
  const int64_t left[] = {x.year, x.month, x.day, x.hour, x.minute, x.second * 1'000'000ll + x.microsecond};
  const int64_t right[] = {y.year, y.month, y.day, y.hour, y.minute, y.second * 1'000'000ll + y.microsecond};
  // Seconds and their fraction are one number: 12:00:00 and 12:00:00.0 are equally precise.
  int precise_x = std::min(int(x.precision), int(P::second)),
      precise_y = std::min(int(y.precision), int(P::second));
  for (int i = 0; i <= std::min(precise_x, precise_y); ++i) {
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  }
  return precise_x == precise_y ? std::optional(0) : std::nullopt;
}

std::optional<int> compare(Machine& machine, const Item& a, const Item& b) {
  if (a.is_number() && b.is_number()) return compare(a.number, b.number);
  if (a.kind == VK::string && b.kind == VK::string) {
    machine.tick_text(a.text, 512);
    int order = a.text.compare(b.text);
    return order < 0 ? -1 : order > 0;
  }
  if (a.is_temporal() && b.is_temporal() && comparable_kinds(a.kind, b.kind)) {
    auto x = temporal_of(a), y = temporal_of(b);
    return x && y ? compare_temporal(*x, *y) : std::nullopt;
  }
  if (a.kind == VK::string && b.is_temporal()) {
    Item date = Item::of(b.kind, a.text);
    if (temporal_of(date)) return compare(machine, date, b);
  }
  if (b.kind == VK::string && a.is_temporal()) {
    Item date = Item::of(a.kind, b.text);
    if (temporal_of(date)) return compare(machine, a, date);
  }
  if (a.kind == VK::quantity && b.kind == VK::quantity) return compare_quantities(a, b);
  if (a.kind == VK::quantity && b.is_number()) return compare_quantities(a, Item::of(b.number, "1"));
  if (b.kind == VK::quantity && a.is_number()) return compare_quantities(Item::of(a.number, "1"), b);
  machine.fail(said("these two values have no order", "这两个值不能比较大小"));
}

}  // namespace witmed::fhir
