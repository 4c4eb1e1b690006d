#include "fhir/search/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "fhir/reference.h"
#include "fhir/temporal.h"
#include "fhir/ucum/ucum.h"

namespace witmed::fhir {
namespace {

using EntryKind = IndexEntry::Kind;

constexpr double kUnbounded = std::numeric_limits<double>::max();
constexpr std::string_view kUcum = "http://unitsofmeasure.org";

// Names that data types are read by.
struct Names {
  NameId system, code, display, coding, text, value, type, unit, reference, identifier, start, end, event,
      repeat, bounds_period, family, given, prefix, suffix, line, city, district, state, postal_code, country,
      low, high, currency, contained, id, resource_type, url, version, comparator,
      latitude;
};

const Names& names() {
  static const Names instance = [] {
    const Definitions& r4 = Definitions::r4();
    auto n = [&](std::string_view text) { return r4.name(text); };
    return Names{n("system"),      n("code"),     n("display"),  n("coding"),     n("text"),
                 n("value"),       n("type"),     n("unit"),     n("reference"),  n("identifier"),
                 n("start"),       n("end"),      n("event"),    n("repeat"),     n("boundsPeriod"),
                 n("family"),      n("given"),    n("prefix"),   n("suffix"),     n("line"),
                 n("city"),        n("district"), n("state"),    n("postalCode"), n("country"),
                 n("low"),         n("high"),     n("currency"), n("contained"),  n("id"),
                 n("resourceType"), n("url"), n("version"), n("comparator"), n("latitude")};
  }();
  return instance;
}

std::string_view keep(ValueSink& sink, std::string text) {
  return sink.out.arena.emplace_back(std::move(text));
}

// Text of a string node: in the document where nothing is escaped, else in the arena.
std::string_view text_of(ValueSink& sink, Node node) {
  if (!node) return {};
  if (node.kind() == Kind::string && node.escaped()) return keep(sink, node.string());
  std::string scratch;
  return node.view(scratch);
}

std::string_view member(ValueSink& sink, Node object, NameId name) { return text_of(sink, object[name]); }

IndexEntry entry(const ValueSink& sink, EntryKind kind) {
  IndexEntry e{};
  e.kind = kind;
  e.part = sink.part;
  e.ordinal = sink.ordinal;
  return e;
}

void add(ValueSink& sink, EntryKind kind, std::string_view a, std::string_view b = {},
         std::string_view c = {}) {
  IndexEntry e = entry(sink, kind);
  e.a = a;
  e.b = b;
  e.c = c;
  sink.out.entries.push_back(e);
}

template <typename Body>
void each(Node array, Body body) {
  if (!array || array.kind() != Kind::array) return;
  for (Node item : array) body(item);
}

// --- token

void token_coding(ValueSink& sink, Node value) {
  std::string_view code = member(sink, value, names().code), display = member(sink, value, names().display);
  std::string_view system = member(sink, value, names().system);
  if (!code.empty() || !display.empty() || !system.empty())
    add(sink, EntryKind::token, system, code, display);
}

void token_concept(ValueSink& sink, Node value) {
  std::string_view text = member(sink, value, names().text);
  bool said = text.empty();
  each(value[names().coding], [&](Node coding) {
    token_coding(sink, coding);
    said = said || member(sink, coding, names().display) == text;
  });
  if (!said) add(sink, EntryKind::token, {}, {}, text);
}

void token_identifier(ValueSink& sink, Node value) {
  std::string_view text = member(sink, value, names().value), system = member(sink, value, names().system);
  Node type = value[names().type];
  std::string_view said = type ? member(sink, type, names().text) : std::string_view();
  if (text.empty() && system.empty()) return;
  add(sink, EntryKind::token, system, text, said);
  if (!type || text.empty()) return;
  each(type[names().coding], [&](Node coding) {
    add(sink, EntryKind::typed_identifier, member(sink, coding, names().system),
        member(sink, coding, names().code), text);
  });
}

void token_contact(ValueSink& sink, Node value) {
  std::string_view text = member(sink, value, names().value);
  if (!text.empty()) add(sink, EntryKind::token, member(sink, value, names().system), text);
}

void token_text(ValueSink& sink, Node value) { add(sink, EntryKind::token, {}, text_of(sink, value)); }

// --- string, uri

void plain_string(ValueSink& sink, Node value) {
  std::string_view text = text_of(sink, value);
  if (!text.empty()) add(sink, EntryKind::string, text);
}

void each_string(ValueSink& sink, Node object, NameId name) {
  Node value = object[name];
  if (!value) return;
  if (value.kind() != Kind::array) return plain_string(sink, value);
  for (Node item : value) {
    if (item.kind() == Kind::string) plain_string(sink, item);
  }
}

// A family name of several words is found by each of them (http://hl7.org/fhir/R4/search.html#string).
void string_family(ValueSink& sink, Node value) {
  std::string_view text = text_of(sink, value);
  if (text.empty()) return;
  add(sink, EntryKind::string, text);
  constexpr std::string_view kBetween = " -\t";
  for (size_t at = text.find_first_of(kBetween); at < text.size(); at = text.find_first_of(kBetween, at)) {
    at = text.find_first_not_of(kBetween, at);
    if (at != std::string_view::npos) add(sink, EntryKind::string, text.substr(at), {}, "part");
  }
}

void string_name(ValueSink& sink, Node value) {
  const Names& n = names();
  for (NameId name : {n.text, n.given, n.prefix, n.suffix}) each_string(sink, value, name);
  if (Node family = value[n.family]) string_family(sink, family);
}

void string_address(ValueSink& sink, Node value) {
  const Names& n = names();
  for (NameId name : {n.text, n.line, n.city, n.district, n.state, n.postal_code, n.country})
    each_string(sink, value, name);
}

void string_concept(ValueSink& sink, Node value) {
  each_string(sink, value, names().text);
  each(value[names().coding], [&](Node coding) { each_string(sink, coding, names().display); });
}

// The url of the resource itself stands with its version: `url=http://…|1.0`.
void uri(ValueSink& sink, Node value) {
  Node own = sink.resource[names().url];
  bool is_own = own && own.index() == value.index() && &own.document() == &value.document();
  add(sink, EntryKind::uri, text_of(sink, value), is_own ? member(sink, sink.resource, names().version) : std::string_view());
}

// A canonical is found with its version and without.
void uri_canonical(ValueSink& sink, Node value) {
  std::string_view text = text_of(sink, value);
  add(sink, EntryKind::uri, text);
  size_t bar = text.find('|');
  if (bar != std::string_view::npos) add(sink, EntryKind::uri, text.substr(0, bar));
}

// --- reference

void identifier_of(ValueSink& sink, Node identifier) {
  std::string_view value = member(sink, identifier, names().value);
  if (!value.empty()) add(sink, EntryKind::identifier, member(sink, identifier, names().system), value);
}

std::string_view contained_type(ValueSink& sink, std::string_view id) {
  std::string_view type;
  each(sink.resource[names().contained], [&](Node item) {
    if (member(sink, item, names().id) == id) type = member(sink, item, names().resource_type);
  });
  return type;
}

void reference_text(ValueSink& sink, std::string_view text, std::string_view said) {
  if (text.empty()) return;
  if (text.starts_with('#')) {
    return add(sink, EntryKind::reference, contained_type(sink, text.substr(1)), {}, text);
  }
  ReferenceParts parts = split_reference(text);
  std::string_view base = sink.settings.base_url;
  if (base.ends_with('/')) base.remove_suffix(1);
  bool ours = parts.type != 0 && (parts.base.empty() || (!base.empty() && parts.base == base));
  std::string_view type = parts.type != 0 ? Definitions::r4().type(parts.type).name : said;
  if (!ours) return add(sink, EntryKind::reference, type, {}, text);
  add(sink, EntryKind::reference, type, parts.id);
  sink.out.entries.back().version = parts.version;
}

void reference(ValueSink& sink, Node value) {
  if (Node text = value[names().reference]) {
    reference_text(sink, text_of(sink, text), member(sink, value, names().type));
  }
  if (Node identifier = value[names().identifier]) identifier_of(sink, identifier);
}

void reference_canonical(ValueSink& sink, Node value) {
  std::string_view text = text_of(sink, value);
  size_t bar = text.find('|');
  std::string_view version = bar == std::string_view::npos ? std::string_view() : text.substr(bar + 1);
  if (!text.empty()) add(sink, EntryKind::reference, version, {}, text.substr(0, bar));
}

// Bundle.entry[0].resource: the resource itself is the target.
void reference_resource(ValueSink& sink, Node value) {
  std::string_view id = member(sink, value, names().id);
  if (!id.empty()) add(sink, EntryKind::reference, member(sink, value, names().resource_type), id);
}

// --- date

std::optional<Span> span_of(const ValueSink& sink, Node value) {
  if (!value) return std::nullopt;
  std::string scratch;
  auto parsed = parse_date_time(value.view(scratch));
  return parsed ? std::optional(span(*parsed, sink.settings.zone_minutes)) : std::nullopt;
}

void add_span(ValueSink& sink, int64_t low, int64_t high) {
  IndexEntry e = entry(sink, EntryKind::date);
  e.low = low;
  e.high = high;
  sink.out.entries.push_back(e);
}

void date(ValueSink& sink, Node value) {
  if (auto known = span_of(sink, value)) add_span(sink, known->low, known->high);
}

void date_period(ValueSink& sink, Node value) {
  auto start = span_of(sink, value[names().start]), end = span_of(sink, value[names().end]);
  if (start || end) add_span(sink, start ? start->low : kDateMin, end ? end->high : kDateMax);
}

// Of a Timing only the outer limits matter: of its events and of the bounds of its repetition together.
void date_timing(ValueSink& sink, Node value) {
  int64_t low = kDateMax, high = kDateMin;
  each(value[names().event], [&](Node event) {
    auto known = span_of(sink, event);
    if (!known) return;
    low = std::min(low, known->low);
    high = std::max(high, known->high);
  });
  Node repeat = value[names().repeat];
  if (Node bounds = repeat ? repeat[names().bounds_period] : Node()) {
    auto start = span_of(sink, bounds[names().start]), end = span_of(sink, bounds[names().end]);
    if (start || end) {
      low = std::min(low, start ? start->low : kDateMin);
      high = std::max(high, end ? end->high : kDateMax);
    }
  }
  if (low < high) add_span(sink, low, high);
}

// --- number, quantity

std::optional<double> number_of(Node value) {
  if (!value) return std::nullopt;
  std::string_view text = value.raw();
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

void add_number(ValueSink& sink, EntryKind kind, double low, double high, std::string_view a = {},
                std::string_view b = {}, std::string_view c = {}) {
  IndexEntry e = entry(sink, kind);
  e.number = low;
  e.number_high = high;
  e.a = a;
  e.b = b;
  e.c = c;
  sink.out.entries.push_back(e);
}

void number(ValueSink& sink, Node value) {
  if (auto known = number_of(value)) add_number(sink, EntryKind::number, *known, *known);
}

void number_range(ValueSink& sink, Node value) {
  Node low = value[names().low], high = value[names().high];
  auto from = low ? number_of(low[names().value]) : std::nullopt,
       to = high ? number_of(high[names().value]) : std::nullopt;
  if (from || to) add_number(sink, EntryKind::number, from.value_or(-kUnbounded), to.value_or(kUnbounded));
}

// An open end does not belong to the interval: it is moved by the smallest step there is.
struct Interval {
  double low, high;
  bool open_low = false, open_high = false;
  double first() const { return open_low ? std::nextafter(low, kUnbounded) : low; }
  double last() const { return open_high ? std::nextafter(high, -kUnbounded) : high; }
};

void add_quantity(ValueSink& sink, Node unit, Interval value) {
  std::string_view system = member(sink, unit, names().system), code = member(sink, unit, names().code);
  add_number(sink, EntryKind::quantity, value.first(), value.last(), system, code, member(sink, unit, names().unit));
  if (system != kUcum || code.empty()) return;
  auto canonical = ucum::parse(code);
  if (!canonical) return;
  auto convert = [&](double number) {
    return std::abs(number) == kUnbounded ? number : settled(number * canonical->factor + canonical->offset);
  };
  value.low = convert(value.low);
  value.high = convert(value.high);
  add_number(sink, EntryKind::canonical_quantity, value.first(), value.last(), {}, keep(sink, canonical->base));
}

// "<5" is everything below 5.
void quantity(ValueSink& sink, Node value) {
  auto known = number_of(value[names().value]);
  if (!known) return;
  std::string_view comparator = member(sink, value, names().comparator);
  Interval interval{*known, *known};
  if (comparator.starts_with('<')) interval = {-kUnbounded, *known, false, comparator == "<"};
  if (comparator.starts_with('>')) interval = {*known, kUnbounded, comparator == ">", false};
  add_quantity(sink, value, interval);
}

void quantity_range(ValueSink& sink, Node value) {
  Node low = value[names().low], high = value[names().high];
  auto from = low ? number_of(low[names().value]) : std::nullopt,
       to = high ? number_of(high[names().value]) : std::nullopt;
  if (from || to) add_quantity(sink, from ? low : high, {from.value_or(-kUnbounded), to.value_or(kUnbounded)});
}

void quantity_money(ValueSink& sink, Node value) {
  auto known = number_of(value[names().value]);
  if (known) {
    add_number(sink, EntryKind::quantity, *known, *known, "urn:iso:std:iso:4217",
               member(sink, value, names().currency));
  }
}

// Location.position, for `near`: its latitude, to find what may be near.
void near_position(ValueSink& sink, Node value) {
  if (auto known = number_of(value[names().latitude])) add_number(sink, EntryKind::number, *known, *known);
}

struct Rule {
  SearchType search;
  std::string_view type;
  Emitter emitter;
};

// Primitive types not named here are read as text by token and string.
constexpr Rule kRules[] = {
    {SearchType::token, "Coding", token_coding},
    {SearchType::token, "CodeableConcept", token_concept},
    {SearchType::token, "Identifier", token_identifier},
    {SearchType::token, "ContactPoint", token_contact},
    {SearchType::string, "HumanName", string_name},
    {SearchType::string, "Address", string_address},
    {SearchType::string, "CodeableConcept", string_concept},
    {SearchType::uri, "canonical", uri_canonical},
    {SearchType::reference, "Reference", reference},
    {SearchType::reference, "canonical", reference_canonical},
    {SearchType::reference, "uri", reference_canonical},
    {SearchType::reference, "Resource", reference_resource},
    {SearchType::date, "date", date},
    {SearchType::date, "dateTime", date},
    {SearchType::date, "instant", date},
    {SearchType::date, "Period", date_period},
    {SearchType::date, "Timing", date_timing},
    {SearchType::number, "integer", number},
    {SearchType::number, "positiveInt", number},
    {SearchType::number, "unsignedInt", number},
    {SearchType::number, "decimal", number},
    {SearchType::number, "Range", number_range},
    {SearchType::quantity, "Range", quantity_range},
    {SearchType::quantity, "Money", quantity_money},
    {SearchType::special, "Location.position", near_position},
};

}  // namespace

double settled(double value) {
  char text[32];
  auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 11);
  if (error != std::errc()) return value;
  double out = value;
  std::from_chars(text, end, out);
  return out;
}

Emitter emitter(SearchType search, TypeId type, NameId name) {
  const Definitions& r4 = Definitions::r4();
  if (search == SearchType::string && name == names().family && r4.type(type).name == "string") return string_family;
  for (const Rule& rule : kRules) {
    if (rule.search == search && r4.type(type).name == rule.type) return rule.emitter;
  }
  if (search == SearchType::quantity && r4.is_a(type, r4.type_id("Quantity"))) return quantity;
  if (r4.type(type).kind != TypeKind::primitive) return nullptr;
  if (search == SearchType::token) return token_text;
  if (search == SearchType::string) return plain_string;
  if (search == SearchType::uri) return uri;
  return nullptr;
}

}  // namespace witmed::fhir
