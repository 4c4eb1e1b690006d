// Evaluates a compiled expression. One Machine per evaluation; what it makes lives as long as it does.
#pragma once
#include <forward_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fhir/fhirpath/ast.h"
#include "fhir/fhirpath/said.h"
#include "fhir/temporal.h"

namespace witmed::fhir {

// What $this, $index and $total mean at a place.
struct Scope {
  const Item* self = nullptr;  // nothing: the empty collection
  int64_t index = -1;
  const Items* total = nullptr;
  const Items* whole = nullptr;  // instead of `self`: the expression is about a whole collection
};

class Machine {
 public:
  // `start` is %context.
  Machine(const Expression::Program& program, const EvalContext& context, const Item& start)
      : program_(program), context_(context), start_(start) {}

  // Appends to `out`.
  void eval(const Ast& ast, const Scope& scope, Items& out);
  // The steps of a path, from `input`.
  void member(const Item& item, const Ast& step, Items& out);
  void children(const Item& item, Items& out);
  // Of a resource or element: its id, by name "id" …
  void member(const Item& item, NameId name, Items& out);

  // The System value of a FHIR primitive or Quantity, itself for computed values; nothing for what has no
  // value.
  std::optional<Item> system(const Item& item);
  // The same for a collection that must have at most one item; more is an error.
  std::optional<Item> single(const Items& items);
  // As a criterion reads it: one item that is no boolean counts as true.
  std::optional<bool> boolean(const Items& items);
  std::optional<bool> boolean(const Ast& ast, const Scope& scope);
  // An argument of a kind; nothing when empty, an error when it is something else.
  std::optional<std::string_view> text(const Ast& ast, const Scope& scope);
  std::optional<int64_t> integer(const Ast& ast, const Scope& scope);

  static constexpr size_t kLongestText = 8u << 20;  // bytes of one made text
  // Keeps a made text alive.
  std::string_view keep(std::string text) {
    if (text.size() > kLongestText)
      fail(said("the expression makes too long a text", "表达式生成的文字太长"));
    tick_text(text, 64);
    return texts_.emplace_front(std::move(text));
  }
  // Reading or writing a text counts too: a step for each `bytes` of it.
  void tick_text(std::string_view text, size_t bytes) { tick(1 + text.size() / bytes); }
  // Counts work; an expression that does too much is stopped.
  void tick(size_t steps = 1) {
    if (!spend(steps)) fail(said("the expression does too much", "表达式的计算量太大"));
  }
  // The same for who must not be thrown through: false when there is nothing left.
  bool spend(size_t steps) {
    steps_ += steps;
    return steps_ <= context_.step_limit;
  }
  // %name from here to the end of the path that is being evaluated.
  void define(std::string_view name, const Items& value, uint32_t offset);
  // Without a place: the call or operator that is being evaluated.
  [[noreturn]] void fail(Said message, uint32_t offset = PathError::kNowhere) const;

  const EvalContext& context() const { return context_; }
  const Expression::Program& program() const { return program_; }
  TypeId type_of(Node node, TypeId declared);  // a resource says its type itself
  Temporal now();                              // one moment for the whole evaluation

 private:
  static constexpr int kDepth = 400;  // of evaluation; left-deep operator chains need a level each
  struct Depth {
    explicit Depth(Machine& machine) : depth(machine.depth_) {
      if (++depth > kDepth) machine.fail(said("evaluation nested too deeply", "求值嵌套太深"));
    }
    ~Depth() { --depth; }
    int& depth;
  };

  // Of those that EvalContext::steps wants to hear of: `out` from `before` on is what the node gave.
  void tell(const Ast& ast, const Scope& scope, const Items& out, size_t before);
  void tell(const Ast& ast, const Scope& scope, std::optional<bool> truth);
  // Does the work; a fault in it that does not know its place happened at `ast`.
  template <typename Work>
  auto placed(const Ast& ast, Work work) {
    try {
      return work();
    } catch (const PathError& error) {
      if (error.offset != PathError::kNowhere) throw;
      throw PathError(error.phase, error.message, ast.offset);
    }
  }

  void one(const Ast& ast, const Scope& scope, Items& out);
  void path(const Ast& ast, const Scope& scope, Items& out);
  void call(const Ast& ast, const Scope& scope, Items& out);
  void open_call(const Ast& ast, const Scope& scope, Items& out);
  void step(const Ast& step, const Items& input, const Scope& scope, Items& out);
  void indexer(const Ast& step, const Items& input, const Scope& scope, Items& out);
  void head(const Ast& step, const Scope& scope, Items& out);
  void variable(const Ast& ast, Items& out);
  bool constant(const Ast& ast, Items& out);
  void operation(const Ast& ast, const Scope& scope, Items& out);  // in operation.cpp
  void calculation(const Ast& ast, const Scope& scope, Items& out);
  std::optional<bool> comparison(const Ast& ast, const Scope& scope);
  std::optional<bool> logic(const Ast& ast, const Scope& scope);
  void choice(Node node, const Type& type, NameId name, Items& out);
  void push_value(Node value, Node beside, TypeId type, Items& out);
  void push_element(Node node, Node sibling, TypeId type, Items& out);

  const Expression::Program& program_;
  const EvalContext& context_;
  const Item& start_;
  std::forward_list<std::string> texts_;
  uint64_t steps_ = 0;
  int depth_ = 0;
  std::span<const Type> types_ = Definitions::r4().types();
  std::string_view known_name_;  // resourceType that was read last, and its type
  TypeId known_type_ = 0;
  std::optional<Temporal> now_;
  struct Defined {
    std::string_view name;
    std::vector<Item> value;
  };
  std::vector<Defined> defined_;  // by defineVariable(), innermost last
};

// How a FHIR type reads as a System value; node: it has none.
Item::Kind system_kind(TypeId type);

// Of a value: does it have the type? `exact`: subtypes do not count (ofType, as).
bool has_type(const Item& value, const TypeName& type, bool exact);
bool derives_from(TypeId type, TypeId base);

}  // namespace witmed::fhir
