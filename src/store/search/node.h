// A search in terms of index keys: a tree that can be walked in order of number (cursor) or asked about one resource.
#pragma once
#include <memory>
#include <vector>

#include "store/store.h"

namespace witmed::store {

struct Node {
  enum class Kind : uint8_t {
    key,     // a posting list
    list,    // numbers, sorted and distinct
    any,     // union of children
    all,     // intersection of children
    except,  // children[0] without children[1]
    none,
  };
  Kind kind = Kind::none;
  Key key = 0;
  std::vector<Rid> list;
  std::vector<Node> children;

  static Node of(Key key) { return {Kind::key, key, {}, {}}; }
  static Node of(std::vector<Rid> list) { return {Kind::list, 0, std::move(list), {}}; }
  static Node any(std::vector<Node> children);
  static Node all(std::vector<Node> children);
  static Node except(Node from, Node without);
};

// The cursor refers to the node, which must live as long.
std::unique_ptr<Cursor> cursor(View& view, const Node& node);
std::unique_ptr<Cursor> cursor(View& view, Node&& node) = delete;
bool contains(View& view, const Node& node, Rid rid);
// The same of rows that are not, or no more, in the index.
bool contains(const RowSet& rows, const Node& node, Rid rid);

}  // namespace witmed::store
