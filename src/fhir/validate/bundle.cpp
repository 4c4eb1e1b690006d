#include "fhir/validate/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "fhir/reference.h"
#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

std::string text_of(Node owner, NameId name) {
  const Node member = owner && owner.kind() == Kind::object ? owner[name] : Node();
  return member && member.kind() == Kind::string ? member.string() : std::string();
}

bool is_uuid_or_oid(std::string_view url) { return url.starts_with("urn:uuid:") || url.starts_with("urn:oid:"); }
bool is_absolute(std::string_view url) {
  const size_t colon = url.find(':');
  return colon != url.npos && colon < url.find('/');
}

std::string_view without_history(std::string_view url) { return url.substr(0, url.find("/_history/")); }

TypeId type_of(Node resource) { return Definitions::r4().type_id(text_of(resource, Names::get().resource_type)); }

class Checker {
 public:
  Checker(Node bundle, const BundleIndex& index, Faults& faults)
      : bundle_(bundle), index_(index), faults_(faults), type_(text_of(bundle, names_.type)) {}

  void all() {
    links();
    for (const auto& entry : index_.entries()) {
      full_url(entry);
      if (type_ == "searchset" && entry.resource) found(entry);
    }
    if (type_ == "document") document();
    if (type_ == "message") message();
  }

 private:
  // Each of these stands at most once (http://hl7.org/fhir/R4/bundle.html#searchset, RFC 5988 of paging).
  void links() {
    const Node list = bundle_[names_.link];
    if (!list || list.kind() != Kind::array) return;
    static constexpr std::string_view kOnce[] = {"self", "first", "last", "previous", "prev", "next"};
    std::set<std::string> seen;
    for (Node link : list) {
      const std::string relation = text_of(link, names_.relation);
      const bool known = std::find(std::begin(kOnce), std::end(kOnce), relation) != std::end(kOnce);
      if (known && !seen.insert(relation).second) {
        faults_.add(link, "business-rule", "bundle-link", fmt::format("the link \"{}\" can stand only once", relation),
                    fmt::format("链接“{}”只能出现一次", relation));
      }
    }
  }

  void full_url(const BundleIndex::Entry& entry) {
    const bool optional = type_.starts_with("transaction") || type_.starts_with("batch") || type_ == "history";
    if (entry.full_url.empty()) {
      if (!optional && entry.resource && text_of(entry.entry[names_.search] ? entry.entry[names_.search] : Node(), names_.mode) != "outcome")
        faults_.add(entry.entry, "required", "full-url", "an entry needs a fullUrl here", "此类 Bundle 的条目必须有 fullUrl");
      return;
    }
    const Node at = entry.entry[names_.full_url];
    if (!is_absolute(entry.full_url)) {
      faults_.add(Fault{entry.entry, "value", "full-url", fmt::format("fullUrl must be absolute, \"{}\" is not", entry.full_url),
                        fmt::format("fullUrl 必须是绝对地址，“{}”不是", entry.full_url), Severity::error, at});
      return;
    }
    // A RESTful address names the resource that stands there.
    const ReferenceParts parts = split_reference(entry.full_url);
    if (parts.type == 0 || parts.base.empty() || entry.name.empty() || is_uuid_or_oid(entry.full_url)) return;
    if (fmt::format("{}/{}", Definitions::r4().type(parts.type).name, parts.id) != entry.name) {
      faults_.add(Fault{entry.entry, "value", "full-url", fmt::format("the resource is {}, but fullUrl says {}", entry.name, entry.full_url),
                        fmt::format("资源是 {}，fullUrl 却写 {}", entry.name, entry.full_url), Severity::error, at});
    }
  }

  // An entry of a searchset.
  void found(const BundleIndex::Entry& entry) {
    const Node search = entry.entry[names_.search];
    const std::string mode = text_of(search, names_.mode);
    const TypeId type = type_of(entry.resource);
    if (mode == "outcome") {
      if (type != names_.operation_outcome)
        faults_.add(entry.resource, "business-rule", "search-outcome", "an outcome of a search is an OperationOutcome",
                    "检索的 outcome 条目应为 OperationOutcome");
      return;
    }
    if (mode.empty() && type == names_.operation_outcome) return;
    if (text_of(entry.resource, names_.id).empty())
      faults_.add(entry.resource, "required", "search-id", "what a search finds has an id", "检索结果中的资源必须有 id");
    const auto& wanted = searched_types();
    if (mode == "match" && !wanted.empty() && std::find(wanted.begin(), wanted.end(), type) == wanted.end())
      faults_.add(entry.resource, "business-rule", "search-type", "this type is not what the search was for (see the link \"self\")",
                  "此类型不是所检索的类型（见链接 self）");
  }

