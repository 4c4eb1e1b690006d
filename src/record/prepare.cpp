// From operations to a commit: parse → validate → find what it concerns → resolve references → index rows.
// Everything is judged on one snapshot; the store refuses the commit when what it stands on changed meanwhile.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/id.h"
#include "base/text.h"
#include "fhir/reference.h"
#include "fhir/search/words.h"
#include "fhir/validate/validate.h"
#include "record/impl.h"
#include "record/references.h"
#include "store/search/plan.h"
#include "terminology/version.h"

namespace witmed::record {
namespace {

using fhir::Definitions;
using fhir::Document;
using fhir::Node;
using fhir::Rejection;
using Verb = Operation::Verb;

std::string type_name(fhir::TypeId type) { return std::string(Definitions::r4().type(type).name); }

bool valid_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

// The stored form's tail: other members of meta, then the other members of the resource, as they came.
std::string tail_of(Node resource, const std::vector<fhir::Edit>& edits) {
  std::string tail;
  tail.reserve(resource.raw().size());
  const auto member = [&](Node node) {
    tail.append(",\"").append(node.key()).append("\":");
    tail += fhir::minify(node, edits);
  };
  for (Node node : resource)
    if (node.key() == "meta")
      for (Node m : node)
        if (m.key() != "versionId" && m.key() != "lastUpdated") member(m);
  tail.push_back('}');
  for (Node node : resource)
    if (node.key() != "resourceType" && node.key() != "id" && node.key() != "meta") member(node);
  tail.push_back('}');
  return tail;
}

class Preparer {
 public:
  Preparer(Record::Impl& impl, const AccessContext& asker, const std::vector<Operation>& operations)
      : impl_(impl), operations_(operations), snapshot_(*impl.store, impl.settings, asker), view_(*snapshot_.view) {
    prepared_.commit.based_on = view_.sequence();
    prepared_.commit.generation = snapshot_.generation;
    prepared_.written.assign(operations_.size(), -1);
    prepared_.results.resize(operations_.size());
    targets_.resize(operations_.size());
  }

  Prepared transaction() {
    for (size_t i = 0; i < operations_.size(); ++i) in_entry(i, [&] { identify(i); });
    refuse_doubles();
    for (size_t i = 0; i < operations_.size(); ++i) in_entry(i, [&] { write(i); });
    return std::move(prepared_);
  }

  // Each for itself. What would meet an earlier one of the same round is left for the next.
  Prepared round() {
    std::set<std::pair<fhir::TypeId, std::string>> seen;
    for (size_t i = 0; i < operations_.size(); ++i) {
      const Operation& op = operations_[i];
      const bool waits = (op.condition && !seen.empty()) || (!op.id.empty() && !seen.emplace(op.type, op.id).second);
      if (waits || alone_) {
        prepared_.deferred.push_back(i);
        continue;
      }
      alone_ = op.condition.has_value();
      full_urls_.clear();
      places_.clear();
      definitions_.clear();
      try {
        identify(i);
        write(i);
      } catch (Rejection& r) {
        prepared_.results[i].status = r.status;
        prepared_.results[i].refused = std::move(r.issues);
      }
      if (op.id.empty()) seen.emplace(op.type, targets_[i].id);
    }
    return std::move(prepared_);
  }

 private:
  struct Target {
    std::optional<Document> document;
    std::optional<store::Stored> current;  // as it is, removed ones too
    std::string id;
    bool done = false;                     // nothing to write: If-None-Exist found it, or nothing to remove
  };

  // Faults of one entry of several say which one it is.
  template <class F>
  void in_entry(size_t i, F&& f) {
    if (operations_.size() == 1) return f();
    try {
      f();
    } catch (Rejection& r) {
      for (auto& issue : r.issues) {
        const std::string at = "Bundle.entry[" + std::to_string(i) + "]";
        issue.expression = issue.expression.empty() ? at : at + ".resource/" + issue.expression;
      }
      throw;
    }
  }

