#include <algorithm>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include "fhir/definitions/format.h"
#include "fhir/definitions/pack_model.h"

namespace witmed::fhir::pack {
namespace {

const char* const kSearchTypes[] = {"number",    "date",     "string", "token",  "reference",
                                    "composite", "quantity", "uri",    "special"};
const char* const kKinds[] = {"primitive", "complex", "backbone", "resource", "abstract"};

template <size_t N>
uint8_t index_in(const char* const (&list)[N], const std::string& text) {
  for (size_t i = 0; i < N; ++i) {
    if (text == list[i]) return static_cast<uint8_t>(i);
  }
  throw std::runtime_error("unexpected word: " + text);
}

// Collects the sections, then lays them one behind the other.
class Writer {
 public:
  explicit Writer(const Model& model) : model_(model) {}

  std::string write() {
    number_types();
    intern_names();
    for (const std::string& name : type_names_) add_type(name);
    for (const Compartment& c : model_.compartments) add_compartment(c);
    for (const auto& [url, systems] : model_.value_sets) add_value_set(url, systems);
    hash(format::name_hash, names_);
    hash(format::type_hash, type_names_);
    return assemble();
  }

 private:
  template <class Record>
  uint32_t append(format::Section section, const Record& record) {
    sections_[section].append(reinterpret_cast<const char*>(&record), sizeof record);
    return counts_[section]++;
  }

  format::Text text(const std::string& s) {
    auto [it, fresh] = texts_.try_emplace(s, format::Text{});
    if (fresh) {
      std::string& pool = sections_[format::text];
      it->second = {static_cast<uint32_t>(pool.size()), static_cast<uint32_t>(s.size())};
      pool += s;
      counts_[format::text] = static_cast<uint32_t>(pool.size());
    }
    return it->second;
  }

  void number_types() {
    type_names_.push_back("");
    for (const auto& [name, type] : model_.types) type_names_.push_back(name);
    for (size_t i = 0; i < type_names_.size(); ++i) type_ids_[type_names_[i]] = static_cast<uint16_t>(i);
  }

  uint16_t type_id(const std::string& name) const {
    const auto it = type_ids_.find(name);
    if (it == type_ids_.end()) throw std::runtime_error("unknown type " + name);
    return it->second;
  }

  // Every property name, the "_name" of those that can be primitive, and the FHIRPath names of choices.
  void intern_names() {
    std::set<std::string> plain{"resourceType"}, siblings;
    for (const auto& [type_name, type] : model_.types) {
      for (const Element& e : type.elements) {
        plain.insert(e.name);
        plain.insert(e.base);
        if (model_.types.at(e.type).kind == "primitive") siblings.insert(e.name);
      }
    }
    names_.assign(1, "");
    names_.insert(names_.end(), plain.begin(), plain.end());
    for (const std::string& s : siblings) names_.push_back("_" + s);
    for (size_t i = 0; i < names_.size(); ++i) name_ids_[names_[i]] = static_cast<uint16_t>(i);
    for (const std::string& s : names_) {
      const uint16_t base = s.starts_with("_") ? name_ids_.at(s.substr(1)) : 0;
      const auto sibling = name_ids_.find("_" + s);
      append(format::names,
             format::NameRecord{text(s), base,
                                sibling == name_ids_.end() || s.empty() ? uint16_t{0} : sibling->second});
    }
  }

  void hash(format::Section section, const std::vector<std::string>& words) {
    uint32_t size = 1;
    while (size < words.size() * 3) size *= 2;
    std::vector<uint16_t> table(size, 0);
    for (size_t i = 1; i < words.size(); ++i) {
      uint32_t at = format::hash_name(words[i]) & (size - 1);
      while (table[at]) at = (at + 1) & (size - 1);
      table[at] = static_cast<uint16_t>(i);
    }
    for (uint16_t slot : table) append(section, slot);
  }

  format::Range id_list(const std::vector<std::string>& type_names) {
    const uint32_t first = counts_[format::id_lists];
    for (const std::string& name : type_names) append(format::id_lists, type_id(name));
    return {first, static_cast<uint32_t>(type_names.size())};
  }

  format::Range elements(const Type& type) {
    const uint32_t first = counts_[format::elements];
    for (const Element& e : type.elements) {
      append(format::elements,
             format::ElementRecord{text(e.path), text(e.binding), id_list(e.targets), name_ids_.at(e.name),
                                   name_ids_.at(e.base), type_id(e.type), e.min, e.max, e.array, e.choice,
                                   e.modifier, e.summary, e.strength, 0});
    }
    return {first, static_cast<uint32_t>(type.elements.size())};
  }

