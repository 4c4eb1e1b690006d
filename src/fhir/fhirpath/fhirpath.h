// FHIRPath (http://hl7.org/fhirpath/N1/, with http://hl7.org/fhir/R4/fhirpath.html): compiled once per
// expression, evaluated over Document nodes without copying. Thread-safe: a compiled Expression is immutable.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
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
// "HumanName", "Patient.contact", "System.Boolean"; empty when R4 does not know the place.
std::string type_name(const PathValue& value);
// As FHIRPath would write it: text bare, quantities as "5.4 'mg'", of nodes the JSON.
std::string shown(const PathValue& value);

// What an expression may ask of the world outside its resource. Nothing (nullopt, no node) means "not known";
// without a host nothing is. What is handed out must live as long as the evaluation.
class Host {
 public:
  virtual ~Host() = default;
  // The target of a reference that is not contained in the same resource.
  virtual Node resolve(std::string_view /*reference*/) { return {}; }
  // Is this code, Coding, CodeableConcept or Quantity in the value set?
  virtual std::optional<bool> member_of(const PathValue& /*coded*/, std::string_view /*value_set*/) {
    return {};
  }
  // Is `ancestor` above `descendant`, both of one code system? Equal codes are never asked for.
  virtual std::optional<bool> subsumes(std::string_view /*system*/, std::string_view /*ancestor*/,
                                       std::string_view /*descendant*/) {
    return {};
  }
  // Does the value conform to the profile? Those of R4's own types are never asked for.
  virtual std::optional<bool> conforms_to(const PathValue& /*value*/, std::string_view /*profile*/) {
    return {};
  }
  // trace() was met. Whoever does not want it need not listen.
  virtual void trace(std::string_view /*name*/, const Collection& /*items*/) {}
};

// What %name means beside the variables that FHIRPath and FHIR define.
struct Variable {
  std::string name;
  Collection value;
};

// What the nodes of the tree gave while an expression was evaluated, in that order; a criterion tells for
// each item. Bounded: what comes later is only counted.
struct Steps {
  static constexpr size_t kSteps = 2000, kValues = 20, kAll = 10'000;  // steps; values of one, of all
  static constexpr size_t kText = 1000;                                // bytes of a computed text
  struct Step {
    uint32_t offset = 0, length = 0;  // of the node in the expression, in bytes, as in tree_json()
    std::string_view name;            // "given", "where", "="; lives as long as the expression
    Collection values;                // the first of them
    size_t count = 0;                 // all of them
    Collection self;                  // $this, when there is one
    int64_t index = -1;               // $index; -1 where there is none
  };
  std::vector<Step> steps;
  size_t left_out = 0;  // steps that were not kept
  size_t values = 0;    // that were kept
};

struct EvalContext {
  Node resource;       // %resource
  Node root_resource;  // %rootResource; %resource when it is not said
  Host* host = nullptr;
  const std::vector<Variable>* variables = nullptr;
  Steps* steps = nullptr;           // filled when given
  int zone_minutes = 0;             // of today() and now(), east of UTC positive
  uint32_t step_limit = 1'000'000;  // bounds time and memory: about 100 ns and 100 bytes a step at most
};

// A message in both languages.
struct Said {
  std::string en, zh;
};

// The expression asked for something that is not allowed or not known. A fault of the expression or the data.
class PathError : public Rejection {
 public:
  enum class Phase : uint8_t { syntax, semantic, execution };
  static constexpr uint32_t kNowhere = ~0u;
  PathError(Phase phase, Said message, uint32_t offset);
  Phase phase;
  Said message;     // without the place
  uint32_t offset;  // in the expression, in bytes; kNowhere
};

// Strict: what cannot be right by the types alone (a name that no element has, an argument of another type, a
// path that starts on another type, first() of what has no order) is an error, and as() takes one item only.
enum class Mode : uint8_t { lenient, strict };

class Expression {
 public:
  // Throws PathError: syntax; semantic for unknown functions and, in strict mode, for what the types forbid.
  // `context` is the type the expression starts on, 0 when not known.
  static Expression compile(std::string_view text, TypeId context = 0, Mode mode = Mode::lenient);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  // Starts at `focus` (of type `type`). Throws PathError(execution).
  Collection evaluate(Node focus, TypeId type, const EvalContext& context) const;
  // The same from any value, such as what another expression gave.
  Collection evaluate(const PathValue& focus, const EvalContext& context) const;
  // Singleton boolean as an invariant reads it: empty = true unless `empty_is` says otherwise.
  bool holds(Node focus, TypeId type, const EvalContext& context, bool empty_is = true) const;
  std::string_view text() const;
  // What it can give as far as the types tell: "HumanName[]", "boolean"; empty when they tell nothing.
  std::string result_type() const;
  // The tree as JSON, in the shape that FHIRPath Lab shows (ExpressionType, Name, Arguments, and Position and
  // Length in characters).
  std::string tree_json() const;

  struct Program;  // ast.h
 private:
  explicit Expression(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

}  // namespace witmed::fhir
