// Texts of resources that are read again and again, by identity key. Bounded; the writer drops what it replaces.
// A reader may only put in what is at least as new as the last drop in that shard, so that a slow reader cannot put back
// an old version after the writer dropped it.
#pragma once
#include <array>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "store/store.h"

namespace witmed::store {

class Cache {
 public:
  explicit Cache(size_t bytes) : shard_bytes_(bytes / kShards) {}

  std::optional<Stored> get(Key key, TypeId type, std::string_view id) {
    Shard& s = shard(key);
    std::lock_guard lock(s.mutex);
    auto it = s.entries.find(key);
    if (it == s.entries.end() || it->second.type != type || it->second.id != id) return std::nullopt;
    return it->second;
  }
  void put(Key key, const Stored& stored, Sequence seen) {
    const size_t size = stored.text->size() + kOverhead;
    if (size > shard_bytes_ / 8) return;
    Shard& s = shard(key);
    std::lock_guard lock(s.mutex);
    if (seen < s.dropped) return;
    if (s.bytes + size > shard_bytes_) {  // simple and cheap: forget the shard; what is hot comes back at once
      s.entries.clear();
      s.bytes = 0;
    }
    if (s.entries.emplace(key, stored).second) s.bytes += size;
  }
  void drop(Key key, Sequence sequence) {
    Shard& s = shard(key);
    std::lock_guard lock(s.mutex);
    s.dropped = sequence;
    auto it = s.entries.find(key);
    if (it == s.entries.end()) return;
    s.bytes -= it->second.text->size() + kOverhead;
    s.entries.erase(it);
  }

 private:
  static constexpr size_t kShards = 64, kOverhead = 200;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<Key, Stored> entries;
    size_t bytes = 0;
    Sequence dropped = 0;
  };
  Shard& shard(Key key) { return shards_[static_cast<uint64_t>(key) >> 58]; }
  std::array<Shard, kShards> shards_;
  size_t shard_bytes_;
};

}  // namespace witmed::store
