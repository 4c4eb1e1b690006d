#include "store/search/sources.h"

#include <algorithm>

#include "store/search/walk.h"

namespace witmed::store {
namespace {

constexpr uint32_t kFirstChunk = 64, kLargestChunk = 4096;  // grows: short answers read little, long ones in large pieces

class IndexSource : public Source {
 public:
  IndexSource(View& view, const std::vector<Key>& keys, bool descending, std::optional<std::pair<int64_t, Rid>> after)
      : walk_(view, keys, descending) {
    if (after) walk_.after({after->first, after->second});
  }
  bool next(SortValue& value, Rid& rid) override {
    OrderedWalk::Row row;
    if (!walk_.next(row)) return false;
    value = {true, row.value, {}};
    rid = row.rid;
    return true;
  }

 private:
  OrderedWalk walk_;
};

class FeedSource : public Source {
 public:
  FeedSource(View& view, bool descending, std::optional<Sequence> after)
      : view_(view), descending_(descending), from_(after.value_or(descending ? INT64_MAX : 0)) {}
  bool next(SortValue& value, Rid& rid) override {
    if (at_ == rows_.size()) {
      rows_ = view_.feed(from_, chunk_, descending_);
      at_ = 0;
      chunk_ = std::min(chunk_ * 2, kLargestChunk);
      if (rows_.empty()) return false;
      from_ = rows_.back().sequence;
    }
    value = {true, rows_[at_].sequence, {}};
    rid = rows_[at_++].rid;
    return true;
  }

 private:
  View& view_;
  bool descending_;
  Sequence from_;
  uint32_t chunk_ = kFirstChunk;
  std::vector<View::FeedEntry> rows_;
  size_t at_ = 0;
};

class IdSource : public Source {
 public:
  IdSource(View& view, TypeId type, bool descending, std::optional<std::string> after)
      : view_(view), type_(type), descending_(descending), from_(std::move(after)) {}
  bool next(SortValue& value, Rid& rid) override {
    if (at_ == rows_.size() && !fill()) return false;
    value = {true, 0, rows_[at_].first};
    rid = rows_[at_++].second;
    return true;
  }

 private:
  bool fill() {
    rows_.clear();
    at_ = 0;
    view_.ids(type_, from_ ? &*from_ : nullptr, descending_, [&](const std::string& id, Rid rid) {
      rows_.emplace_back(id, rid);
      return rows_.size() < chunk_;
    });
    chunk_ = std::min(chunk_ * 2, kLargestChunk);
    if (!rows_.empty()) from_ = rows_.back().first;
    return !rows_.empty();
  }

  View& view_;
  TypeId type_;
  bool descending_;
  std::optional<std::string> from_;
  uint32_t chunk_ = kFirstChunk;
  std::vector<std::pair<std::string, Rid>> rows_;
  size_t at_ = 0;
};

}  // namespace

std::unique_ptr<Source> index_source(View& view, const std::vector<Key>& keys, bool descending, std::optional<std::pair<int64_t, Rid>> after) {
  return std::make_unique<IndexSource>(view, keys, descending, after);
}
std::unique_ptr<Source> feed_source(View& view, bool descending, std::optional<Sequence> after) {
  return std::make_unique<FeedSource>(view, descending, after);
}
std::unique_ptr<Source> id_source(View& view, TypeId type, bool descending, std::optional<std::string> after) {
  return std::make_unique<IdSource>(view, type, descending, std::move(after));
}

}  // namespace witmed::store