  // Which resource each operation is about, and its body.
  void identify(size_t i) {
    const Operation& op = operations_[i];
    Target& t = targets_[i];
    if (op.verb != Verb::remove) read_body(op, t);
    if (op.verb == Verb::create) {
      if (op.condition && !op.condition->empty()) {
        auto found = matches(op);
        if (op.exclusive && !found.empty()) taken(op, found.front().id);
        if (found.size() > 1) several(op);
        if (!found.empty()) {
          t.current = std::move(found.front());
          t.id = t.current->id;
          t.done = true;
        }
      }
      if (!t.done) t.id = op.id.empty() ? new_id() : op.id;
    } else if (op.id.empty()) {
      identify_by_condition(op, t);
    } else {
      t.id = op.id;
      if (!valid_id(op.id)) throw Rejection(400, "value", "'" + op.id + "' is not a FHIR id: 1 to 64 of A-Z a-z 0-9 - .", "资源标识只能是 1 到 64 个字母、数字、- 或 .");
      t.current = known(op.type, op.id);
    }
    if (op.if_match) check_version(op, t);
    if (!op.full_url.empty()) full_urls_[op.full_url] = type_name(op.type) + "/" + t.id;
    if (!t.id.empty()) places_.emplace(std::pair(op.type, t.id), i);
  }

  void identify_by_condition(const Operation& op, Target& t) {
    auto found = matches(op);
    if (found.size() > 1) several(op);
    if (!found.empty()) {
      t.current = std::move(found.front());
      t.id = t.current->id;
      if (t.document && (*t.document).root()["id"] && (*t.document).root()["id"].string() != t.id)
        throw Rejection(400, "value", "The resource has another id than the one that the condition found", "资源的标识与条件找到的不一致");
    } else if (op.verb == Verb::remove) {
      t.done = true;
    } else {
      const Node id = t.document->root()["id"];
      t.id = id ? id.string() : new_id();
      if (id) t.current = known(op.type, t.id);
      if (t.current && t.current->text)
        throw Rejection(409, "conflict", "The condition finds nothing, but a resource with this id exists", "条件没有找到资源，但该标识已存在");
    }
  }

  std::optional<store::Stored> known(fhir::TypeId type, const std::string& id) const {
    const auto rid = view_.find(type, id);
    if (!rid) return std::nullopt;
    if (!snapshot_.visible(*rid))
      throw Rejection(403, "forbidden", "You may not change " + type_name(type) + "/" + id, "无权修改 " + type_name(type) + "/" + id);
    return view_.current(*rid);
  }

  void read_body(const Operation& op, Target& t) {
    t.document = Document::parse(op.body);
    const Node root = t.document->root();
    const auto type = t.document->resource_type();
    if (type != 0 && type != op.type)
      throw Rejection(400, "invalid", "The resource is a " + type_name(type) + ", but the address says " + type_name(op.type),
                      "资源类型与地址不一致：" + type_name(type) + " / " + type_name(op.type));
    auto issues = fhir::validate_structure(*t.document);
    if (std::any_of(issues.begin(), issues.end(), [](const auto& x) { return x.severity >= fhir::Severity::error; }))
      throw Rejection(400, std::move(issues));
    if (op.verb == Verb::update && !op.id.empty()) {
      const Node id = root["id"];
      if (!id || id.string() != op.id)
        throw Rejection(400, "value", id ? "The id in the resource is not the id in the address" : "An update needs the id in the resource as well",
                        id ? "资源中的标识与地址中的不一致" : "更新时资源中也要写明标识 id");
    }
  }

  void check_version(const Operation& op, const Target& t) const {
    const int64_t now = t.current ? t.current->version : 0;
    if (now != static_cast<int64_t>(*op.if_match) || (t.current && t.current->method == store::Method::remove))
      throw Rejection(412, "conflict", "The current version is " + std::to_string(now) + ", not " + std::to_string(*op.if_match) +
                      ": read it again and repeat your change on it", "当前版本是 " + std::to_string(now) + "，请重新读取后再修改");
  }

  std::vector<store::Stored> matches(const Operation& op) {
    return conditional_matches(snapshot_, op.type, *op.condition, op.lenient, prepared_.commit.guards);
  }

