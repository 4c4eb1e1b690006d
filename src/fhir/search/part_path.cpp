#include "fhir/search/part_path.h"

#include <algorithm>
#include <cctype>

#include "fhir/fhirpath/functions.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;

// The FHIR type that as() names. Composite parameters write "DateTime" for dateTime.
TypeId named_type(const Ast& step) {
  if (step.type.fhir != 0) return step.type.fhir;
  std::string name = normalised(step.op == Op::call ? step.args[0] : step);
  if (step.op == Op::as) name = step.text;
  if (!name.empty()) name[0] = char(std::tolower(static_cast<unsigned char>(name[0])));
  return Definitions::r4().type_id(name);
}

class Compiler {
 public:
  explicit Compiler(TypeId resource) : resource_(resource) {}

  bool run(const Ast& ast) {
    switch (ast.op) {
      case Op::as: return run(ast.args[0]) && narrow(named_type(ast));
      case Op::path:
        if (!run(ast.args[0])) return false;
        for (size_t i = 1; i < ast.args.size(); ++i) {
          if (!step(ast.args[i])) return false;
        }
        return true;
      case Op::member:
        states_.push_back({{}, resource_});
        if (ast.head != 0 && Definitions::r4().is_a(resource_, ast.head)) return true;
        return member(ast.name);
      default: return false;
    }
  }

  std::vector<PathChain> take() {
    std::vector<PathChain> chains;
    for (State& state : states_) chains.push_back(std::move(state.chain));
    return chains;
  }

 private:
  struct State {
    PathChain chain;
    TypeId type;
  };

  bool step(const Ast& ast) {
    if (ast.op == Op::member) return member(ast.name);
    if (ast.op == Op::indexer) return index(ast.args[0]);
    if (ast.op != Op::call) return false;
    if (ast.function->name == "as" || ast.function->name == "ofType") return narrow(named_type(ast));
    if (ast.function->name == "where") return where(ast.args[0]);
    return false;
  }

  bool member(NameId name) {
    std::vector<State> next;
    for (const State& state : states_) {
      for (const Element& element : Definitions::r4().type(state.type).elements) {
        if (element.base != name) continue;
        State grown{state.chain, element.type};
        PathEdge edge;
        edge.name = element.name;
        edge.type = element.type;
        edge.choice = element.choice;
        grown.chain.push_back(edge);
        next.push_back(std::move(grown));
      }
    }
    states_ = std::move(next);
    return !states_.empty();
  }

  // The last step keeps only alternatives of that type.
  bool narrow(TypeId type) {
    std::erase_if(states_, [&](const State& state) { return state.type != type; });
    return !states_.empty();
  }

  bool index(const Ast& ast) {
    if (ast.op != Op::literal || ast.literal.kind != Item::Kind::integer) return false;
    for (State& state : states_) state.chain.back().index = int32_t(*ast.literal.number.integer());
    return true;
  }

  bool where(const Ast& ast) {
    if (ast.op != Op::equal || ast.args[0].op != Op::member || ast.args[1].op != Op::literal) return false;
    if (ast.args[1].literal.kind != Item::Kind::string) return false;
    for (State& state : states_) {
      if (state.chain.empty() || state.chain.back().filter != 0) return false;
      state.chain.back().filter = ast.args[0].name;
      state.chain.back().equals = ast.args[1].literal.text;
    }
    return true;
  }

  TypeId resource_;
  std::vector<State> states_;
};

void collect(const Ast& ast, std::vector<const Ast*>& out) {
  if (ast.op == Op::unite) {
    collect(ast.args[0], out);
    collect(ast.args[1], out);
  } else {
    out.push_back(&ast);
  }
}

bool is_resolve(const Ast& ast) { return ast.op == Op::call && ast.function->name == "resolve"; }

}  // namespace

std::vector<const Ast*> alternatives(const Ast& ast) {
  std::vector<const Ast*> out;
  collect(ast, out);
  return out;
}

TypeId trailing_target(const Ast& ast) {
  if (ast.op != Op::path) return 0;
  const Ast& last = ast.args.back();
  if (last.op != Op::call || last.function->name != "where") return 0;
  const Ast& criterion = last.args[0];
  return criterion.op == Op::is && is_resolve(criterion.args[0]) ? criterion.type.fhir : TypeId(0);
}

std::optional<PartPath> compile_path(const Ast& ast, TypeId resource) {
  PartPath path;
  path.target = trailing_target(ast);
  Compiler compiler(resource);
  if (path.target != 0) {
    Ast rest = ast;
    rest.args.pop_back();
    if (!compiler.run(rest)) return std::nullopt;
  } else if (!compiler.run(ast)) {
    return std::nullopt;
  }
  path.chains = compiler.take();
  return path;
}

}  // namespace witmed::fhir