  // A multiplier that sends every element of the type to a slot of its own, in the smallest table that has
  // one.
  format::Range slots(const Type& type, uint32_t& multiplier, uint32_t& shift) {
    uint32_t bits = 2;
    while ((1u << bits) < type.elements.size() * 2) ++bits;
    for (;; ++bits) {
      uint32_t candidate = 0x9E3779B1u;
      for (int tries = 0; tries < 20000; ++tries, candidate = candidate * 1664525u + 1013904223u) {
        std::vector<uint16_t> table(1u << bits, 0);
        std::vector<bool> taken(1u << bits, false);
        size_t placed = 0;
        for (; placed < type.elements.size(); ++placed) {
          const uint32_t at = (name_ids_.at(type.elements[placed].name) * (candidate | 1)) >> (32 - bits);
          if (taken[at]) break;
          taken[at] = true;
          table[at] = static_cast<uint16_t>(placed);
        }
        if (placed < type.elements.size()) continue;
        multiplier = candidate | 1;
        shift = 32 - bits;
        const uint32_t first = counts_[format::slots];
        for (uint16_t slot : table) append(format::slots, slot);
        return {first, 1u << bits};
      }
    }
  }

  format::Range params(const Type& type) {
    const uint32_t first = counts_[format::params];
    for (const Param& p : type.params) {
      append(format::params, format::ParamRecord{text(p.code), text(p.url), text(p.expression),
                                                 id_list(p.targets), components(type, p, first),
                                                 type_id(p.base), index_in(kSearchTypes, p.type)});
    }
    return {first, static_cast<uint32_t>(type.params.size())};
  }

  format::Range components(const Type& type, const Param& composite, uint32_t first_param) {
    const uint32_t first = counts_[format::components];
    for (const Component& c : composite.components) {
      const auto it = std::find_if(type.params.begin(), type.params.end(),
                                   [&](const Param& p) { return p.url == c.url; });
      if (it == type.params.end())
        throw std::runtime_error(composite.url + ": no component " + c.url + " on " + type.name);
      append(format::components,
             format::ComponentRecord{first_param + static_cast<uint32_t>(it - type.params.begin()),
                                     text(c.expression)});
    }
    return {first, static_cast<uint32_t>(composite.components.size())};
  }

  void add_type(const std::string& name) {
    static const Type none{{}, {}, "abstract", {}, false, {}, {}, {}};
    const Type& type = name.empty() ? none : model_.types.at(name);
    format::TypeRecord record{};
    record.name = text(type.name);
    record.regex = text(type.regex);
    record.elements = elements(type);
    record.slots = slots(type, record.multiplier, record.shift);
    record.params = params(type);
    record.base = type_id(type.base);
    record.kind = index_in(kKinds, type.kind);
    record.concrete = type.resource;
    record.invariants = {counts_[format::invariants], static_cast<uint32_t>(type.invariants.size())};
    for (const Invariant& i : type.invariants) {
      append(format::invariants, format::InvariantRecord{text(i.key), text(i.path), text(i.expression),
                                                         text(i.human), i.warning});
    }
    append(format::types, record);
  }

  void add_compartment(const Compartment& compartment) {
    const uint32_t first = counts_[format::compartment_rules];
    for (const Rule& rule : compartment.rules) {
      const uint32_t first_param = counts_[format::rule_params];
      for (const std::string& p : rule.params) append(format::rule_params, text(p));
      append(
          format::compartment_rules,
          format::RuleRecord{{first_param, static_cast<uint32_t>(rule.params.size())}, type_id(rule.type)});
    }
    append(format::compartments,
           format::CompartmentRecord{text(compartment.name),
                                     {first, static_cast<uint32_t>(compartment.rules.size())}});
  }

  void add_value_set(const std::string& url, const std::vector<std::string>& systems) {
    const uint32_t first = counts_[format::value_set_systems];
    for (const std::string& system : systems) append(format::value_set_systems, text(system));
    append(format::value_sets, format::ValueSetRecord{text(url), {first, static_cast<uint32_t>(systems.size())}});
  }

  std::string assemble() {
    format::Header header{format::kMagic, format::kVersion, {}};
    std::string out(sizeof header, '\0');
    for (uint32_t s = 0; s < format::Section::count; ++s) {
      out.resize((out.size() + 7) / 8 * 8);
      header.sections[s] = {static_cast<uint32_t>(out.size()), counts_[s]};
      out += sections_[s];
    }
    std::memcpy(out.data(), &header, sizeof header);
    return out;
  }

  const Model& model_;
  std::vector<std::string> names_, type_names_;
  std::unordered_map<std::string, uint16_t> name_ids_, type_ids_;
  std::unordered_map<std::string, format::Text> texts_;
  std::string sections_[format::Section::count];
  uint32_t counts_[format::Section::count] = {};
};

}  // namespace

std::string write_blob(const Model& model) { return Writer(model).write(); }

}  // namespace witmed::fhir::pack