  [[noreturn]] static void taken(const Operation& op, const std::string& id) {
    throw Rejection(409, "duplicate", "There is one already: " + type_name(op.type) + "/" + id, "已有相同的记录：" + type_name(op.type) + "/" + id);
  }

  [[noreturn]] static void several(const Operation&) {
    throw Rejection(412, "multiple-matches", "The condition finds more than one resource: make it more specific", "条件找到多个资源，请写得更具体");
  }

  void refuse_doubles() const {
    std::set<std::pair<fhir::TypeId, std::string>> seen;
    for (size_t i = 0; i < operations_.size(); ++i) {
      const auto& t = targets_[i];
      if (t.done || t.id.empty()) continue;
      if (!seen.emplace(operations_[i].type, t.id).second)
        throw Rejection(400, "duplicate", "Two entries of the transaction change " + type_name(operations_[i].type) + "/" + t.id,
                        "同一事务中有两项修改同一资源 " + type_name(operations_[i].type) + "/" + t.id);
    }
  }

  void write(size_t i) {
    const Operation& op = operations_[i];
    Target& t = targets_[i];
    OperationResult& result = prepared_.results[i];
    const bool exists = t.current && t.current->method != store::Method::remove;
    if (t.done || (op.verb == Verb::remove && !exists)) return unchanged(op, t, result);
    if (op.verb == Verb::remove) return remove(i);

    check_write(impl_, snapshot_, *t.document,
                {[this](std::string_view reference) { return written_with(reference); },
                 [this](fhir::TypeId type, std::string_view canonical) { return written_definition(type, canonical); }});
    const auto edits = resolve_references(t.document->root(), full_urls_, op.base, [&](std::string_view c) { return reference(c); });
    std::string tail = tail_of(t.document->root(), edits);
    if (exists && same_tail(*t.current, tail)) {
      result.changed = false;
      result.status = 200;
      result.version = to_version(*t.current);
      return;
    }
    store::Write w;
    w.method = exists ? store::Method::update : op.verb == Verb::create ? store::Method::create : store::Method::put_new;
    w.rid = t.current ? t.current->rid : 0;
    w.type = op.type;
    w.id = t.id;
    w.version = t.current ? t.current->version + 1 : 1;
    auto rows = edits.empty() ? make_rows(op.type, t.id, *t.document)
                              : make_rows(op.type, t.id, Document::parse(store::stored_head(op.type, t.id, 1, 0) + tail));
    w.shape = rows.shape;
    w.shape_parts = std::move(rows.shape_parts);
    w.rows = exists ? store::difference(old_rows(*t.current), rows.rows) : store::RowDelta{std::move(rows.rows), {}};
    w.tail = std::move(tail);
    result.status = exists ? 200 : 201;
    add(i, std::move(w));
  }

  // What a reference means within this transaction: by fullUrl, or by type and id.
  Node written_with(std::string_view reference) const {
    std::string_view target = reference;
    if (const auto known = full_urls_.find(std::string(reference)); known != full_urls_.end()) target = known->second;
    const fhir::ReferenceParts parts = fhir::split_reference(target);
    if (parts.type == 0 || !parts.base.empty()) return {};
    const auto place = places_.find({parts.type, std::string(parts.id)});
    if (place == places_.end() || !targets_[place->second].document) return {};
    return targets_[place->second].document->root();
  }

  // Those of a type are put in order when one is asked for: of one url the newest version.
  Node written_definition(fhir::TypeId type, std::string_view canonical) {
    const auto [known, first] = definitions_.try_emplace(type);
    auto& by_url = known->second;
    const auto text = [](Node resource, std::string_view key) {
      const Node member = resource ? resource[key] : Node();
      return member ? member.string() : std::string();
    };
    for (auto it = places_.lower_bound({type, {}}); first && it != places_.end() && it->first.first == type; ++it) {
      if (!targets_[it->second].document) continue;
      const Node root = targets_[it->second].document->root();
      const std::string url = text(root, "url"), version = text(root, "version");
      if (url.empty()) continue;
      by_url[url + "|" + version] = root;
      Node& newest = by_url[url];
      if (!newest || terminology::compare_versions(text(newest, "version"), version) < 0) newest = root;
    }
    const auto found = by_url.find(canonical);
    return found == by_url.end() ? Node() : found->second;
  }

