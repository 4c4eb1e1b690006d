// A JSON value that can be changed and written again: for code that makes resources or edits them. Members keep their
// order, numbers the characters they came with. For reading, Document is the faster one.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

class Value {
 public:
  using Member = std::pair<std::string, Value>;

  Value() = default;  // nothing: not written by set() and add()
  Value(std::string_view text) : kind_(Kind::string), set_(true), text_(text) {}
  Value(const std::string& text) : Value(std::string_view(text)) {}
  Value(const char* text) : Value(std::string_view(text)) {}
  explicit Value(bool truth) : kind_(Kind::boolean), set_(true), text_(truth ? "true" : "false") {}
  static Value number(int64_t number);
  static Value object(std::initializer_list<std::pair<std::string_view, Value>> members = {});  // without those that are nothing
  static Value list(std::initializer_list<Value> items = {});
  static Value of(Node node);
  static Value parse(std::string_view json);  // throws Rejection(400)

  explicit operator bool() const { return set_; }
  Kind kind() const { return kind_; }
  std::string_view text() const { return text_; }  // of a string, number or boolean; else empty
  bool is_true() const { return kind_ == Kind::boolean && text_ == "true"; }

  // Members. at() of what is absent is nothing; in(), which makes it, is for changing.
  const Value& at(std::string_view name) const;
  std::string_view text(std::string_view name) const { return at(name).text(); }
  Value& in(std::string_view name);
  void set(std::string_view name, Value value);  // nothing = remove
  void remove(std::string_view name);
  const std::vector<Member>& members() const { return members_; }
  std::vector<Member>& members() { return members_; }

  // Items.
  const std::vector<Value>& items() const { return items_; }
  std::vector<Value>& items() { return items_; }
  void add(Value item);

  void write(std::string& out) const;
  std::string json() const;
  bool operator==(const Value& other) const = default;

 private:
  Kind kind_ = Kind::null;
  bool set_ = false;
  std::string text_;
  std::vector<Value> items_;
  std::vector<Member> members_;
};

}  // namespace witmed::fhir
