// The functions of FHIRPath (http://hl7.org/fhirpath/N1/#functions) and FHIR's own.
#pragma once
#include <string_view>

#include "fhir/fhirpath/ast.h"

namespace witmed::fhir {

class Machine;
struct Scope;

struct Function {
  using Body = void (*)(Machine& machine, const Ast& call, const Items& input, const Scope& scope,
                        Items& out);
  std::string_view name;
  uint8_t min_args;
  uint8_t max_args;
  Body body;
  // What goes in and comes out, for strict mode (check.cpp): "input(arguments)result", a letter each; the
  // last argument may be repeated.
  //   * anything   s text   b boolean   i integer   d decimal   n number   m number or quantity   q quantity
  //   x number, quantity, date or time   D date   T dateTime   t time   I type information   X Extension
  // input: > anything that has an order. arguments: e expression on each item, c the same as a criterion,
  // N name of a type. result: = the input, - one item of it, + input and argument, 1 the argument, for each
  // item, u all arguments that are no criterion, N the named type, ~ unknown and without order, ? unknown.
  std::string_view types;
  bool takes_type() const { return types.find('N') != std::string_view::npos; }
};

// nullptr when there is none of that name.
const Function* find_function(std::string_view name);

}  // namespace witmed::fhir
