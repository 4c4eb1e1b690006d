#include "fhir/fhirpath/tree.h"

#include <fmt/format.h>

#include "fhir/fhirpath/conversion.h"
#include "fhir/fhirpath/functions.h"
#include "fhir/fhirpath/places.h"
#include "fhir/json/value.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;

class Tree {
 public:
  explicit Tree(std::string_view text) : places_(text) {}

  Value of(const Ast& ast) const {
    switch (ast.op) {
      case Op::literal: return made("ConstantExpression", text_of(ast.literal), ast);
      case Op::empty: return made("ConstantExpression", "{}", ast);
      case Op::self: return made("AxisExpression", "builtin.this", ast);
      case Op::index: return made("AxisExpression", "builtin.index", ast);
      case Op::total: return made("AxisExpression", "builtin.total", ast);
      case Op::variable: return made("VariableRefExpression", ast.text, ast);
      case Op::member:
      case Op::call: return step(ast, made("AxisExpression", "builtin.that", ast));
      case Op::path: {
        Value out = of(ast.args[0]);
        for (size_t i = 1; i < ast.args.size(); ++i) out = step(ast.args[i], std::move(out));
        return out;
      }
      default: return operation(ast);
    }
  }

 private:
  Value made(std::string_view kind, std::string_view name, const Ast& ast) const {
    const uint32_t begin = places_.character(ast.offset);
    return Value::object({{"ExpressionType", kind},
                          {"Name", name},
                          {"Position", Value::number(begin)},
                          {"Length", Value::number(places_.character(ast.offset + ast.length) - begin)}});
  }

  // A step of a path, with what it is taken from as its first argument.
  Value step(const Ast& ast, Value from) const {
    Value arguments = Value::list({std::move(from)});
    for (const Ast& arg : ast.args) arguments.add(of(arg));
    Value out;
    switch (ast.op) {
      case Op::member: out = made("ChildExpression", ast.text, ast); break;
      case Op::call: out = made("FunctionCallExpression", ast.text, ast); break;
      case Op::indexer: out = made("IndexerExpression", "[]", ast); break;
      default: return of(ast);
    }
    out.set("Arguments", std::move(arguments));
    return out;
  }

  Value operation(const Ast& ast) const {
    Value arguments = Value::list();
    for (const Ast& arg : ast.args) arguments.add(of(arg));
    const bool typed = ast.op == Op::is || ast.op == Op::as;
    if (typed) arguments.add(made("ConstantExpression", ast.text, ast));
    Value out =
        made(ast.args.size() == 1 && !typed ? "UnaryExpression" : "BinaryExpression", symbol(ast.op), ast);
    out.set("Arguments", std::move(arguments));
    return out;
  }

  Places places_;
};

}  // namespace

std::string tree_text(const Expression::Program& program) {
  return Tree(program.text).of(program.root).json();
}

}  // namespace witmed::fhir
