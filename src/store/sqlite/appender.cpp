#include "store/sqlite/appender.h"

namespace witmed::store {
namespace {

constexpr size_t kSalt = 16;

}  // namespace

std::string make_leaf(const Write& w, int64_t time_ms) {
  std::string leaf(kSalt, '\0');
  random_bytes(leaf.data(), kSalt);
  const Digest digest = ledger_leaf(leaf, stored_form(w.method, w.type, w.id, w.version, time_ms * 1000, w.tail));
  return leaf.append(reinterpret_cast<const char*>(digest.data()), digest.size());
}

Appender::Appender(Database& record)
    : insert_current_(record, "INSERT INTO current VALUES(?,?,?,?,?,?,?,NULL,NULL,?)"),
      to_history_(record,
                  "INSERT INTO history SELECT sequence,rid,version,time,method,institution,author,body FROM current WHERE rid=?"),
      replace_current_(record, "UPDATE current SET version=?,sequence=?,time=?,method=?,body=? WHERE rid=?"),
      insert_feed_(record, "INSERT INTO feed VALUES(?,?,?,?,?,?)"),
      insert_shape_(record, "INSERT OR IGNORE INTO shape VALUES(?,?,?)"),
      set_counts_(record, "INSERT INTO meta VALUES('counts',?) ON CONFLICT DO UPDATE SET value=excluded.value") {}

void Appender::append(const Write& w, Rid rid, Sequence sequence, int64_t time_ms, bool last_of_commit) {
  const int method = static_cast<int>(w.method);
  if (w.rid == 0) {
    insert_current_.bind(1, rid).bind(2, w.type).bind_text(3, w.id).bind(4, w.version).bind(5, sequence);
    insert_current_.bind(6, time_ms).bind(7, method).bind_blob(8, w.packed).run();
  } else {
    to_history_.bind(1, rid).run();
    replace_current_.bind(1, w.version).bind(2, sequence).bind(3, time_ms).bind(4, method);
    replace_current_.bind_blob(5, w.packed).bind(6, rid).run();
  }
  const std::string made = w.leaf.empty() ? make_leaf(w, time_ms) : std::string();
  const std::string_view leaf = w.leaf.empty() ? made : w.leaf;
  insert_feed_.bind(1, sequence).bind(2, rid).bind(3, w.version).bind(4, method | (last_of_commit ? 4 : 0));
  insert_feed_.bind_blob(5, leaf.substr(0, kSalt)).bind_blob(6, leaf.substr(kSalt)).run();
}

void Appender::add_shape(const Write& w) {
  insert_shape_.bind(1, static_cast<int64_t>(w.shape)).bind(2, w.type);
  insert_shape_.bind_blob(3, {reinterpret_cast<const char*>(w.shape_parts.data()), w.shape_parts.size() * 8}).run();
}

void Appender::set_counts(const Engine& engine, const std::unordered_map<TypeId, int64_t>& counted) {
  std::string counts;
  for (auto t : fhir::Definitions::r4().resource_types()) {
    const auto it = counted.find(t);
    const int64_t n = engine.counts[t].load(std::memory_order_relaxed) + (it == counted.end() ? 0 : it->second);
    if (n != 0) counts += std::to_string(t) + ":" + std::to_string(n) + " ";
  }
  set_counts_.bind_text(1, counts).run();
}

}  // namespace witmed::store
