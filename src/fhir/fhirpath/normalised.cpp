// One spelling for equal trees: "(Observation.value as Quantity)", "Observation.value.ofType(Quantity)" →
// "Observation.value.as(Quantity)".
#include <fmt/format.h>

#include "fhir/fhirpath/ast.h"
#include "fhir/fhirpath/conversion.h"
#include "fhir/fhirpath/functions.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;

std::string call_text(const Ast& ast) {
  std::string_view name = ast.function->name == "ofType" ? "as" : ast.function->name;
  std::string out = fmt::format("{}(", name);
  for (size_t i = 0; i < ast.args.size(); ++i) out += (i == 0 ? "" : ",") + normalised(ast.args[i]);
  return out + ")";
}

std::string literal_text(const Item& value) {
  if (value.kind == Item::Kind::string) return fmt::format("'{}'", value.text);
  return (value.is_temporal() ? "@" : "") + text_of(value);
}

}  // namespace

std::string_view symbol(Op op) {
  switch (op) {
    case Op::negate:
    case Op::subtract: return "-";
    case Op::plus:
    case Op::add: return "+";
    case Op::multiply: return "*";
    case Op::divide: return "/";
    case Op::quotient: return "div";
    case Op::remainder: return "mod";
    case Op::concat: return "&";
    case Op::unite: return "|";
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    case Op::greater_equal: return ">=";
    case Op::equal: return "=";
    case Op::not_equal: return "!=";
    case Op::equivalent: return "~";
    case Op::not_equivalent: return "!~";
    case Op::in: return "in";
    case Op::contains: return "contains";
    case Op::conjunction: return "and";
    case Op::disjunction: return "or";
    case Op::exclusive: return "xor";
    case Op::implies: return "implies";
    case Op::is: return "is";
    case Op::as: return "as";
    default: return "";
  }
}

std::string normalised(const Ast& ast) {
  switch (ast.op) {
    case Op::literal: return literal_text(ast.literal);
    case Op::empty: return "{}";
    case Op::self: return "$this";
    case Op::index: return "$index";
    case Op::total: return "$total";
    case Op::variable: return fmt::format("%{}", ast.text);
    case Op::member: return std::string(ast.text);
    case Op::call: return call_text(ast);
    case Op::indexer: return fmt::format("[{}]", normalised(ast.args[0]));
    case Op::is:
    case Op::as:
      return fmt::format("{}.{}({})", normalised(ast.args[0]), ast.op == Op::is ? "is" : "as", ast.text);
    case Op::path: {
      std::string out = normalised(ast.args[0]);
      for (size_t i = 1; i < ast.args.size(); ++i) {
        out += (ast.args[i].op == Op::indexer ? "" : ".") + normalised(ast.args[i]);
      }
      return out;
    }
    default: break;
  }
  if (ast.args.size() == 1) return fmt::format("{}{}", symbol(ast.op), normalised(ast.args[0]));
  return fmt::format("({} {} {})", normalised(ast.args[0]), symbol(ast.op), normalised(ast.args[1]));
}

}  // namespace witmed::fhir