  static bool same_tail(const store::Stored& current, const std::string& tail) {
    const size_t head = store::stored_head(current.type, current.id, current.version, current.time).size();
    return current.text->size() == head + tail.size() && current.text->compare(head, std::string::npos, tail) == 0;
  }

  void unchanged(const Operation& op, const Target& t, OperationResult& result) {
    result.changed = false;
    result.status = op.verb == Verb::remove ? 204 : 200;
    if (t.current) result.version = to_version(*t.current);
    result.version.type = op.type;
  }

  void remove(size_t i) {
    const Target& t = targets_[i];
    store::Write w;
    w.method = store::Method::remove;
    w.rid = t.current->rid;
    w.type = operations_[i].type;
    w.id = t.id;
    w.version = t.current->version + 1;
    w.rows.removed = old_rows(*t.current);
    prepared_.results[i].status = 204;
    add(i, std::move(w));
  }

  void add(size_t i, store::Write w) {
    auto& version = prepared_.results[i].version;
    version.type = w.type;
    version.id = w.id;
    version.version = static_cast<uint64_t>(w.version);
    version.method = static_cast<Version::Method>(w.method);
    prepared_.written[i] = static_cast<int>(prepared_.commit.writes.size());
    prepared_.tails.push_back(std::make_shared<std::string>(w.tail));
    prepared_.commit.writes.push_back(std::move(w));
  }

  store::RowSet old_rows(const store::Stored& current) {
    return make_rows(current.type, current.id, Document::parse(*current.text)).rows;
  }
  store::ResourceRows make_rows(fhir::TypeId type, std::string_view id, const Document& document) const {
    return rows_of(snapshot_.keys, snapshot_.extract, type, id, document);
  }

  // A conditional reference: "Practitioner?identifier=…|…".
  std::string reference(std::string_view conditional) {
    if (const auto known = references_.find(std::string(conditional)); known != references_.end()) return known->second;
    const auto mark = conditional.find('?');
    const auto type = Definitions::r4().type_id(conditional.substr(0, mark));
    if (!Definitions::r4().is_resource(type))
      throw Rejection(400, "value", "'" + std::string(conditional) + "' is not a conditional reference", "条件引用写法不对：" + std::string(conditional));
    std::vector<store::Key> guards;  // a later second match does not make this one wrong
    const auto found = conditional_matches(snapshot_, type, conditional.substr(mark + 1), false, guards);
    if (found.size() != 1)
      throw Rejection(412, found.empty() ? "not-found" : "multiple-matches",
                      "The conditional reference '" + std::string(conditional) + "' finds " + (found.empty() ? "nothing" : "more than one resource"),
                      "条件引用 '" + std::string(conditional) + (found.empty() ? "' 没有找到资源" : "' 找到多个资源"));
    return references_[std::string(conditional)] = type_name(type) + "/" + found.front().id;
  }

