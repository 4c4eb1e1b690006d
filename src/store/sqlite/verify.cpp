#include <fmt/format.h>

#include <filesystem>

#include "store/posting_block.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/rebuild.h"

namespace witmed::store {
namespace {

std::string hex(const Digest& digest) {
  std::string out;
  for (uint8_t b : digest) out += fmt::format("{:02x}", b);
  return out;
}

// Walks two sorted streams of rows side by side and tells what only one of them has.
template <class Row, class Next, class Tell>
uint64_t compare_streams(Next&& next_a, Next&& next_b, Tell&& tell) {
  Row a, b;
  bool has_a = next_a(a), has_b = next_b(b);
  uint64_t compared = 0;
  while (has_a || has_b) {
    ++compared;
    if (has_a && has_b && a == b) {
      has_a = next_a(a);
      has_b = next_b(b);
    } else if (!has_b || (has_a && a < b)) {
      tell(a, "should not be there");
      has_a = next_a(a);
    } else {
      tell(b, "is missing");
      has_b = next_b(b);
    }
  }
  return compared;
}

struct PostingStream {
  explicit PostingStream(Database& db) : rows(db, "SELECT key,first,rids FROM posting ORDER BY key,first") {}
  bool operator()(std::tuple<Key, Rid>& out) {
    while (at == block.size()) {
      if (!rows.step()) return false;
      key = rows.integer(0);
      decode_block(rows.integer(1), rows.blob(2), block);
      at = 0;
    }
    out = {key, block[at++]};
    return true;
  }
  Statement rows;
  Key key = 0;
  std::vector<Rid> block;
  size_t at = 0;
};

struct OrderedStream {
  explicit OrderedStream(Database& db) : rows(db, "SELECT key,value,rid,extra FROM ordered ORDER BY key,value,rid,extra") {}
  bool operator()(std::tuple<Key, int64_t, Rid, int64_t>& out) {
    if (!rows.step()) return false;
    out = {rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3)};
    return true;
  }
  Statement rows;
};

struct IdentityStream {
  explicit IdentityStream(Database& db) : rows(db, "SELECT id,type,rid FROM identity ORDER BY id,type") {}
  bool operator()(std::tuple<std::string, int64_t, Rid>& out) {
    if (!rows.step()) return false;
    out = {std::string(rows.text(0)), rows.integer(1), rows.integer(2)};
    return true;
  }
  Statement rows;
};

class Verifier {
 public:
  Verifier(const Engine& engine, const VerifyTold& told) : engine_(engine), told_(told) {}

  VerifyReport run() {
    Database record = open_record(engine_.paths, Access::read);
    Database index = open_index(engine_.paths, Access::read);
    versions(record);
    this->index(record, index);
    return report_;
  }

 private:
  void tell(const std::string& what) {
    ++report_.problems;
    if (told_.problem) told_.problem(what);
  }

  void versions(Database& record) {
    Statement feed(record,
                   "SELECT f.sequence,f.rid,f.version,f.flags,f.salt,f.leaf, c.type,c.id,c.version,c.time,c.body, h.time,h.body,h.version "
                   "FROM feed f LEFT JOIN current c ON c.rid=f.rid LEFT JOIN history h ON h.sequence=f.sequence ORDER BY f.sequence");
    const auto all = static_cast<double>(record.number("SELECT max(sequence) FROM feed")) + 1;
    Digest head{};
    while (feed.step()) {
      const Sequence sequence = feed.integer(0);
      if (sequence != report_.sequence + 1) tell(fmt::format("feed: {} follows {}", sequence, report_.sequence));
      report_.sequence = sequence;
      one(feed);
      head = sm3({reinterpret_cast<const char*>(head.data()), head.size()}, feed.blob(5));
      if ((++report_.versions & 0xfff) == 0 && told_.progress) told_.progress(0.5 * static_cast<double>(sequence) / all);
    }
    report_.head = hex(head);
    if (record.number("SELECT count(*) FROM current c WHERE NOT EXISTS (SELECT 1 FROM feed f WHERE f.sequence=c.sequence AND "
                      "f.rid=c.rid AND f.version=c.version)") != 0)
      tell("a current resource has no entry in the feed");
  }

  void one(Statement& feed) {
    const std::string where = fmt::format("sequence {} ({}/{} version {})", feed.integer(0),
                                          feed.is_null(6) ? "?" : fhir::Definitions::r4().type(static_cast<TypeId>(feed.integer(6))).name,
                                          feed.text(7), feed.integer(2));
    const bool is_current = feed.integer(8) == feed.integer(2);
    if (feed.is_null(6) || (!is_current && (feed.is_null(11) || feed.integer(13) != feed.integer(2)))) return tell(where + ": the version is missing");
    const auto method = static_cast<Method>(feed.integer(3) & 3);
    try {
      const auto type = static_cast<TypeId>(feed.integer(6));
      const int64_t time = feed.integer(is_current ? 9 : 11) * 1000;
      std::string text = stored_head(type, feed.text(7), feed.integer(2), time);
      if (method == Method::remove) text += "}}";
      else engine_.compressor.unpack(feed.blob(is_current ? 10 : 12), text);
      const Digest leaf = ledger_leaf(feed.blob(4), text);
      if (feed.blob(5) != std::string_view(reinterpret_cast<const char*>(leaf.data()), leaf.size()))
        tell(where + ": the text is not the one that was committed");
    } catch (const std::exception& e) {
      tell(where + ": " + e.what());
    }
  }

  void index(Database& record, Database& index) {
    const std::string path = engine_.paths.index + ".verify";
    build_index(engine_, record, path, [&](double x) {
      if (told_.progress) told_.progress(0.5 + 0.4 * x);
    });
    {
      Database expected(path, SQLITE_OPEN_READWRITE);
      tables<PostingStream, std::tuple<Key, Rid>>(index, expected, "posting", [](const auto& r) { return std::get<1>(r); });
      tables<OrderedStream, std::tuple<Key, int64_t, Rid, int64_t>>(index, expected, "ordered", [](const auto& r) { return std::get<2>(r); });
      tables<IdentityStream, std::tuple<std::string, int64_t, Rid>>(index, expected, "identity", [](const auto& r) { return std::get<2>(r); });
    }
    std::filesystem::remove(path);
    if (told_.progress) told_.progress(1);
  }

  template <class Stream, class Row, class RidOf>
  void tables(Database& have, Database& want, const char* name, RidOf rid_of) {
    Stream a(have), b(want);
    report_.index_rows += compare_streams<Row>(a, b, [&](const Row& row, const char* what) {
      tell(fmt::format("index: a row of {} for resource number {} {}", name, rid_of(row), what));
    });
  }

  const Engine& engine_;
  const VerifyTold& told_;
  VerifyReport report_;
};

}  // namespace

VerifyReport verify_engine(Engine& engine, const VerifyTold& told) { return Verifier(engine, told).run(); }

}  // namespace witmed::store
