#include "terminology/book/code_system_builder.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <tuple>

#include "base/text.h"
#include "terminology/book/hierarchy_builder.h"
#include "terminology/book/image_writer.h"
#include "terminology/book/search_index.h"

namespace witmed::terminology {
namespace {

constexpr std::string_view kConceptProperties = "http://hl7.org/fhir/concept-properties#";

// What a property means for the book itself; http://hl7.org/fhir/R4/codesystem-concept-properties.html and what is met besides.
enum class Meaning : uint8_t { none, inactive, status, not_selectable, deprecated, parent, child };

Meaning meaning_of(std::string_view code, std::string_view uri) {
  if (uri.starts_with(kConceptProperties))
    if (const Meaning meaning = meaning_of(uri.substr(kConceptProperties.size()), {}); meaning != Meaning::none) return meaning;
  if (code == "inactive") return Meaning::inactive;
  if (code == "status") return Meaning::status;
  if (code == "notSelectable" || code == "abstract") return Meaning::not_selectable;
  if (code == "deprecated" || code == "deprecationDate") return Meaning::deprecated;
  if (code == "parent" || code == "subsumedBy") return Meaning::parent;
  return code == "child" ? Meaning::child : Meaning::none;
}

uint8_t flag_of(Meaning meaning, std::string_view text) {
  const bool is = text == "true";
  switch (meaning) {
    case Meaning::inactive: return is ? kInactive : 0;
    case Meaning::not_selectable: return is ? kAbstract : 0;
    case Meaning::deprecated: return text.empty() || text == "false" ? 0 : kDeprecated;
    case Meaning::status: return text == "retired" || text == "inactive" ? kInactive : text == "deprecated" ? kDeprecated : 0;
    default: return 0;
  }
}

template <class Record>
struct Tagged {
  uint32_t handle;
  Record record;
};

// A relation told by a code that may come later.
struct Told {
  uint32_t known, code;  // handle, text
  bool known_is_child;
};

}  // namespace

struct CodeSystemBuilder::Impl {
  SystemHead head;
  ImageWriter out;
  std::vector<uint32_t> codes, displays, definitions, weights, slots;
  std::vector<uint8_t> flags;
  std::vector<Tagged<DesignationRecord>> designations;
  std::vector<Tagged<ValueRecord>> values;
  std::vector<CodingRecord> codings;
  std::vector<DesignationKind> designation_kinds;
  std::map<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, uint32_t>, uint32_t> designation_kind;
  std::vector<std::pair<uint32_t, uint32_t>> extensions;  // handle, text
  std::vector<PropertyRecord> properties;
  std::vector<Meaning> meanings;
  std::vector<Told> told;
  std::vector<fhir::Issue> faults;
  uint64_t fault_count = 0;
  bool any_definition = false, any_weight = false;

  void fault(std::string_view code, std::string en, std::string zh) {
    ++fault_count;
    if (faults.size() < kMaxFaults)
      faults.push_back({fhir::Severity::warning, "invalid", std::move(en), std::move(zh), std::string(code)});
  }
  std::string_view limited(std::string_view code, std::string_view text) {
    if (text.size() <= kMaxTextBytes) return text;
    fault(code, "a text of more than 1 MB is cut", "文字超过 1 MB，已截断");
    return text.substr(0, kMaxTextBytes);
  }

  std::string_view code_of(uint32_t handle) const { return out.read(codes[handle], Section::code_text); }

  // Slot of the code, or the free one where it belongs.
  size_t slot(std::string_view code, const std::vector<uint32_t>& table) const {
    size_t at = hash_code(code) & (table.size() - 1);
    for (; table[at] != 0; at = (at + 1) & (table.size() - 1)) {
      const std::string_view other = code_of(table[at] - 1);
      if (head.case_sensitive ? other == code : equal_nocase(other, code)) break;
    }
    return at;
  }
  void grow() {
    if (codes.size() + codes.size() / 2 + 2 < slots.size()) return;
    slots.assign(std::max<size_t>(slots.size() * 2, 8), 0);
    for (uint32_t i = 0; i < codes.size(); ++i) slots[slot(code_of(i), slots)] = i + 1;
  }
  uint32_t find(std::string_view code) const {
    return slots.empty() ? kNobody : slots[slot(code, slots)] - 1;  // 0 - 1 is kNobody
  }