  // By the link "self": [base]/Patient?…, [base]?_type=A,B; empty when it does not say.
  const std::vector<TypeId>& searched_types() {
    if (looked_) return searched_;
    looked_ = true;
    const Node list = bundle_[names_.link];
    if (!list || list.kind() != Kind::array) return searched_;
    for (Node link : list) {
      if (text_of(link, names_.relation) != "self") continue;
      const std::string url = text_of(link, names_.url);
      const size_t mark = url.find('?');
      const std::string_view path = std::string_view(url).substr(0, mark);
      const TypeId named = names_.r4.type_id(path.substr(path.rfind('/') + 1));
      if (names_.r4.is_resource(named)) searched_.push_back(named);
      if (!searched_.empty() || mark == url.npos) continue;
      for (std::string_view pair : split(std::string_view(url).substr(mark + 1), '&')) {
        if (!pair.starts_with("_type=")) continue;
        for (std::string_view name : split(pair.substr(6), ',')) {
          if (const TypeId type = names_.r4.type_id(name)) searched_.push_back(type);
        }
      }
    }
    return searched_;
  }

  // What the first entry of a document or message refers to is in the Bundle.
  void references(Node at, const BundleIndex::Entry& from, int depth = 0) {
    if (depth > 60) return;
    if (at.kind() == Kind::array) {
      for (Node item : at) references(item, from, depth + 1);
    } else if (at.kind() == Kind::object) {
      const Node reference = at[names_.reference];
      if (reference && reference.kind() == Kind::string) need(at, reference.string(), from);
    }
  }
  void named(Node owner, std::string_view key, const BundleIndex::Entry& from) {
    if (const Node member = owner[key]) references(member, from);
  }

  void need(Node at, const std::string& reference, const BundleIndex::Entry& from) {
    if (reference.empty() || reference[0] == '#') return;
    const auto found = index_.strict(reference, from);
    if (found.empty())
      faults_.add(at, "not-found", "bundle-reference", fmt::format("\"{}\" is not in the Bundle", reference),
                  fmt::format("Bundle 中没有“{}”", reference));
    else if (found.size() > 1)
      faults_.add(at, "multiple-matches", "bundle-reference", fmt::format("\"{}\" means {} entries of the Bundle", reference, found.size()),
                  fmt::format("“{}”对应 Bundle 中的 {} 个条目", reference, found.size()));
  }

  void sections(Node list, const BundleIndex::Entry& from, int depth) {
    if (!list || list.kind() != Kind::array || depth > 20) return;
    for (Node section : list) {
      if (section.kind() != Kind::object) continue;
      for (const char* key : {"author", "focus", "entry"}) named(section, key, from);
      sections(section["section"], from, depth + 1);
    }
  }

  void document() {
    const auto& entries = index_.entries();
    if (entries.empty() || !entries[0].resource || type_of(entries[0].resource) != names_.composition) return;  // bdl-11
    const Node composition = entries[0].resource;
    for (const char* key : {"subject", "encounter", "author", "custodian"}) named(composition, key, entries[0]);
    for (const char* key : {"attester", "event"}) {
      const Node list = composition[key];
      if (!list || list.kind() != Kind::array) continue;
      for (Node item : list) {
        if (item.kind() == Kind::object) named(item, key[0] == 'a' ? "party" : "detail", entries[0]);
      }
    }
    sections(composition["section"], entries[0], 0);
    reachable();
  }

  // Everything in a document is reached from its Composition, along references either way.
  void reachable() {
    const auto& entries = index_.entries();
    std::vector<std::vector<size_t>> joined(entries.size());
    for (size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].resource) join(entries[i].resource, i, joined, 0);
    }
    std::vector<bool> seen(entries.size());
    std::vector<size_t> open{0};
    while (!open.empty()) {
      const size_t at = open.back();
      open.pop_back();
      if (seen[at]) continue;
      seen[at] = true;
      open.insert(open.end(), joined[at].begin(), joined[at].end());
    }
    for (size_t i = 0; i < entries.size(); ++i) {
      if (!seen[i])
        faults_.add(entries[i].entry, "informational", "document-unreached", "nothing leads from the Composition to this entry",
                    "从 Composition 沿引用无法到达此条目");
    }
  }

  void join(Node at, size_t from, std::vector<std::vector<size_t>>& joined, int depth) {
    if (depth > 64 || (at.kind() != Kind::object && at.kind() != Kind::array)) return;
    for (Node child : at) {
      if (child.kind() == Kind::string && child.name() == names_.reference) {
        for (const auto* found : index_.strict(child.string(), index_.entries()[from])) {
          const auto to = static_cast<size_t>(found - index_.entries().data());
          joined[from].push_back(to);
          joined[to].push_back(from);
        }
      } else {
        join(child, from, joined, depth + 1);
      }
    }
  }

  void message() {
    const auto& entries = index_.entries();
    if (entries.empty() || !entries[0].resource || type_of(entries[0].resource) != names_.message_header) return;  // bdl-12
    named(entries[0].resource, "focus", entries[0]);
  }

  const Names& names_ = Names::get();
  Node bundle_;
  const BundleIndex& index_;
  Faults& faults_;
  std::string type_;
  std::vector<TypeId> searched_;
  bool looked_ = false;
};

}  // namespace

