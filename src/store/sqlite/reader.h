// Two read-only connections with their statements; used by one thread at a time.
#pragma once
#include <vector>

#include "store/sqlite/schema.h"

namespace witmed::store {

struct Reader {
  explicit Reader(const Paths& paths)
      : record(open_record(paths, Access::read)),
        index(open_index(paths, Access::read)),
        last_sequence(record, "SELECT max(sequence) FROM feed"),
        folded(index, "SELECT value FROM meta WHERE key='folded'"),
        current(record, "SELECT type,id,version,sequence,time,method,body FROM current WHERE rid=?"),
        current_head(record, "SELECT type,id,version,sequence,time,method FROM current WHERE rid=?"),
        old(record, "SELECT version,sequence,time,method,body FROM history WHERE rid=? AND version=?"),
        feed_up(record, "SELECT sequence,rid,version,flags FROM feed WHERE sequence>? ORDER BY sequence LIMIT ?"),
        feed_down(record, "SELECT sequence,rid,version,flags FROM feed WHERE sequence<? ORDER BY sequence DESC LIMIT ?"),
        versions(record, "SELECT sequence,version,method FROM history WHERE rid=? AND version<? ORDER BY version DESC LIMIT ?"),
        identity(index, "SELECT rid FROM identity WHERE id=? AND type=?"),
        ids_up(index, "SELECT id,rid FROM identity WHERE id>? AND type=? ORDER BY id"),
        ids_down(index, "SELECT id,rid FROM identity WHERE id<? AND type=? ORDER BY id DESC"),
        block_floor(index, "SELECT first, rids FROM posting WHERE key=? AND first<=? ORDER BY first DESC LIMIT 1"),
        ordered_up(index, "SELECT value,rid,extra FROM ordered WHERE key=? AND value>=? AND value<=? ORDER BY value,rid,extra"),
        ordered_down(index, "SELECT value,rid,extra FROM ordered WHERE key=? AND value>=? AND value<=? "
                            "ORDER BY value DESC,rid DESC,extra DESC") {}

  // Statements that walk a posting list; several walks are open at once.
  Statement take_walk() {
    if (walks.empty()) return Statement(index, "SELECT first, rids FROM posting WHERE key=? AND first>=? ORDER BY first");
    Statement s = std::move(walks.back());
    walks.pop_back();
    return s;
  }
  void give_walk(Statement s) {
    s.reset();
    walks.push_back(std::move(s));
  }

  Database record, index;
  Statement last_sequence, folded, current, current_head, old, feed_up, feed_down, versions, identity, ids_up, ids_down, block_floor, ordered_up,
      ordered_down;
  std::vector<Statement> walks;
};

}  // namespace witmed::store
