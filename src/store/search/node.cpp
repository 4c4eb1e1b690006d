#include "store/search/node.h"

#include <algorithm>

namespace witmed::store {
namespace {

class NoneCursor : public Cursor {
 public:
  Rid at() const override { return kEnd; }
  void seek(Rid) override {}
};

class ListCursor : public Cursor {
 public:
  explicit ListCursor(const std::vector<Rid>& list) : list_(list) {}
  Rid at() const override { return at_ < list_.size() ? list_[at_] : kEnd; }
  void seek(Rid target) override {
    at_ = static_cast<size_t>(std::lower_bound(list_.begin() + static_cast<long>(at_), list_.end(), target) - list_.begin());
  }

 private:
  const std::vector<Rid>& list_;
  size_t at_ = 0;
};

// Smallest of many: a heap of cursors by their number.
class AnyCursor : public Cursor {
 public:
  explicit AnyCursor(std::vector<std::unique_ptr<Cursor>> children) : heap_(std::move(children)) {
    std::make_heap(heap_.begin(), heap_.end(), kLater);
  }
  Rid at() const override { return heap_.front()->at(); }
  void seek(Rid target) override {
    while (heap_.front()->at() < target) {
      std::pop_heap(heap_.begin(), heap_.end(), kLater);
      heap_.back()->seek(target);
      std::push_heap(heap_.begin(), heap_.end(), kLater);
    }
  }

 private:
  static constexpr auto kLater = [](const auto& a, const auto& b) { return a->at() > b->at(); };
  std::vector<std::unique_ptr<Cursor>> heap_;
};

// Leapfrog: each child in turn jumps to the largest number seen; costs what the shortest list costs.
class AllCursor : public Cursor {
 public:
  explicit AllCursor(std::vector<std::unique_ptr<Cursor>> children) : children_(std::move(children)) { agree(0); }
  Rid at() const override { return at_; }
  void seek(Rid target) override {
    if (at_ < target) agree(target);
  }

 private:
  void agree(Rid target) {
    size_t agreed = 0;
    for (size_t i = 0; agreed < children_.size(); i = (i + 1) % children_.size()) {
      children_[i]->seek(target);
      const Rid at = children_[i]->at();
      if (at == kEnd) {
        at_ = kEnd;
        return;
      }
      agreed = at == target ? agreed + 1 : 1;
      target = at;
    }
    at_ = target;
  }
  std::vector<std::unique_ptr<Cursor>> children_;
  Rid at_ = 0;
};

class ExceptCursor : public Cursor {
 public:
  ExceptCursor(std::unique_ptr<Cursor> from, std::unique_ptr<Cursor> without)
      : from_(std::move(from)), without_(std::move(without)) {
    settle();
  }
  Rid at() const override { return from_->at(); }
  void seek(Rid target) override {
    from_->seek(target);
    settle();
  }

 private:
  void settle() {
    for (; from_->at() != kEnd; from_->next()) {
      without_->seek(from_->at());
      if (without_->at() != from_->at()) return;
    }
  }
  std::unique_ptr<Cursor> from_, without_;
};

}  // namespace

Node Node::any(std::vector<Node> children) {
  std::erase_if(children, [](const Node& n) { return n.kind == Kind::none; });
  if (children.empty()) return {};
  if (children.size() == 1) return std::move(children.front());
  return {Kind::any, 0, {}, std::move(children)};
}

Node Node::all(std::vector<Node> children) {
  if (std::any_of(children.begin(), children.end(), [](const Node& n) { return n.kind == Kind::none; })) return {};
  if (children.size() == 1) return std::move(children.front());
  // What is taken away is taken from the intersection: "all but final" alone would be walked through all that is final.
  std::vector<Node> without;
  for (auto& child : children) {
    if (child.kind != Kind::except) continue;
    without.push_back(std::move(child.children[1]));
    Node from = std::move(child.children[0]);
    child = std::move(from);
  }
  const Kind kind = children.empty() ? Kind::none : Kind::all;
  return except({kind, 0, {}, std::move(children)}, any(std::move(without)));
}

Node Node::except(Node from, Node without) {
  if (without.kind == Kind::none || from.kind == Kind::none) return from;
  std::vector<Node> both;
  both.push_back(std::move(from));
  both.push_back(std::move(without));
  return {Kind::except, 0, {}, std::move(both)};
}

std::unique_ptr<Cursor> cursor(View& view, const Node& node) {
  std::vector<std::unique_ptr<Cursor>> children;
  for (const auto& child : node.children) children.push_back(cursor(view, child));
  switch (node.kind) {
    case Node::Kind::key: return view.postings(node.key);
    case Node::Kind::list: return std::make_unique<ListCursor>(node.list);
    case Node::Kind::any: return std::make_unique<AnyCursor>(std::move(children));
    case Node::Kind::all: return std::make_unique<AllCursor>(std::move(children));
    case Node::Kind::except: return std::make_unique<ExceptCursor>(std::move(children[0]), std::move(children[1]));
    case Node::Kind::none: break;
  }
  return std::make_unique<NoneCursor>();
}

namespace {

// `listed`: is the resource in the posting list of a key?
template <class Listed>
bool contains_by(const Listed& listed, const Node& node, Rid rid) {
  const auto in = [&](const Node& child) { return contains_by(listed, child, rid); };
  switch (node.kind) {
    case Node::Kind::key: return listed(node.key);
    case Node::Kind::list: return std::binary_search(node.list.begin(), node.list.end(), rid);
    case Node::Kind::any: return std::any_of(node.children.begin(), node.children.end(), in);
    case Node::Kind::all: return std::all_of(node.children.begin(), node.children.end(), in);
    case Node::Kind::except: return in(node.children[0]) && !in(node.children[1]);
    case Node::Kind::none: break;
  }
  return false;
}

}  // namespace

bool contains(View& view, const Node& node, Rid rid) {
  return contains_by([&](Key key) { return view.contains(key, rid); }, node, rid);
}
bool contains(const RowSet& rows, const Node& node, Rid rid) {
  return contains_by([&](Key key) { return std::binary_search(rows.postings.begin(), rows.postings.end(), key); }, node, rid);
}

}  // namespace witmed::store