  const Record::Impl& impl_;
  const std::vector<Operation>& operations_;
  Snapshot snapshot_;
  store::View& view_;
  std::vector<Target> targets_;
  FullUrls full_urls_;
  std::map<std::pair<fhir::TypeId, std::string>, size_t> places_;  // operations, by what they are about
  std::map<fhir::TypeId, std::map<std::string, Node, std::less<>>> definitions_;  // of what is written, by canonical url
  std::unordered_map<std::string, std::string> references_;
  Prepared prepared_;
  bool alone_ = false;  // a conditional operation: nothing else in its round
};

// Keys that any new match of the query would add a row to: one condition is enough.
bool guard_keys(const store::Node& n, std::vector<store::Key>& out) {
  const auto into = [&](const store::Node& c) { return guard_keys(c, out); };
  if (n.kind == store::Node::Kind::key) {
    out.push_back(n.key);
    return true;
  }
  if (n.kind == store::Node::Kind::all) return !n.children.empty() && into(n.children.front());
  return n.kind == store::Node::Kind::any && std::all_of(n.children.begin(), n.children.end(), into);
}

void add_guards(const store::PlanScope& scope, const fhir::SearchQuery& query, std::vector<store::Key>& guards) {
  for (const auto& c : query.all) {
    if (c.kind != fhir::Condition::Kind::value) continue;
    std::vector<store::Key> found;
    const auto plan = store::plan_condition(scope, c);
    if (plan.node && guard_keys(*plan.node, found)) {
      guards.insert(guards.end(), found.begin(), found.end());
      return;
    }
  }
  guard_keys(scope.everything, guards);  // no key of its own: any new resource of the type may be a match
}

}  // namespace

Version to_version(const store::Stored& stored) {
  Version v;
  v.type = stored.type;
  v.id = stored.id;
  v.version = static_cast<uint64_t>(stored.version);
  v.sequence = static_cast<uint64_t>(stored.sequence);
  v.time = stored.time;
  v.method = static_cast<Version::Method>(stored.method);
  v.text = stored.text;
  return v;
}

store::ResourceRows rows_of(const store::Keys& keys, const fhir::ExtractSettings& settings, fhir::TypeId type, std::string_view id,
                            const Document& document) {
  thread_local fhir::Extraction extraction;
  extraction.clear();
  fhir::SearchIndex::r4().extract(document.root(), type, settings, extraction);
  fhir::SearchIndex::r4().extract_contained(document.root(), settings, extraction);
  fhir::add_words(document.root(), type, extraction);
  return keys.rows(type, id, extraction);
}

std::vector<std::pair<std::string, std::string>> decode_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> out;
  if (query.starts_with("?")) query.remove_prefix(1);
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const auto eq = std::min(pair.find('='), pair.size());
    auto name = percent_decode(pair.substr(0, eq), true);
    auto value = percent_decode(eq < pair.size() ? pair.substr(eq + 1) : std::string_view(), true);
    if (!name || !value) throw fhir::Rejection(400, "value", "The query has a broken % escape", "查询条件中的 % 转义不完整");
    out.emplace_back(std::move(*name), std::move(*value));
  }
  return out;
}

std::vector<store::Stored> conditional_matches(const Snapshot& snapshot, fhir::TypeId type, std::string_view text, bool lenient,
                                               std::vector<store::Key>& guards) {
  fhir::ParseSettings settings;
  settings.lenient = lenient;
  settings.values = snapshot.extract;
  const auto query = fhir::parse_query(type, decode_query(text), settings);
  if (query.all.empty())
    throw fhir::Rejection(412, "required", "A conditional operation needs a condition that selects by something", "条件操作必须写明条件");
  store::SearchContext context = snapshot.context();
  const auto types = store::searched_types(query);
  const auto everything = store::type_node(context, types);
  add_guards({context, types, everything}, query, guards);
  store::SearchOptions options;
  options.limit = 2;
  options.extract = snapshot.extract;
  options.deadline = snapshot.deadline;
  options.filter = snapshot.filter;
  return store::search(*snapshot.view, snapshot.keys, query, options).matches;
}

Prepared prepare(Record::Impl& impl, const AccessContext& asker, const std::vector<Operation>& operations) {
  return Preparer(impl, asker, operations).transaction();
}
Prepared prepare_round(Record::Impl& impl, const AccessContext& asker, const std::vector<Operation>& operations) {
  return Preparer(impl, asker, operations).round();
}

store::Write prepare_new(const Record::Impl& impl, fhir::TypeId type, const std::string& id, const fhir::Document& document) {
  store::Write w;
  auto rows = rows_of(impl.store->keys(), impl.settings, type, id, document);
  w.type = type;
  w.id = id;
  w.shape = rows.shape;
  w.shape_parts = std::move(rows.shape_parts);
  w.rows.added = std::move(rows.rows);
  w.tail = tail_of(document.root(), {});
  return w;
}

}  // namespace witmed::record
