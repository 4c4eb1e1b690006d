// The expression of a part, compiled to chains of JSON property names where it is a plain path, as nearly all
// are: member steps, as()/ofType(), where(name = 'text'), [n]. A choice gives one chain for each of its
// types.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "fhir/fhirpath/ast.h"

namespace witmed::fhir {

struct PathEdge {
  NameId name = 0;    // JSON property
  TypeId type = 0;    // of its value
  NameId filter = 0;  // where(filter = 'equals')
  std::string equals;
  int32_t index = -1;  // [index]
  bool choice = false;
  bool operator==(const PathEdge&) const = default;
};
using PathChain = std::vector<PathEdge>;

struct PartPath {
  std::vector<PathChain> chains;
  TypeId target = 0;  // where(resolve() is target) stood at its end
};

// Nothing when it is no plain path on `resource`.
std::optional<PartPath> compile_path(const Ast& ast, TypeId resource);

// The alternatives of a union, in order.
std::vector<const Ast*> alternatives(const Ast& ast);

// `.where(resolve() is T)` at the end of a path: T; 0 when there is none.
TypeId trailing_target(const Ast& ast);

}  // namespace witmed::fhir