BundleIndex::BundleIndex(Node bundle) {
  const Names& names = Names::get();
  const Node list = bundle[names.entry];
  if (!list || list.kind() != Kind::array) return;
  for (Node node : list) {
    if (node.kind() != Kind::object) continue;
    Entry entry{node, node[names.resource], text_of(node, names.full_url), {}, {}};
    if (entry.resource && entry.resource.kind() != Kind::object) entry.resource = {};
    if (entry.resource) {
      const std::string id = text_of(entry.resource, names.id);
      if (!id.empty()) entry.name = text_of(entry.resource, names.resource_type) + "/" + id;
      entry.version = text_of(entry.resource[names.meta], names.version_id);
    }
    entries_.push_back(std::move(entry));
  }
  for (const Entry& entry : entries_) {
    if (!entry.full_url.empty()) by_url_.emplace(entry.full_url, &entry);
    if (!entry.full_url.empty() && !entry.version.empty()) by_version_.emplace(entry.full_url + "/_history/" + entry.version, &entry);
    if (!entry.name.empty()) by_name_.emplace(entry.name, &entry);
    if (const std::string url = text_of(entry.resource, names.url); !url.empty()) {
      const std::string key = text_of(entry.resource, names.resource_type) + " " + url, version = text_of(entry.resource, names.version);
      definitions_.emplace(key + "|" + version, entry.resource);
      Node& greatest = definitions_[key];
      if (!greatest || text_of(greatest, names.version) < version) greatest = entry.resource;
    }
  }
}

Node BundleIndex::definition(TypeId type, std::string_view canonical) const {
  const auto found = definitions_.find(fmt::format("{} {}", Definitions::r4().type(type).name, canonical));
  return found == definitions_.end() ? Node() : found->second;
}

const BundleIndex::Entry* BundleIndex::holder(Node resource) const {
  const auto after = std::upper_bound(entries_.begin(), entries_.end(), resource.index(),
                                      [](uint32_t index, const Entry& entry) { return index < entry.entry.index(); });
  return after == entries_.begin() ? nullptr : &*std::prev(after);
}

std::vector<const BundleIndex::Entry*> BundleIndex::strict(std::string_view reference, const Entry& from) const {
  const std::string_view plain = without_history(reference.substr(0, reference.find('#')));
  const size_t history = reference.find("/_history/");
  const std::string_view version = history == reference.npos ? std::string_view() : reference.substr(history + 10);
  std::string url(plain);
  if (!is_absolute(plain)) {
    const ReferenceParts holder = split_reference(from.full_url);
    if (holder.type == 0 || holder.base.empty()) return {};
    url = fmt::format("{}/{}", holder.base, plain);
  }
  std::vector<const Entry*> out;
  const auto take = [&](const auto& map, const auto& key) {  // equal_range would walk all that are equal
    for (auto it = map.find(key); it != map.end() && it->first == key && out.size() < 2; ++it) out.push_back(it->second);
  };
  if (version.empty()) take(by_url_, std::string_view(url));
  else take(by_version_, fmt::format("{}/_history/{}", url, version));
  return out;
}

const BundleIndex::Entry* BundleIndex::lenient(std::string_view reference, const Entry* from) const {
  if (from) {
    const auto found = strict(reference, *from);
    if (!found.empty()) return found.size() == 1 ? found[0] : nullptr;
  }
  const std::string_view plain = without_history(reference);
  const auto only = [&](const auto& map, auto at) { return std::next(at) == map.end() || std::next(at)->first != plain ? at->second : nullptr; };
  if (const auto url = by_url_.find(plain); url != by_url_.end()) return only(by_url_, url);
  const auto name = by_name_.find(plain);
  return name != by_name_.end() ? only(by_name_, name) : nullptr;
}

void check_bundle(Node bundle, const BundleIndex& index, Faults& faults) { Checker(bundle, index, faults).all(); }

}  // namespace witmed::fhir
