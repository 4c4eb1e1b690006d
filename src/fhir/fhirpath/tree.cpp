#include "fhir/fhirpath/tree.h"

#include <fmt/format.h>

#include "fhir/fhirpath/conversion.h"
#include "fhir/fhirpath/functions.h"
#include "fhir/json/value.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;

Value tree(const Ast& ast);

Value made(std::string_view kind, std::string_view name, const Ast& ast) {
  return Value::object({{"ExpressionType", kind}, {"Name", name}, {"Position", Value::number(ast.offset)}});
}

// A step of a path, with what it is taken from as its first argument.
Value step(const Ast& ast, Value from) {
  Value arguments = Value::list({std::move(from)});
  for (const Ast& arg : ast.args) arguments.add(tree(arg));
  Value out;
  switch (ast.op) {
    case Op::member: out = made("ChildExpression", ast.text, ast); break;
    case Op::call: out = made("FunctionCallExpression", ast.text, ast); break;
    case Op::indexer: out = made("IndexerExpression", "[]", ast); break;
    default: return tree(ast);
  }
  out.set("Arguments", std::move(arguments));
  return out;
}

Value tree(const Ast& ast) {
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
      Value out = tree(ast.args[0]);
      for (size_t i = 1; i < ast.args.size(); ++i) out = step(ast.args[i], std::move(out));
      return out;
    }
    default: break;
  }
  Value arguments = Value::list();
  for (const Ast& arg : ast.args) arguments.add(tree(arg));
  const bool typed = ast.op == Op::is || ast.op == Op::as;
  if (typed) arguments.add(made("ConstantExpression", ast.text, ast));
  Value out =
      made(ast.args.size() == 1 && !typed ? "UnaryExpression" : "BinaryExpression", symbol(ast.op), ast);
  out.set("Arguments", std::move(arguments));
  return out;
}

}  // namespace

std::string tree_text(const Expression::Program& program) { return tree(program.root).json(); }

}  // namespace witmed::fhir
