// Items while an expression is evaluated: no copies of the document's text. PathValue (fhirpath.h) is what
// callers see.
#pragma once
#include <boost/container/small_vector.hpp>
#include <string_view>

#include "fhir/fhirpath/decimal.h"
#include "fhir/fhirpath/fhirpath.h"

namespace witmed::fhir {

struct Item {
  enum class Kind : uint8_t {
    node,
    boolean,
    integer,
    decimal,
    string,
    date,
    date_time,
    time,
    quantity,
    type_info,  // what type() answers: text = namespace, unit = name
  };
  Kind kind = Kind::node;
  bool truth = false;
  TypeId type = 0;  // node: its FHIR type
  Node node;
  Node sibling;           // node: the "_name" object of a primitive
  std::string_view text;  // string; date, date_time, time as written
  std::string_view unit;  // quantity: UCUM code, or a calendar word such as "month"
  Decimal number;         // integer, decimal, quantity

  static Item of(bool truth) {
    Item v;
    v.kind = Kind::boolean;
    v.truth = truth;
    return v;
  }
  static Item of(int64_t number) {
    Item v;
    v.kind = Kind::integer;
    v.number = Decimal(number);
    return v;
  }
  static Item of(const Decimal& number) {
    Item v;
    v.kind = Kind::decimal;
    v.number = number;
    return v;
  }
  static Item of(Kind kind, std::string_view text) {
    Item v;
    v.kind = kind;
    v.text = text;
    return v;
  }
  static Item of(const Decimal& number, std::string_view unit) {
    Item v;
    v.kind = Kind::quantity;
    v.number = number;
    v.unit = unit;
    return v;
  }
  bool is_number() const { return kind == Kind::integer || kind == Kind::decimal; }
  bool is_temporal() const { return kind == Kind::date || kind == Kind::date_time || kind == Kind::time; }
};

// Most collections of an expression hold one or two items: those live on the stack.
using Items = boost::container::small_vector<Item, 3>;

}  // namespace witmed::fhir
