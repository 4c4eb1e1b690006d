#include "store/keys.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "fhir/search/custom.h"
#include "fhir/search/lookup.h"
#include "fhir/search/query.h"
#include "fhir/search/timeline.h"

namespace witmed::store {

using fhir::Definitions;
using fhir::IndexEntry;

int64_t ordered_number(double value) {
  const auto bits = std::bit_cast<int64_t>(value == 0 ? 0.0 : value);
  return bits < 0 ? bits ^ INT64_MAX : bits;
}

double number_from_ordered(int64_t ordered) { return std::bit_cast<double>(ordered < 0 ? ordered ^ INT64_MAX : ordered); }

std::vector<uint32_t> characters(std::string_view text) {
  std::vector<uint32_t> at;
  at.reserve(text.size() + 1);
  for (uint32_t i = 0; i < text.size(); ++i)
    if ((static_cast<uint8_t>(text[i]) & 0xc0) != 0x80) at.push_back(i);
  at.push_back(static_cast<uint32_t>(text.size()));
  return at;
}

namespace {

int64_t floor_ms(int64_t us) { return us >= 0 ? us / 1000 : -((-us + 999) / 1000); }

int date_class(int64_t length) {
  int c = 0;
  while (length > Keys::kClassLength[c]) ++c;
  return c;
}

// Which parts put a resource of a type into the compartment of a patient.
std::vector<bool> patient_compartment_parts(fhir::TypeId type) {
  std::vector<bool> in;
  const auto& index = fhir::SearchIndex::r4();
  for (const auto& rule : Definitions::r4().compartment("Patient")) {
    if (rule.type != type) continue;
    for (const auto& code : rule.params) {
      const auto* param = Definitions::r4().search_param(type, code);
      if (param == nullptr) continue;
      for (auto id : index.parts(*param)) {
        if (in.size() <= id) in.resize(id + 1u);
        in[id] = true;
      }
    }
  }
  return in;
}

const std::vector<bool>& compartment_parts(fhir::TypeId type) {
  static const auto all = [] {
    std::vector<std::vector<bool>> table(Definitions::r4().types().size());
    for (auto t : Definitions::r4().resource_types()) table[t] = patient_compartment_parts(t);
    return table;
  }();
  return all[type];
}

}  // namespace

Key Keys::hash(char tag, uint64_t part, std::string_view a, std::string_view b) const {
  char small[256];
  const size_t size = 9 + a.size() + 1 + b.size();
  std::string large;
  char* p = small;
  if (size > sizeof small) {
    large.resize(size);
    p = large.data();
  }
  p[0] = tag;
  std::memcpy(p + 1, &part, 8);
  a.copy(p + 9, a.size());
  p[9 + a.size()] = '\0';
  b.copy(p + 10 + a.size(), b.size());
  return static_cast<Key>(siphash(secret_, {p, size}));
}

Key Keys::about(std::string_view type, std::string_view id, Key low) const {
  const auto high = static_cast<uint64_t>(hash('R', 0, type, id)) & 0xffffffff00000000ull;
  return static_cast<Key>(high | (static_cast<uint64_t>(low) & 0xffffffffull));
}

Key Keys::type(fhir::TypeId type) const { return hash('T', 0, Definitions::r4().type(type).name, {}); }
Key Keys::shape(uint64_t shape) const { return hash('S', shape, {}, {}); }
Key Keys::identity(fhir::TypeId type, std::string_view id) const {
  return hash('I', 0, Definitions::r4().type(type).name, id);
}
Key Keys::code(uint64_t part, std::string_view code) const { return hash('c', part, code, {}); }
Key Keys::token(uint64_t part, std::string_view system, std::string_view code) const { return hash('v', part, system, code); }
Key Keys::system(uint64_t part, std::string_view system) const { return hash('s', part, system, {}); }
Key Keys::prefix(uint64_t part, std::string_view characters) const { return hash('p', part, characters, {}); }
Key Keys::bigram(uint64_t part, std::string_view characters) const { return hash('b', part, characters, {}); }
Key Keys::long_text(uint64_t part) const { return hash('l', part, {}, {}); }
Key Keys::uri(uint64_t part, std::string_view uri) const { return hash('u', part, uri, {}); }
Key Keys::reference(uint64_t part, std::string_view type, std::string_view id) const {
  return about(type, id, hash('r', part, {}, {}));
}
Key Keys::outside(uint64_t part, std::string_view url) const { return hash('o', part, url, {}); }
Key Keys::reference_identifier(uint64_t part, std::string_view system, std::string_view value) const {
  return hash('i', part, system, value);
}
Key Keys::compartment(std::string_view patient) const { return about("Patient", patient, hash('P', 0, {}, {})); }
Key Keys::contained(fhir::TypeId type) const { return hash('C', 0, Definitions::r4().type(type).name, {}); }
Key Keys::word(fhir::TypeId type, bool narrative, std::string_view word) const {
  return hash(narrative ? 'x' : 'w', 0, Definitions::r4().type(type).name, word);
}
Key Keys::date(uint64_t part, int length_class) const {
  return hash('d', part, std::string_view(&"0123"[length_class], 1), {});
}
Key Keys::number(uint64_t part, bool wide) const { return hash('n', part, wide ? "1" : "0", {}); }
Key Keys::quantity(uint64_t part, bool wide) const { return hash('q', part, wide ? "1" : "0", {}); }
Key Keys::canonical(uint64_t part, bool wide, std::string_view unit) const {
  return hash('k', part, wide ? "1" : "0", unit);
}
Key Keys::timeline(std::string_view patient, fhir::TypeId type, std::string_view code) const {
  return about("Patient", patient, hash('t', 0, Definitions::r4().type(type).name, code));
}

void Keys::text_rows(uint64_t part, std::string_view text, RowSet& out) const {
  const auto at = characters(text);
  const size_t n = at.size() - 1;
  for (size_t length : kPrefixes)
    if (length <= n) out.postings.push_back(prefix(part, text.substr(0, at[length])));
  if (n > kLongText) {
    out.postings.push_back(long_text(part));
    return;
  }
  for (size_t i = 0; i + 2 <= n; ++i) out.postings.push_back(bigram(part, text.substr(at[i], at[i + 2] - at[i])));
}

void Keys::entry_rows(const fhir::Part& part, const IndexEntry& e, RowSet& out) const {
  const uint64_t p = part.identity;
  switch (e.kind) {
    case IndexEntry::Kind::token:
      if (part.folded) {
        out.postings.push_back(code(p, fhir::normalize_text(e.b)));
      } else if (!e.b.empty()) {
        out.postings.push_back(code(p, e.b));
        if (part.systems.empty()) out.postings.push_back(token(p, e.a, e.b));
        if (part.mime) out.postings.push_back(system(p, fhir::mime_base(e.b)));
      }
      if (!e.a.empty()) out.postings.push_back(system(p, e.a));
      break;
    case IndexEntry::Kind::string: text_rows(p, fhir::normalize_text(e.a), out); break;
    case IndexEntry::Kind::uri: out.postings.push_back(uri(p, e.a)); break;
    case IndexEntry::Kind::reference:
      // What is contained is listed together: a chain reads into it.
      out.postings.push_back(e.c.empty() ? reference(p, e.a, e.b) : outside(p, e.c.starts_with('#') ? std::string_view("#") : e.c));
      break;
    case IndexEntry::Kind::identifier:
      out.postings.push_back(reference_identifier(p, {}, e.b));
      if (!e.a.empty()) out.postings.push_back(reference_identifier(p, e.a, e.b));
      break;
    case IndexEntry::Kind::date: {
      const int64_t low = floor_ms(e.low), length = floor_ms(e.high) - low;
      out.ordered.push_back({date(p, date_class(length)), low, length});
      break;
    }
    case IndexEntry::Kind::typed_identifier: break;  // the same identifier stands as a token: that finds it
    case IndexEntry::Kind::number:
    case IndexEntry::Kind::quantity:
    case IndexEntry::Kind::canonical_quantity: {
      const int64_t low = ordered_number(e.number);
      const bool wide = e.number_high != e.number;
      const Key key = e.kind == IndexEntry::Kind::number     ? number(p, wide)
                      : e.kind == IndexEntry::Kind::quantity ? quantity(p, wide)
                                                             : canonical(p, wide, e.b);
      out.ordered.push_back({key, low, static_cast<int64_t>(static_cast<uint64_t>(ordered_number(e.number_high)) -
                                                            static_cast<uint64_t>(low))});
      break;
    }
  }
}

void Keys::lookup_rows(const fhir::Extraction& extraction, RowSet& out) const {
  const auto terms = fhir::lookup_terms(extraction.entries);
  for (const auto& sound : terms.sounds)
    for (size_t length : kPrefixes)
      if (length <= sound.size()) out.postings.push_back(prefix(kLookup, std::string_view(sound).substr(0, length)));
  for (const auto& number : terms.numbers)
    if (number.size() >= 4) out.postings.push_back(code(kLookup, std::string_view(number).substr(number.size() - 4)));
}

void Keys::timeline_rows(fhir::TypeId type, const fhir::Extraction& extraction, RowSet& out) const {
  const auto* info = fhir::timeline(type);
  if (info == nullptr) return;
  const IndexEntry* when = nullptr;
  for (auto part : info->time)
    for (const auto& e : extraction.entries)
      if (when == nullptr && e.part == part && e.kind == IndexEntry::Kind::date) when = &e;
  if (when == nullptr) return;
  const int64_t ms = floor_ms(when->low);
  for (const auto& patient : extraction.entries) {
    if (patient.part != info->patient || patient.kind != IndexEntry::Kind::reference || patient.a != "Patient" || !patient.c.empty())
      continue;
    out.ordered.push_back({timeline(patient.b, type, {}), ms, type});
    for (const auto& e : extraction.entries)
      if (e.kind == IndexEntry::Kind::token && !e.b.empty() &&
          std::find(info->codes.begin(), info->codes.end(), e.part) != info->codes.end())
        out.ordered.push_back({timeline(patient.b, type, e.b), ms, type});
  }
}

void Keys::part_rows(const fhir::Part& part, const fhir::Extraction& extraction, RowSet& out) const {
  for (const auto& e : extraction.entries)
    if (e.part == part.id) entry_rows(part, e, out);
}

ResourceRows Keys::rows(fhir::TypeId type, std::string_view id, const fhir::Extraction& extraction) const {
  ResourceRows r;
  const auto& index = fhir::SearchIndex::r4();
  const auto& in_compartment = compartment_parts(type);
  r.rows.postings.reserve(extraction.entries.size() * 3 + 4);
  r.rows.postings.push_back(this->type(type));
  if (Definitions::r4().type(type).name == "Patient") {
    r.rows.postings.push_back(compartment(id));
    lookup_rows(extraction, r.rows);
  }
  for (const auto& e : extraction.entries) {
    const auto& part = index.part(e.part);
    entry_rows(part, e, r.rows);
    if (e.part < fhir::kCustomFirst) r.shape_parts.push_back(part.identity);  // shapes outlive a record's own parameters
    if (e.kind == IndexEntry::Kind::reference && e.c.empty() && e.a == "Patient" && e.part < in_compartment.size() &&
        in_compartment[e.part])
      r.rows.postings.push_back(compartment(e.b));
  }
  for (const auto& inside : extraction.contained) {
    r.rows.postings.push_back(contained(inside->type));
    for (const auto& e : inside->extraction.entries) {
      fhir::Part part = index.part(e.part);
      part.identity = contained_part(part.identity);
      entry_rows(part, e, r.rows);
    }
  }
  for (const auto& word : extraction.narrative) r.rows.postings.push_back(this->word(type, true, word));
  for (const auto& word : extraction.content) r.rows.postings.push_back(this->word(type, false, word));
  timeline_rows(type, extraction, r.rows);
  std::sort(r.shape_parts.begin(), r.shape_parts.end());
  r.shape_parts.erase(std::unique(r.shape_parts.begin(), r.shape_parts.end()), r.shape_parts.end());
  r.shape = fnv1a({reinterpret_cast<const char*>(r.shape_parts.data()), r.shape_parts.size() * 8},
                  fnv1a(Definitions::r4().type(type).name));
  r.rows.postings.push_back(shape(r.shape));
  r.rows.normalize();
  return r;
}

}  // namespace witmed::store
