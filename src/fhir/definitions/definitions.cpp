#include "fhir/definitions/definitions.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "fhir/definitions/format.h"

// The blob that cmake/definitions.cmake packs and embeds.
extern "C" const char witmed_definitions_begin[];
extern "C" const char witmed_definitions_end[];

namespace witmed::fhir {

// Records point into the blob where they can (texts, id lists, hashes); the rest is fixed up once.
struct Definitions::Tables {
  Tables(const char* begin, size_t size);

  const char* blob;
  std::span<const format::NameRecord> names;
  std::span<const uint16_t> name_hash, type_hash;
  std::vector<Type> types;
  std::vector<Element> elements;
  std::vector<Invariant> invariants;
  std::vector<SearchParam> params;
  std::vector<Component> components;
  std::vector<std::string_view> rule_params;
  std::vector<CompartmentRule> rules;
  std::vector<std::string_view> systems;
  std::vector<std::pair<std::string_view, std::span<const std::string_view>>> value_sets;  // sorted by url
  struct Compartment {
    std::string_view name;
    std::span<const CompartmentRule> rules;
  };
  std::vector<Compartment> compartments;
  std::vector<std::span<const SearchParam>> params_by_type;
  std::vector<TypeId> resource_types;
  std::vector<uint8_t> concrete;

  std::string_view text(format::Text t) const { return {text_pool.data() + t.first, t.count}; }

 private:
  template <class Record>
  std::span<const Record> section(format::Section s) const {
    const auto& at = reinterpret_cast<const format::Header*>(blob)->sections[s];
    return {reinterpret_cast<const Record*>(blob + at.offset), at.count};
  }
  template <class T>
  static std::span<const T> part(const std::vector<T>& all, format::Range r) {
    return {all.data() + r.first, r.count};
  }
  void load_elements();
  static uint32_t number_elements(std::span<Element> all);
  void load_params();
  void load_types();
  void load_compartments();

  std::span<const char> text_pool;
};

Definitions::Tables::Tables(const char* begin, size_t size) : blob(begin) {
  const auto& header = *reinterpret_cast<const format::Header*>(begin);
  if (size < sizeof header || header.magic != format::kMagic || header.version != format::kVersion) {
    throw Failure("the embedded FHIR definitions are damaged: build again");
  }
  text_pool = section<char>(format::text);
  names = section<format::NameRecord>(format::names);
  name_hash = section<uint16_t>(format::name_hash);
  type_hash = section<uint16_t>(format::type_hash);
  load_elements();
  load_params();
  load_types();
  load_compartments();
}

void Definitions::Tables::load_elements() {
  const auto ids = section<TypeId>(format::id_lists);
  const auto records = section<format::ElementRecord>(format::elements);
  const auto type_records = section<format::TypeRecord>(format::types);
  elements.reserve(records.size());
  for (const format::ElementRecord& r : records) {
    const bool primitive = type_records[r.type].kind == static_cast<uint8_t>(TypeKind::primitive);
    elements.push_back({text(r.path), r.name, r.base, r.type, r.min, r.max, r.array != 0, r.choice != 0,
                        r.modifier != 0, r.summary != 0, primitive, 0, 0, r.strength, text(r.binding),
                        ids.subspan(r.targets.first, r.targets.count)});
  }
  for (const auto& r : section<format::InvariantRecord>(format::invariants)) {
    invariants.push_back({text(r.key), text(r.path), text(r.expression), text(r.human), r.warning != 0});
  }
}

void Definitions::Tables::load_params() {
  const auto ids = section<TypeId>(format::id_lists);
  const auto records = section<format::ParamRecord>(format::params);
  const auto component_records = section<format::ComponentRecord>(format::components);
  params.reserve(records.size());
  components.reserve(component_records.size());
  for (const auto& r : records) {
    params.push_back({text(r.code),
                      text(r.url),
                      text(r.expression),
                      static_cast<SearchType>(r.type),
                      r.base,
                      ids.subspan(r.targets.first, r.targets.count),
                      {}});
  }
  for (const auto& r : component_records) components.push_back({&params[r.param], text(r.expression)});
  for (size_t i = 0; i < records.size(); ++i) params[i].components = part(components, records[i].components);
}

// Numbers the choices and the required ones among the elements of a type; the bits of the required.
uint32_t Definitions::Tables::number_elements(std::span<Element> all) {
  uint8_t groups = 0, required = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    const bool next_alternative = i && all[i].choice && all[i - 1].choice && all[i - 1].base == all[i].base;
    if (all[i].choice) all[i].group = next_alternative ? groups : ++groups;
    if (all[i].min) all[i].required = next_alternative ? required : ++required;
  }
  if (groups > 31 || required > 31)
    throw Failure("a FHIR type has more choices or required elements than bits");
  return (1u << required) - 1;
}

