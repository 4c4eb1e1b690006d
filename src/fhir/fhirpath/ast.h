// A compiled FHIRPath expression: a tree whose names, types and functions are already looked up.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "fhir/fhirpath/item.h"

namespace witmed::fhir {

struct Function;  // functions.h

// A type named in an expression: "Quantity" may mean FHIR's or System's.
struct TypeName {
  TypeId fhir = 0;
  bool system = false;
  Item::Kind system_kind = Item::Kind::boolean;
  bool known() const { return fhir != 0 || system; }
};

struct Ast {
  enum class Op : uint8_t {
    // First step of a path, or an operand by itself.
    literal,
    empty,
    self,
    index,
    total,
    variable,
    // Steps: each takes what the step before it gave.
    path,
    member,
    call,
    indexer,
    // Operators; operands in `args`.
    negate,
    plus,
    add,
    subtract,
    multiply,
    divide,
    quotient,
    remainder,
    concat,
    unite,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    equivalent,
    not_equivalent,
    in,
    contains,
    conjunction,
    disjunction,
    exclusive,
    implies,
    is,
    as,
  };
  Op op = Op::empty;
  NameId name = 0;  // member
  TypeId head = 0;  // member that may be the name of the type the path starts on ("Patient.name")
  TypeName type;    // is, as, ofType
  const Function* function = nullptr;  // call
  Item literal;                        // its text lives in Program::texts
  std::string_view text;               // member, variable, function: name as written
  std::vector<Ast> args;               // steps of a path, operands, arguments
  // In bytes of the text: where it begins and how long it is, a call with its arguments; of an operator, its
  // sign. A path is as long as its steps.
  uint32_t offset = 0, length = 0;
};

inline bool is_logic(Ast::Op op) { return op >= Ast::Op::conjunction && op <= Ast::Op::implies; }
inline bool is_comparison(Ast::Op op) { return op >= Ast::Op::less && op <= Ast::Op::not_equivalent; }
inline bool is_truth(Ast::Op op) { return is_logic(op) || is_comparison(op); }

struct Expression::Program {
  std::string text;
  TypeId context = 0;
  Mode mode = Mode::lenient;
  std::deque<std::string> texts;  // what string_views in the tree point to
  Ast root;
};

// Throws PathError(syntax), or PathError(semantic) for a function that does not exist.
void parse_program(Expression::Program& program);

// "+", "and" … of an operator; empty for what is none.
std::string_view symbol(Ast::Op op);

// The text of a tree, in one spelling whatever the spelling of the source: equal trees, equal texts.
std::string normalised(const Ast& ast);

// For code that wants the tree itself (search extraction compiles simple paths to something faster).
std::unique_ptr<Expression::Program> compile_program(std::string_view text, TypeId context,
                                                     Mode mode = Mode::lenient);

}  // namespace witmed::fhir
