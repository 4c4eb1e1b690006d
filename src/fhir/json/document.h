// A parsed JSON document (RFC 8259; http://hl7.org/fhir/R4/json.html) that keeps every character it came
// with: numbers stay "1.00", strings keep their escapes. Flat nodes in document order over the original text;
// a subtree is a range of nodes. Built on simdjson.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/definitions/definitions.h"
#include "fhir/issue.h"

namespace witmed::fhir {

enum class Kind : uint8_t { null, boolean, number, string, array, object };

class Document;

// A place in a document. Cheap to copy; valid while the Document lives. A default Node is "nothing" (false).
class Node {
 public:
  Node() = default;
  explicit operator bool() const { return doc_ != nullptr; }
  bool operator==(const Node& other) const = default;

  Kind kind() const;
  NameId name() const;           // of the property that holds it; 0 in arrays, at the root, or unknown to R4
  std::string_view key() const;  // the property name as written, without quotes
  std::string_view raw() const;  // the text as written; strings with their quotes
  std::string string() const;    // string: unescaped; number, boolean: as written; else empty
  // The same without a copy where nothing is escaped; `scratch` holds the text otherwise.
  std::string_view view(std::string& scratch) const;
  bool is_true() const;
  bool escaped() const;     // string: has a backslash, so that raw() is not its text
  uint32_t offset() const;  // of its first character in the text
  uint32_t index() const { return index_; }
  const Document& document() const { return *doc_; }

  Node operator[](NameId name) const;  // member of an object; nothing when absent
  Node operator[](std::string_view key) const;

  // Children: items of an array, members of an object, in order.
  class Iterator;
  Iterator begin() const;
  Iterator end() const;
  Node parent() const;    // the array or object that holds it; found from the root down
  uint32_t size() const;  // number of children, counted

 private:
  friend class Document;
  friend class Iterator;
  Node(const Document* doc, uint32_t index) : doc_(doc), index_(index) {}
  const Document* doc_ = nullptr;
  uint32_t index_ = 0;
};

// What a document may be at most. Bounds come from base/limits.h.
struct ParseLimits {
  uint32_t bytes;
  uint16_t depth;
};

class Document {
 public:
  // Throws Rejection(400) with line and column: broken JSON, invalid UTF-8, duplicate keys, too deep,
  // trailing text, control characters, lone surrogates; Rejection(413) when too long. A byte order mark is passed over.
  static Document parse(std::string_view json);
  static Document parse(std::string_view json, ParseLimits limits);

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Node root() const;
  std::string_view text() const;
  // 1-based line and column (in characters) of an offset.
  struct Place {
    uint32_t line, column;
  };
  Place place(uint32_t offset) const;
  // FHIRPath of a node: "Patient.name[0].given[1]".
  std::string path(Node node) const;
  // The type of the resource at the root, 0 when resourceType is missing or unknown.
  TypeId resource_type() const;

 private:
  Document() = default;
  friend class Node;
  friend class Parser;

  // One node. Nodes stand in document order, so the subtree of entry i is [i, entries_[i].next).
  struct Entry {
    uint32_t begin, end;  // offsets of the value in the text, quotes and brackets included
    uint32_t next;        // index of the first entry behind the subtree
    uint32_t key;         // offset of the key's opening quote; 0 = none (offset 0 cannot be a key)
    NameId name;
    Kind kind;
    uint8_t flags;
  };
  static constexpr uint8_t kEscaped = 1, kKeyEscaped = 2;  // the string, the key has a backslash

  std::string_view key_text(const Entry& entry) const;

  std::unique_ptr<char[]> text_;  // padded, so that words can be read over its end
  std::unique_ptr<Entry[]> entries_;
  uint32_t length_ = 0, count_ = 0;
};

class Node::Iterator {
 public:
  Node operator*() const { return Node(doc_, index_); }
  Iterator& operator++();
  bool operator!=(const Iterator& other) const { return index_ != other.index_; }

 private:
  friend class Node;
  Iterator(const Document* doc, uint32_t index) : doc_(doc), index_(index) {}
  const Document* doc_;
  uint32_t index_;
};

inline Kind Node::kind() const { return doc_->entries_[index_].kind; }
inline NameId Node::name() const { return doc_->entries_[index_].name; }
inline uint32_t Node::offset() const { return doc_->entries_[index_].begin; }
inline std::string_view Node::raw() const {
  const Document::Entry& e = doc_->entries_[index_];
  return {doc_->text_.get() + e.begin, e.end - e.begin};
}
inline bool Node::is_true() const { return kind() == Kind::boolean && doc_->text_[offset()] == 't'; }
inline bool Node::escaped() const { return doc_->entries_[index_].flags & Document::kEscaped; }
inline Node::Iterator Node::begin() const { return {doc_, index_ + 1}; }
inline Node::Iterator Node::end() const { return {doc_, doc_->entries_[index_].next}; }
inline Node::Iterator& Node::Iterator::operator++() {
  index_ = doc_->entries_[index_].next;
  return *this;
}
inline Node Node::operator[](NameId name) const {
  const Document::Entry* entries = doc_->entries_.get();
  if (entries[index_].kind != Kind::object) return {};
  for (uint32_t i = index_ + 1, end = entries[index_].next; i < end; i = entries[i].next) {
    if (entries[i].name == name) return {doc_, i};
  }
  return {};
}
inline Node Document::root() const { return {this, 0}; }
inline std::string_view Document::text() const { return {text_.get(), length_}; }

// Edits of a document's text: each replaces the characters of one value. Used to rewrite references.
struct Edit {
  uint32_t begin, end;  // offsets in Document::text()
  std::string text;     // JSON text that stands there instead; empty = remove the member (its comma too)
};

// Minified text of a node: no white space outside strings, every scalar as written, edits applied (sorted by
// begin).
std::string minify(Node node, const std::vector<Edit>& edits = {});

// JSON string literal of a UTF-8 text, with quotes.
std::string quote(std::string_view text);

}  // namespace witmed::fhir
