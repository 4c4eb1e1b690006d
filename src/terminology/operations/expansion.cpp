#include "terminology/operations/expansion.h"

#include <algorithm>

#include "base/clock.h"
#include "base/hash.h"
#include "base/time.h"
#include "terminology/book/typed.h"
#include "terminology/limits.h"

namespace witmed::terminology {
namespace {

using fhir::Value;

void add_parameter(Value& out, std::string_view name, std::string_view type, Value value) {
  out.add(Value::object({{"name", Value(name)}, {type, std::move(value)}}));
}

// RFC 4122, version 4.
std::string uuid() {
  uint8_t bytes[16];
  random_bytes(bytes, sizeof bytes);
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3f) | 0x80);
  std::string out = "urn:uuid:";
  for (size_t i = 0; i < sizeof bytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out.push_back('-');
    out.push_back("0123456789abcdef"[bytes[i] >> 4]);
    out.push_back("0123456789abcdef"[bytes[i] & 15]);
  }
  return out;
}

// The extensions of an expansion that say that not all codes are in it.
void mark_unclosed(const Selection& selection, Value& expansion) {
  Value extensions = Value::list();
  extensions.add(Value::object({{"url", "http://hl7.org/fhir/StructureDefinition/valueset-unclosed"}, {"valueBoolean", Value(true)}}));
  for (const auto& [name, value] : selection.told)
    if (name == "used-fragment" || name == "used-example")
      extensions.add(Value::object({{"url", "http://hl7.org/fhir/StructureDefinition/valueset-unclosed-reason"},
                                    {"valueString", Value("This extension is based on a fragment of the code system " +
                                                          value.substr(0, value.find('|')))}}));
  expansion.set("extension", std::move(extensions));
}

}  // namespace

// Everything but what only the definition needs; all of it when the definition is asked for.
Value Expansion::head(const ValueSet& set) const {
  Value out = Value::of(set.resource());
  for (const std::string_view key : {"id", "meta", "text", "expansion"}) out.remove(key);
  if (wishes_.include_definition.value_or(false)) return out;
  for (const std::string_view key : {"purpose", "compose", "description", "contact", "copyright", "copyrightLabel", "publisher", "extension",
                                     "contained", "identifier", "useContext", "jurisdiction", "date"})
    out.remove(key);
  return out;
}

Value Expansion::run(const std::shared_ptr<const ValueSet>& set) {
  Selector selector(context_);
  const Selection selection = selector.select(set);
  const bool typed = !Typed(wishes_.filter).empty();
  const std::vector<Chosen> found = typed ? matches(selection) : std::vector<Chosen>();
  const uint32_t total = typed ? static_cast<uint32_t>(found.size()) : selection.total();
  const uint32_t first = std::min(wishes_.offset.value_or(0), total);
  const uint32_t limit = wishes_.count ? std::min(*wishes_.count, kExpansionPage) : total;
  if (!wishes_.count && total - first > kExpansionWhole)
    throw Refusal(422, {fhir::Severity::error, "too-costly", "", {}, message_id(Message::too_costly),
                        context_.text(Message::too_costly, {set->definition.canonical(), ">" + std::to_string(kExpansionWhole)})});
  const uint32_t count = std::min(limit, total - first);

  Value expansion = Value::object();
  if (selection.unclosed) mark_unclosed(selection, expansion);
  expansion.set("identifier", uuid());
  expansion.set("timestamp", format_instant(wall_micros()));
  expansion.set("total", Value::number(total));
  if (wishes_.offset) expansion.set("offset", Value::number(*wishes_.offset));
  const bool nest = !typed && !selection.flat && first == 0 && count == total && !wishes_.exclude_nested.value_or(false) &&
                    (!wishes_.count || *wishes_.count > total);
  Value contains;
  if (nest) contains = nested(selection);
  else if (typed) contains = flat({found.begin() + first, found.begin() + first + count}, selection);
  else contains = flat(page(selection, first, count), selection);
  expansion.set("parameter", parameters(selection));
  if (wishes_.speaks_r5 && !properties_.items().empty()) expansion.set("property", std::move(properties_));
  if (!contains.items().empty()) expansion.set("contains", std::move(contains));
  Value out = head(*set);
  out.set("expansion", std::move(expansion));
  return out;
}

