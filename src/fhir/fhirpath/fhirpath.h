// FHIRPath (http://hl7.org/fhirpath/N1/, with http://hl7.org/fhir/R4/fhirpath.html): compiled once per
// expression, evaluated over Document nodes without copying. Thread-safe: a compiled Expression is immutable.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

// One item of a FHIRPath collection: a typed place in a resource, or a computed value.
struct PathValue {
  enum class Kind : uint8_t { node, boolean, integer, decimal, string, date, dateTime, time, quantity };
  Kind kind = Kind::node;
  Node node;            // kind node
  Node sibling;         // the "_name" object of a primitive (id, extensions), when present
  TypeId type = 0;      // FHIR type of the node ("HumanName", "dateTime" …); 0 for computed values
  bool truth = false;   // boolean
  int64_t integer = 0;  // integer
  std::string text;     // string, decimal, date, dateTime, time as written; unit of a quantity
  std::string number;   // quantity: decimal as written
};
using Collection = std::vector<PathValue>;

// What the outside world answers for resolve(). References in search and invariants only ask for the type.
class Resolver {
 public:
  virtual ~Resolver() = default;
  // The target of a reference that is not contained in the same resource; nothing when not known.
  virtual Node resolve(std::string_view reference) = 0;
};

struct EvalContext {
  Node resource;       // %resource
  Node root_resource;  // %rootResource
  Resolver* resolver = nullptr;
  uint32_t step_limit = 1'000'000;
};

// The expression asked for something that is not allowed or not known. A fault of the expression or the data.
class PathError : public Rejection {
 public:
  enum class Phase : uint8_t { syntax, semantic, execution };
  PathError(Phase phase, std::string message, uint32_t offset);
  Phase phase;
  uint32_t offset;  // in the expression
};

class Expression {
 public:
  // Throws PathError(syntax). `context` is the type the expression starts on, 0 when not known.
  static Expression compile(std::string_view text, TypeId context = 0);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  // Starts at `focus` (of type `type`). Throws PathError(execution).
  Collection evaluate(Node focus, TypeId type, const EvalContext& context) const;
  // Singleton boolean as an invariant reads it: empty = true unless `empty_is` says otherwise.
  bool holds(Node focus, TypeId type, const EvalContext& context, bool empty_is = true) const;
  std::string_view text() const;

  struct Program;  // ast.h
 private:
  explicit Expression(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

}  // namespace witmed::fhir
