#include "fhir/search/extract.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "base/error.h"
#include "fhir/search/custom.h"
#include "fhir/search/type_index.h"

namespace witmed::fhir {
namespace {

constexpr PartId kPartsPerType = 256;  // ids of parts: type number times this, plus number in the type
constexpr size_t kTypes = 200;         // R4 has 148 resource types

// One index a type, made when it is first asked for.
struct Slots {
  std::array<std::once_flag, kTypes> once;
  std::array<std::unique_ptr<TypeIndex>, kTypes> indexes;
  std::vector<uint16_t> number;  // of a resource type, by TypeId

  Slots() : number(Definitions::r4().types().size() + 1, kTypes) {
    auto types = Definitions::r4().resource_types();
    if (types.size() >= kTypes) throw Failure("more resource types than search has room for");
    for (size_t i = 0; i < types.size(); ++i) number[types[i]] = uint16_t(i);
  }

  const TypeIndex& at(size_t n) {
    std::call_once(once[n], [&] {
      TypeId type = Definitions::r4().resource_types()[n];
      indexes[n] = std::make_unique<TypeIndex>(type, PartId(n * kPartsPerType + 1));
      if (indexes[n]->parts().size() >= kPartsPerType)
        throw Failure("more search parts than a type has room for");
    });
    return *indexes[n];
  }
};

Slots& slots() {
  static Slots instance;
  return instance;
}

const TypeIndex& index_of(TypeId resource) {
  Slots& all = slots();
  size_t n = resource < all.number.size() ? all.number[resource] : kTypes;
  if (n >= kTypes) throw Failure("search: not a resource type");
  return all.at(n);
}

bool equal(const IndexEntry& x, const IndexEntry& y) {
  return x.part == y.part && x.kind == y.kind && x.ordinal == y.ordinal && x.low == y.low &&
         x.high == y.high && x.number == y.number && x.number_high == y.number_high && x.a == y.a &&
         x.b == y.b && x.c == y.c;
}

size_t mix(size_t state, size_t value) { return (state ^ value) * 0x9E3779B97F4A7C15ull; }

size_t hash_of(const IndexEntry& e) {
  std::hash<std::string_view> text;
  size_t state = mix(size_t(e.part) << 24 | size_t(e.ordinal) << 8 | size_t(e.kind), size_t(e.low));
  state = mix(state, std::hash<double>()(e.number));
  state = mix(state, text(e.a));
  state = mix(state, text(e.b));
  return mix(state, text(e.c));
}

// Equal values of one part stay once, the first of them.
void drop_repeated(std::vector<IndexEntry>& entries) {
  thread_local std::vector<std::pair<size_t, uint32_t>> order;
  order.clear();
  for (uint32_t i = 0; i < entries.size(); ++i) order.emplace_back(hash_of(entries[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<uint32_t> repeated;
  for (size_t i = 1; i < order.size(); ++i) {
    for (size_t k = i; k-- > 0 && order[k].first == order[i].first;) {
      if (!equal(entries[order[k].second], entries[order[i].second])) continue;
      repeated.push_back(order[i].second);
      break;
    }
  }
  if (repeated.empty()) return;
  std::sort(repeated.begin(), repeated.end());
  size_t next = 0, kept = 0;
  for (uint32_t i = 0; i < entries.size(); ++i) {
    if (next < repeated.size() && repeated[next] == i)
      ++next;
    else
      entries[kept++] = entries[i];
  }
  entries.resize(kept);
}

}  // namespace

const SearchIndex& SearchIndex::r4() {
  static const SearchIndex instance;
  return instance;
}

const Part& SearchIndex::part(PartId id) const {
  if (id >= kCustomFirst) return custom_param(id).part;
  return slots().at(size_t(id - 1) / kPartsPerType).parts().at(size_t(id - 1) % kPartsPerType);
}

std::span<const PartId> SearchIndex::parts(TypeId resource) const { return index_of(resource).ids(); }

std::vector<PartId> SearchIndex::parts(const SearchParam& param) const {
  if (param.custom != 0) return {param.custom};
  return index_of(param.base).param(param).parts;
}

std::span<const CompositeRoot> SearchIndex::composite(const SearchParam& param) const {
  if (param.custom != 0) return {};
  return index_of(param.base).param(param).roots;
}

TypeId SearchIndex::target(const SearchParam& param) const {
  if (param.custom != 0) return custom_param(param.custom).target;
  return index_of(param.base).param(param).target;
}

void SearchIndex::extract(Node resource, TypeId type, const ExtractSettings& settings, Extraction& out,
                          std::span<const PartId> only) const {
  const TypeIndex& index = index_of(type);
  std::vector<bool> allowed;
  if (!only.empty()) {
    allowed.assign(index.parts().size(), false);
    for (PartId id : only) {
      size_t n = size_t(id) - index.parts().front().id;
      if (n < allowed.size()) allowed[n] = true;
    }
  }
  ValueSink sink{settings, resource, out};
  if (only.empty() || only.front() < kCustomFirst) index.extract(sink, allowed);
  extract_custom(resource, type, settings, out, only);
  drop_repeated(out.entries);
}

void SearchIndex::extract_contained(Node resource, const ExtractSettings& settings, Extraction& out) const {
  const Node all = resource["contained"];
  if (!all || all.kind() != Kind::array) return;
  for (const Node one : all) {
    const Node type = one["resourceType"];
    auto made = std::make_shared<ContainedExtraction>();
    made->type = type ? Definitions::r4().type_id(type.string()) : TypeId(0);
    if (!Definitions::r4().is_resource(made->type)) continue;
    extract(one, made->type, settings, made->extraction);
    out.contained.push_back(std::move(made));
  }
}

}  // namespace witmed::fhir