// Codes by how well they answer what was typed.
std::vector<Chosen> Expansion::matches(const Selection& selection) const {
  const Typed typed(wishes_.filter);
  const std::vector<std::string_view> languages = wishes_.languages().tags();
  std::vector<std::pair<MatchKind, Chosen>> found;
  const auto add = [&](MatchKind kind, Chosen chosen) {
    if (found.size() >= kSortedMatches) return false;
    found.emplace_back(kind, std::move(chosen));
    return true;
  };
  for (uint32_t i = 0; i < selection.segments.size(); ++i) {
    const Segment& segment = selection.segments[i];
    if (segment.by_bits) {
      segment.source.book()->search(typed, languages, [&](Match match) {
        return !segment.bits.test(match.id) || add(match.kind, {i, {match.id, {}}, nullptr, nullptr});
      });
      continue;
    }
    for (const Chosen& entry : segment.entries) {
      std::optional<MatchKind> best = typed.match(entry.place.code);
      const auto better = [&](std::optional<MatchKind> kind) { if (kind && (!best || *kind < *best)) best = kind; };
      if (entry.listed) better(typed.match(entry.listed->display));
      if (entry.reference) better(typed.match(entry.reference->display));
      if (segment.source && segment.source.book()) better(segment.source.book()->match(typed, entry.place.id, languages));
      else if (segment.source) better(typed.match(segment.source.display(entry.place)));
      Chosen chosen = entry;
      chosen.segment = i;
      if (best) add(*best, std::move(chosen));
    }
  }
  if (selection.segments.size() > 1)
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Chosen> out;
  out.reserve(found.size());
  for (auto& [kind, chosen] : found) out.push_back(std::move(chosen));
  return out;
}

std::vector<Chosen> Expansion::page(const Selection& selection, uint32_t first, uint32_t count) const {
  std::vector<Chosen> out;
  for (uint32_t i = 0; i < selection.segments.size() && out.size() < count; ++i) {
    const Segment& segment = selection.segments[i];
    const uint32_t size = segment.size();
    if (first >= size) {
      first -= size;
      continue;
    }
    if (segment.by_bits) {
      ConceptId id = segment.bits.next(0);
      for (; first > 0; --first) id = segment.bits.next(id + 1);
      for (; id != kNoConcept && out.size() < count; id = segment.bits.next(id + 1)) out.push_back({i, {id, {}}, nullptr, nullptr});
    } else {
      for (; first < size && out.size() < count; ++first) {
        out.push_back(segment.entries[first]);
        out.back().segment = i;
      }
      first = 0;
    }
  }
  return out;
}

Value Expansion::flat(const std::vector<Chosen>& codes, const Selection& selection) {
  Value out = Value::list();
  for (const Chosen& each : codes) out.add(code(selection.segments[each.segment], each, selection));
  return out;
}

// Children stand in their parents; those whose parent is not in the value set stand for themselves.
Value Expansion::nested(const Selection& selection) {
  Value out = Value::list();
  for (uint32_t i = 0; i < selection.segments.size(); ++i) {
    const Segment& segment = selection.segments[i];
    if (!segment.by_bits) {
      for (const Chosen& each : segment.entries) out.add(code(segment, each, selection));
      continue;
    }
    const CodeSystem& book = *segment.source.book();
    // In the order of a book parents stand before their children: the way down from the last root is on the stack.
    std::vector<std::pair<ConceptId, Value>> open;
    const auto close = [&] {
      Value done = std::move(open.back().second);
      open.pop_back();
      if (open.empty()) {
        out.add(std::move(done));
        return;
      }
      Value& parent = open.back().second;
      if (!parent.at("contains")) parent.set("contains", Value::list());
      parent.in("contains").add(std::move(done));
    };
    for (ConceptId id = segment.bits.next(0); id != kNoConcept; id = segment.bits.next(id + 1)) {
      while (!open.empty() && !book.is_above(open.back().first, id)) close();
      open.emplace_back(id, code(segment, {i, {id, {}}, nullptr, nullptr}, selection));
    }
    while (!open.empty()) close();
  }
  return out;
}

Value Expansion::parameters(const Selection& selection) const {
  Value out = Value::list();
  if (!wishes_.filter.empty()) add_parameter(out, "filter", "valueString", wishes_.filter);
  if (!wishes_.languages().empty()) add_parameter(out, "displayLanguage", "valueCode", wishes_.languages().parameter());
  for (const std::string& each : wishes_.designations) add_parameter(out, "designation", "valueString", each);
  const auto flag = [&](std::string_view name, const std::optional<bool>& value) {
    if (value) add_parameter(out, name, "valueBoolean", Value(*value));
  };
  flag("excludeNested", wishes_.exclude_nested);
  flag("activeOnly", wishes_.active_only);
  flag("includeDesignations", wishes_.include_designations);
  flag("includeDefinition", wishes_.include_definition);
  flag("excludeNotForUI", wishes_.exclude_not_for_ui);
  flag("excludePostCoordinated", wishes_.exclude_post_coordinated);
  for (const std::string& each : wishes_.excluded_systems) add_parameter(out, "exclude-system", "valueUri", each);
  if (wishes_.offset) add_parameter(out, "offset", "valueInteger", Value::number(*wishes_.offset));
  if (wishes_.count) add_parameter(out, "count", "valueInteger", Value::number(*wishes_.count));
  if (selection.one_per_code) add_parameter(out, "versionsMatch", "valueBoolean", Value(true));
  for (const auto& [name, value] : selection.told) add_parameter(out, name, "valueUri", value);
  for (const std::string& each : used_supplements_) add_parameter(out, "used-supplement", "valueUri", each);
  for (const std::string& each : context_.used_rules) {
    const size_t equals = each.find('=');
    add_parameter(out, each.substr(0, equals), "valueUri", each.substr(equals + 1));
  }
  return out;
}

}  // namespace witmed::terminology