  std::vector<Edge> edges() {
    std::vector<Edge> out_edges;
    for (const Told& each : told) {
      const std::string code(out.read(each.code));
      const uint32_t other = find(code);
      if (other == kNobody) {
        fault(code_of(each.known), (each.known_is_child ? "its parent " : "its child ") + code + " does not exist",
              (each.known_is_child ? "上级代码 " : "下级代码 ") + code + " 不存在");
        continue;
      }
      out_edges.push_back(each.known_is_child ? Edge{each.known, other} : Edge{other, each.known});
    }
    return out_edges;
  }

  template <class T>
  std::vector<T> ordered(const std::vector<T>& items, const std::vector<uint32_t>& order) const {
    std::vector<T> sorted;
    sorted.reserve(items.size());
    for (const uint32_t handle : order) sorted.push_back(items[handle]);
    return sorted;
  }

  // Firsts and records, by id.
  template <class Record>
  void put_lists(const std::vector<Tagged<Record>>& items, const std::vector<uint32_t>& ids, Section firsts, Section records) {
    if (items.empty()) return;
    std::vector<uint32_t> first(ids.size() + 1);
    for (const auto& each : items) ++first[ids[each.handle] + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    out.put_all(firsts, first);
    std::vector<Record> sorted(items.size());
    for (const auto& each : items) sorted[first[ids[each.handle]]++] = each.record;
    out.put_all(records, sorted);
  }

  // By id, so that a walk and a search by code read them one behind the other. Last of all that reads a code by its handle.
  void put_codes(const std::vector<uint32_t>& order, const std::vector<uint32_t>& ids) {
    ImageWriter sorted;
    std::vector<uint32_t> texts;
    texts.reserve(order.size());
    for (const uint32_t handle : order) texts.push_back(sorted.text(code_of(handle), Section::code_text));
    out.section(Section::code_text).swap(sorted.section(Section::code_text));
    out.put_all(Section::codes, texts);
    for (const uint32_t each : slots) out.put(Section::code_hash, each == 0 ? HashSlot{} : HashSlot{ids[each - 1] + 1, texts[ids[each - 1]]});
  }

  void put_hierarchy(const Hierarchy& tree) {
    for (const Edge& e : tree.dropped)
      fault(code_of(e.child), "its parent " + std::string(code_of(e.parent)) + " stands below itself; left out",
            "上级 " + std::string(code_of(e.parent)) + " 与下级成环，已忽略");
    out.put_all(Section::parent, tree.parent);
    out.put_all(Section::tree_end, tree.tree_end);
    out.put_all(Section::more_parents, tree.more_parents);
    out.put_all(Section::more_children, tree.more_children);
    out.put_all(Section::more_below, tree.more_below);
  }

  void put_search(const std::vector<uint32_t>& order) {
    std::vector<uint32_t> first(order.size() + 1);
    for (const auto& each : designations) ++first[each.handle + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<uint32_t> names(designations.size()), at = first;
    for (const auto& each : designations) names[at[each.handle]++] = each.record.value;
    const auto weight = [&](uint32_t handle) -> uint64_t { return handle < weights.size() ? weights[handle] : 0; };
    write_search_index(out, {static_cast<uint32_t>(order.size()),
                             [&](uint32_t id) { return code_of(order[id]); },
                             [&](uint32_t id) { return out.read(displays[order[id]]); },
                             [&](uint32_t id, const std::function<void(std::string_view)>& visit) {
                               const uint32_t handle = order[id];
                               if (displays[handle] != 0) visit(out.read(displays[handle]));
                               for (uint32_t i = first[handle]; i < first[handle + 1]; ++i) visit(out.read(names[i]));
                             },
                             [&](uint32_t id) {
                               const uint32_t handle = order[id];
                               return uint64_t{(flags[handle] & kInactive) != 0} << 32 | (~weight(handle) & 0xFFFFFFFFu);
                             }});
  }

  void put_head() {
    for (const std::string* each : {&head.url, &head.version, &head.name, &head.title, &head.title_zh, &head.title_en, &head.language,
                                    &head.status, &head.value_set, &head.supplements, &head.date, &head.valid_from,
                                    &head.valid_until, &head.resource})
      out.put(Section::head, out.shared(limited(head.url, *each)));
    const uint32_t bits = (head.case_sensitive ? kCaseSensitive : 0u) | (head.compositional ? kCompositional : 0u) |
                          (head.version_needed ? kVersionNeeded : 0u) | (head.experimental ? kExperimental : 0u);
    for (const uint32_t number : {static_cast<uint32_t>(codes.size()), head.count, static_cast<uint32_t>(head.content),
                                  static_cast<uint32_t>(head.hierarchy_meaning), bits})
      out.put(Section::head, number);
  }

  std::string finish() {
    Hierarchy tree = arrange(static_cast<uint32_t>(codes.size()), edges());
    std::vector<uint32_t> ids(codes.size());
    for (uint32_t id = 0; id < ids.size(); ++id) ids[tree.order[id]] = id;
    put_search(tree.order);
    put_hierarchy(tree);
    put_codes(tree.order, ids);
    out.put_all(Section::displays, ordered(displays, tree.order));
    if (any_definition) out.put_all(Section::definitions, ordered(definitions, tree.order));
    if (std::any_of(flags.begin(), flags.end(), [](uint8_t f) { return f != 0; })) out.put_all(Section::flags, ordered(flags, tree.order));
    put_lists(designations, ids, Section::designation_first, Section::designations);
    out.put_all(Section::designation_kinds, designation_kinds);
    put_lists(values, ids, Section::value_first, Section::values);
    out.put_all(Section::codings, codings);
    out.put_all(Section::properties, properties);
    std::vector<ExtensionRecord> extended;
    for (const auto& [handle, text] : extensions) extended.push_back({ids[handle], text});
    std::sort(extended.begin(), extended.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    out.put_all(Section::extensions, extended);
    put_head();
    return out.finish(BookKind::code_system);
  }
};

CodeSystemBuilder::CodeSystemBuilder(SystemHead head) : impl_(std::make_unique<Impl>()) { impl_->head = std::move(head); }
CodeSystemBuilder::~CodeSystemBuilder() = default;
CodeSystemBuilder::CodeSystemBuilder(CodeSystemBuilder&&) noexcept = default;

SystemHead& CodeSystemBuilder::head() { return impl_->head; }
uint32_t CodeSystemBuilder::size() const { return static_cast<uint32_t>(impl_->codes.size()); }
const std::vector<fhir::Issue>& CodeSystemBuilder::faults() const { return impl_->faults; }
uint64_t CodeSystemBuilder::fault_count() const { return impl_->fault_count; }
std::string CodeSystemBuilder::finish() { return impl_->finish(); }

uint32_t CodeSystemBuilder::property(std::string_view code, PropertyType type, std::string_view uri, std::string_view description) {
  Impl& m = *impl_;
  for (uint32_t i = 0; i < m.properties.size(); ++i)
    if (m.out.read(m.properties[i].code) == code) return i;
  if (m.properties.size() >= 0xFFFF) throw fhir::Rejection(422, "too-costly", "too many properties", "属性过多");
  m.properties.push_back({m.out.shared(code), m.out.shared(uri), m.out.shared(m.limited(code, description)), static_cast<uint32_t>(type)});
  m.meanings.push_back(meaning_of(code, uri));
  return static_cast<uint32_t>(m.properties.size() - 1);
}

void CodeSystemBuilder::filter(std::string_view code, std::string_view operators, std::string_view value, std::string_view description) {
  Impl& m = *impl_;
  m.out.put(Section::filters, FilterRecord{m.out.shared(code), m.out.shared(m.limited(code, description)),
                                           m.out.shared(m.limited(code, value)), m.out.shared(operators)});
}

CodeSystemBuilder::Handle CodeSystemBuilder::add(std::string_view code, std::string_view display, std::string_view definition) {
  Impl& m = *impl_;
  if (code.empty()) {
    m.fault(code, "a concept without a code (display " + std::string(display.substr(0, 100)) + ")", "缺少代码的条目（名称 " + std::string(display.substr(0, 99)) + "）");
    return kNobody;
  }
  if (const uint32_t known = m.find(code); known != kNobody) {
    m.fault(code, "code " + std::string(code.substr(0, 100)) + " stands there twice; the first one counts", "代码 " + std::string(code.substr(0, 99)) + " 重复，以第一条为准");
    return known;
  }
  if (m.codes.size() == kMaxConcepts) throw fhir::Rejection(422, "too-costly", "too many concepts for one book", "条目数超过单本代码表的上限");
  m.grow();
  code = m.limited(code, code);
  const auto handle = static_cast<Handle>(m.codes.size());
  m.slots[m.slot(code, m.slots)] = handle + 1;
  m.codes.push_back(m.out.text(code, Section::code_text));
  m.displays.push_back(m.out.text(m.limited(code, display)));
  m.definitions.push_back(m.out.text(m.limited(code, definition)));
  m.flags.push_back(0);
  m.any_definition |= !definition.empty();
  return handle;
}

CodeSystemBuilder::Handle CodeSystemBuilder::find(std::string_view code) const { return impl_->find(code); }

std::string CodeSystemBuilder::code(Handle handle) const { return handle < size() ? std::string(impl_->code_of(handle)) : std::string(); }

void CodeSystemBuilder::designation(Handle handle, std::string_view language, std::string_view value, std::string_view use_code,
                                    std::string_view use_system, std::string_view use_display, std::string_view extension) {
  Impl& m = *impl_;
  if (handle >= size() || value.empty()) return;
  const DesignationKind kind{m.out.shared(language), m.out.shared(use_system), m.out.shared(use_code), m.out.shared(use_display),
                             m.out.shared(m.limited(value, extension))};
  const auto [known, added] = m.designation_kind.try_emplace({kind.language, kind.use_system, kind.use_code, kind.use_display, kind.extension},
                                                             static_cast<uint32_t>(m.designation_kinds.size()));
  if (added) m.designation_kinds.push_back(kind);
  m.designations.push_back({handle, {m.out.text(m.limited(value, value)), known->second}});
}

void CodeSystemBuilder::extension(Handle handle, std::string_view json) {
  if (handle < size() && !json.empty()) impl_->extensions.emplace_back(handle, impl_->out.shared(impl_->limited(json, json)));
}

void CodeSystemBuilder::value(Handle handle, uint32_t property, std::string_view text) {
  Impl& m = *impl_;
  if (handle >= size() || property >= m.properties.size() || text.empty()) return;
  const uint32_t kept = m.out.shared(m.limited(text, text));
  m.values.push_back({handle, {kept, static_cast<uint16_t>(property), static_cast<uint16_t>(m.properties[property].type)}});
  const Meaning meaning = m.meanings[property];
  m.flags[handle] |= flag_of(meaning, text);
  if (meaning == Meaning::parent || meaning == Meaning::child) m.told.push_back({handle, kept, meaning == Meaning::parent});
}

void CodeSystemBuilder::coding(Handle handle, uint32_t property, std::string_view system, std::string_view version, std::string_view code,
                               std::string_view display) {
  Impl& m = *impl_;
  if (handle >= size() || property >= m.properties.size()) return;
  m.values.push_back({handle, {static_cast<uint32_t>(m.codings.size()), static_cast<uint16_t>(property), static_cast<uint16_t>(PropertyType::coding)}});
  m.codings.push_back({m.out.shared(system), m.out.shared(version), m.out.shared(m.limited(code, code)), m.out.shared(m.limited(code, display))});
}

void CodeSystemBuilder::parent(Handle handle, std::string_view parent_code) {
  if (handle >= size() || parent_code.empty()) return;
  impl_->told.push_back({handle, impl_->out.shared(parent_code), true});
}

void CodeSystemBuilder::weight(Handle handle, uint32_t weight) {
  Impl& m = *impl_;
  if (handle >= size() || weight == 0) return;
  if (m.weights.size() <= handle) m.weights.resize(std::max<size_t>(m.codes.size(), handle + 1));
  m.weights[handle] = weight;
}

}  // namespace witmed::terminology