void Definitions::Tables::load_types() {
  const auto records = section<format::TypeRecord>(format::types);
  const auto slots = section<uint16_t>(format::slots);
  types.reserve(records.size());
  for (const auto& r : records) {
    const uint32_t required = number_elements({elements.data() + r.elements.first, r.elements.count});
    const auto id = static_cast<TypeId>(types.size());
    types.push_back({text(r.name), id, r.base, static_cast<TypeKind>(r.kind), part(elements, r.elements),
                     part(invariants, r.invariants), text(r.regex),
                     slots.subspan(r.slots.first, r.slots.count), r.multiplier, r.shift, required});
    params_by_type.push_back(part(params, r.params));
    concrete.push_back(r.concrete);
    if (r.concrete) resource_types.push_back(id);
  }
}

void Definitions::Tables::load_compartments() {
  for (const auto& t : section<format::Text>(format::rule_params)) rule_params.push_back(text(t));
  for (const auto& r : section<format::RuleRecord>(format::compartment_rules)) {
    rules.push_back({static_cast<TypeId>(r.type), part(rule_params, r.params)});
  }
  for (const auto& r : section<format::CompartmentRecord>(format::compartments)) {
    compartments.push_back({text(r.name), part(rules, r.rules)});
  }
  for (const auto& t : section<format::Text>(format::value_set_systems)) systems.push_back(text(t));
  for (const auto& r : section<format::ValueSetRecord>(format::value_sets)) value_sets.emplace_back(text(r.url), part(systems, r.systems));
}

Definitions::Definitions()
    : tables_(new Tables(witmed_definitions_begin,
                         static_cast<size_t>(witmed_definitions_end - witmed_definitions_begin))) {}

const Definitions& Definitions::r4() {
  static const Definitions instance;
  return instance;
}

NameId Definitions::name(std::string_view text) const {
  const uint32_t mask = static_cast<uint32_t>(tables_->name_hash.size()) - 1;
  for (uint32_t at = format::hash_name(text) & mask;; at = (at + 1) & mask) {
    const uint16_t id = tables_->name_hash[at];
    if (!id || tables_->text(tables_->names[id].text) == text) return id;
  }
}

std::string_view Definitions::text(NameId name) const {
  return name < tables_->names.size() ? tables_->text(tables_->names[name].text) : std::string_view();
}

NameId Definitions::plain(NameId name) const { return tables_->names[name].plain; }
NameId Definitions::sibling(NameId name) const { return tables_->names[name].sibling; }

TypeId Definitions::type_id(std::string_view name) const {
  const uint32_t mask = static_cast<uint32_t>(tables_->type_hash.size()) - 1;
  for (uint32_t at = format::hash_name(name) & mask;; at = (at + 1) & mask) {
    const uint16_t id = tables_->type_hash[at];
    if (!id || tables_->types[id].name == name) return id;
  }
}

const Type& Definitions::type(TypeId id) const { return tables_->types[id < tables_->types.size() ? id : 0]; }
std::span<const Type> Definitions::types() const { return tables_->types; }
std::span<const TypeId> Definitions::resource_types() const { return tables_->resource_types; }
bool Definitions::is_resource(TypeId id) const {
  return id < tables_->concrete.size() && tables_->concrete[id];
}

bool Definitions::is_a(TypeId type, TypeId ancestor) const {
  for (; type; type = tables_->types[type].base) {
    if (type == ancestor) return true;
  }
  return false;
}

std::span<const SearchParam> Definitions::search_params(TypeId resource) const {
  return resource < tables_->params_by_type.size() ? tables_->params_by_type[resource]
                                                   : std::span<const SearchParam>();
}

const SearchParam* Definitions::search_param(TypeId resource, std::string_view code) const {
  const auto all = search_params(resource);
  const auto it = std::lower_bound(all.begin(), all.end(), code,
                                   [](const SearchParam& p, std::string_view c) { return p.code < c; });
  return it != all.end() && it->code == code ? &*it : nullptr;
}

std::span<const CompartmentRule> Definitions::compartment(std::string_view name) const {
  for (const auto& c : tables_->compartments) {
    if (c.name == name) return c.rules;
  }
  return {};
}

std::span<const std::string_view> Definitions::value_set_systems(std::string_view url) const {
  url = url.substr(0, url.find('|'));
  const auto& all = tables_->value_sets;
  const auto it = std::lower_bound(all.begin(), all.end(), url, [](const auto& v, std::string_view u) { return v.first < u; });
  return it != all.end() && it->first == url ? it->second : std::span<const std::string_view>();
}

}  // namespace witmed::fhir
