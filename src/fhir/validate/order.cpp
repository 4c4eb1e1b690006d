#include "fhir/validate/order.h"

#include "fhir/fhirpath/decimal.h"
#include "fhir/fhirpath/quantity.h"
#include "fhir/temporal.h"
#include "fhir/validate/format.h"
#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

constexpr std::string_view kUcum = "http://unitsofmeasure.org";
constexpr int64_t kZones = int64_t{14} * 3600 * 1'000'000;  // as far as a time without a zone may be from one in UTC

std::string text_of(Node owner, NameId name) {
  const Node member = owner[name];
  return member && member.kind() == Kind::string ? member.string() : std::string();
}

std::optional<Decimal> number_of(Node node) { return node && node.kind() == Kind::number ? Decimal::parse(node.raw()) : std::nullopt; }

std::optional<int> of_moments(const std::optional<Temporal>& a, const std::optional<Temporal>& b) {
  if (!a || !b) return std::nullopt;
  const Span x = span(*a, 0), y = span(*b, 0);
  const int64_t margin = a->has_zone == b->has_zone ? 0 : kZones;
  return x.high + margin <= y.low ? -1 : y.high + margin <= x.low ? 1 : 0;
}

std::optional<int> of_quantities(Node a, Node b) {
  const Names& names = Names::get();
  auto x = number_of(a[names.value]);
  const auto y = number_of(b[names.value]);
  if (!x || !y) return std::nullopt;
  const std::string code = text_of(a, names.code), other = text_of(b, names.code);
  const std::string system = text_of(a, names.system), other_system = text_of(b, names.system);
  if (code.empty() && other.empty()) return text_of(a, names.unit) == text_of(b, names.unit) ? std::optional(compare(*x, *y)) : std::nullopt;
  if (code.empty() || other.empty() || system != other_system) return std::nullopt;
  if (code == other) return compare(*x, *y);
  if (system == kUcum) x = converted(*x, code, other);
  return system == kUcum && x ? std::optional(compare(*x, *y)) : std::nullopt;
}

}  // namespace

std::optional<int> order(Node a, Node b, TypeId type) {
  if (a.kind() != b.kind()) return std::nullopt;
  if (a.kind() == Kind::object) return Names::get().r4.is_a(type, Names::get().quantity) ? of_quantities(a, b) : std::nullopt;
  if (a.kind() == Kind::number) {
    const auto x = number_of(a), y = number_of(b);
    return x && y ? std::optional(compare(*x, *y)) : std::nullopt;
  }
  const Format format = format_of(type);
  if (format == Format::time) return of_moments(parse_time(a.string()), parse_time(b.string()));
  if (format != Format::date && format != Format::date_time && format != Format::instant) return std::nullopt;
  return of_moments(parse_date_time(a.string()), parse_date_time(b.string()));
}

}  // namespace witmed::fhir
