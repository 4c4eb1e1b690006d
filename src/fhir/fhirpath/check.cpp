#include "fhir/fhirpath/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "fhir/fhirpath/functions.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;
using VK = Item::Kind;

// One type that a value may have: of FHIR, or of FHIRPath's System.
struct Possible {
  TypeId fhir = 0;
  VK system = VK::node;
  bool operator==(const Possible&) const = default;
  VK kind() const { return fhir != 0 ? system_kind(fhir) : system; }
};

struct Static {
  std::vector<Possible> types;  // none: not known
  bool many = false;
  bool ordered = true;
  bool known() const { return !types.empty(); }

  void add(Possible type) {
    if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
  }
};

Static of(VK kind) { return {{{0, kind}}}; }
Static of(TypeId type) { return {{{type, VK::node}}}; }

bool is_temporal(VK kind) { return kind == VK::date || kind == VK::date_time || kind == VK::time; }
bool is_number(VK kind) { return kind == VK::integer || kind == VK::decimal; }

// Element, Resource and the like stand for types that are not known yet.
bool is_open(TypeId type) { return Definitions::r4().type(type).kind == TypeKind::abstract; }

// Either of two; not known when one is not.
Static either(Static a, const Static& b) {
  if (!a.known() || !b.known()) a.types.clear();
  if (a.known())
    for (const Possible& type : b.types) a.add(type);
  a.many = true;
  a.ordered = a.ordered && b.ordered;
  return a;
}

bool fits(char wanted, const Possible& type) {
  if (type.fhir != 0 && is_open(type.fhir)) return true;
  VK kind = type.kind();
  switch (wanted) {
    case 's': return kind == VK::string;
    case 'b':
    case 'c': return kind == VK::boolean;
    case 'i': return kind == VK::integer;
    case 'n': return is_number(kind);
    case 'm': return is_number(kind) || kind == VK::quantity;
    case 'q': return kind == VK::quantity;
    case 'x': return is_number(kind) || kind == VK::quantity || is_temporal(kind);
    default: return true;
  }
}

Said meaning(char wanted) {
  switch (wanted) {
    case 's': return {"text", "文字"};
    case 'i': return {"a whole number", "整数"};
    case 'n': return {"a number", "数"};
    case 'm': return {"a number or quantity", "数或数量"};
    case 'q': return {"a quantity", "数量"};
    case 'x': return {"a number, quantity, date or time", "数、数量、日期或时刻"};
    default: return {"a boolean", "布尔值"};
  }
}

std::string name_of(const Possible& type) {
  constexpr std::string_view kSystem[] = {"",     "Boolean",  "Integer", "Decimal",  "String",
                                          "Date", "DateTime", "Time",    "Quantity", "TypeInfo"};
  if (type.fhir != 0) return std::string(Definitions::r4().type(type.fhir).name);
  return fmt::format("System.{}", kSystem[size_t(type.system)]);
}

std::string names_of(const Static& given) {
  std::string out;
  for (const Possible& type : given.types) out += (out.empty() ? "" : "|") + name_of(type);
  return out;
}

class Checker {
 public:
  explicit Checker(const Expression::Program& program) : program_(program) {
    if (program.context != 0) start_ = of(program.context);
  }

  Static run() { return expression(program_.root, start_); }

 private:
  [[noreturn]] void fail(Said message, const Ast& at) const {
    throw PathError(PathError::Phase::semantic, std::move(message), at.offset);
  }

  Static expression(const Ast& ast, const Static& self) {
    switch (ast.op) {
      case Op::literal: return of(ast.literal.kind);
      case Op::empty:
      case Op::total: return {};
      case Op::self: return self;
      case Op::index: return of(VK::integer);
      case Op::variable: return variable(ast);
      case Op::member: return head(ast, self);
      case Op::call: return call(ast, self, self);
      case Op::path: {
        Static at = expression(ast.args[0], self);
        for (size_t i = 1; i < ast.args.size(); ++i) at = step(ast.args[i], at, self);
        return at;
      }
      default: return operation(ast, self);
    }
  }

  Static variable(const Ast& ast) const {
    const std::string_view name = ast.text;
    if (name == "context") return start_;
    bool text = name == "ucum" || name == "sct" || name == "loinc" || name.starts_with("vs-") ||
                name.starts_with("ext-");
    if (text) return of(VK::string);
    bool whole = program_.context != 0 && Definitions::r4().is_resource(program_.context);
    return whole && name == "resource" ? start_ : Static{};
  }

  Static step(const Ast& ast, const Static& input, const Static& self) {
    switch (ast.op) {
      case Op::member: return member(ast, input);
      case Op::call: return call(ast, input, self);
      case Op::indexer: {
        if (!input.ordered) fail(said("there is no order to count in", "这些项没有次序，不能按位置取"), ast);
        expression(ast.args[0], self);
        Static one = input;
        one.many = false;
        return one;
      }
      default: return expression(ast, self);
    }
  }

  // The first name of a path: an element, or the type that the path starts on.
  Static head(const Ast& ast, const Static& self) {
    const Definitions& r4 = Definitions::r4();
    if (ast.head != 0) {
      bool open = !self.known() && r4.is_resource(ast.head);
      for (const Possible& type : self.types) {
        if (type.fhir == 0) continue;
        if (r4.is_a(type.fhir, ast.head)) return self;
        open = open || (is_open(type.fhir) && r4.is_a(ast.head, type.fhir));
      }
      if (open) return of(ast.head);
      if (r4.is_resource(ast.head) && self.known())
        fail(said("the path starts on {}, which is not {}", "路径从 {} 开始，而这里是 {}", ast.text,
                  names_of(self)),
             ast);
    }
    return member(ast, self);
  }

  Static member(const Ast& ast, const Static& input) const {
    Static out;
    if (!input.known()) return out.many = true, out;
    bool found = false, open = false;
    out.many = input.many;
    out.ordered = input.ordered;
    for (const Possible& type : input.types) {
      if (type.fhir == 0) {
        bool info = type.system == VK::type_info && (ast.text == "name" || ast.text == "namespace");
        if (info) out.add({0, VK::string});
        found = found || info;
        continue;
      }
      size_t before = out.types.size();
      for (const Element& element : Definitions::r4().type(type.fhir).elements) {
        if (element.base != ast.name || ast.name == 0) continue;
        found = true;
        out.many = out.many || element.array;
        open = open || element.type == 0;
        out.add({element.type, VK::node});
      }
      open = open || (out.types.size() == before && is_open(type.fhir));
    }
    if (!found && !open)
      fail(said("{} has no element '{}'", "{} 没有元素“{}”", names_of(input), ast.text), ast);
    if (open) out.types.clear();
    return out;
  }

  void need(char wanted, const Static& given, const Ast& call, const Ast& at) const {
    if (!given.known()) return;
    bool any = std::any_of(given.types.begin(), given.types.end(),
                           [&](const Possible& t) { return fits(wanted, t); });
    if (any) return;
    const Said what = meaning(wanted);
    fail({fmt::format("{}() wants {}, not {}", call.text, what.en, names_of(given)),
          fmt::format("{}() 要的是{}，不是 {}", call.text, what.zh, names_of(given))},
         at);
  }

  // input(arguments)result, see Function::types.
  Static call(const Ast& ast, const Static& input, const Static& self) {
    const std::string_view types = ast.function->types;
    const size_t open = types.find('('), close = types.find(')');
    if (types[0] == '>' && !input.ordered)
      fail(said("{}() wants an order", "{}() 要求各项有次序", ast.text), ast);
    need(types[0], input, ast, ast);
    std::vector<Static> given;
    for (size_t i = 0; i < ast.args.size(); ++i) {
      const char wanted = types[std::min(open + 1 + i, close - 1)];
      if (wanted == 'N') break;
      bool each = wanted == 'e' || wanted == 'c';
      Static one = input;
      one.many = false;
      given.push_back(expression(ast.args[i], each ? one : self));
      if (!each || wanted == 'c') need(wanted, given.back(), ast, ast.args[i]);
    }
    return result(ast, types[close + 1], input, given);
  }

  Static result(const Ast& ast, char letter, const Static& input, const std::vector<Static>& given) const {
    Static out;
    switch (letter) {
      case '=': return input;
      case '-': out = input, out.many = false; return out;
      case '+': return either(input, given[0]);
      case '1': out = given[0], out.many = out.many || input.many; return out;
      case 'u': {
        size_t first = ast.function->types.find('c') != std::string_view::npos;
        out = given[first];
        for (size_t i = first + 1; i < given.size(); ++i) {
          bool many = out.many || given[i].many;
          out = either(out, given[i]);
          out.many = many;
        }
        return out;
      }
      case 'N': return named(ast, input);
      case '~': return {{}, true, false};
      case 'X': return {{{Definitions::r4().type_id("Extension"), VK::node}}, true};
      case '?': out.many = true; return out;
      default: return of_letter(letter);
    }
  }

  static Static of_letter(char letter) {
    switch (letter) {
      case 's': return of(VK::string);
      case 'b': return of(VK::boolean);
      case 'i': return of(VK::integer);
      case 'd': return of(VK::decimal);
      case 'q': return of(VK::quantity);
      case 'D': return of(VK::date);
      case 'T': return of(VK::date_time);
      case 't': return of(VK::time);
      case 'I': return of(VK::type_info);
      case 'n': return {{{0, VK::integer}, {0, VK::decimal}}};
      default: return {{{0, VK::integer}, {0, VK::decimal}, {0, VK::quantity}}};  // m
    }
  }

  // What a type's name leaves of the input.
  static Static named(const Ast& ast, const Static& input) {
    Static out;
    out.many = input.many;
    out.ordered = input.ordered;
    if (ast.type.fhir != 0) out.add({ast.type.fhir, VK::node});
    if (ast.type.system) out.add({0, ast.type.system_kind});
    return out;
  }

  Static operation(const Ast& ast, const Static& self) {
    const Static left = expression(ast.args[0], self);
    if (ast.op == Op::is) return of(VK::boolean);
    if (ast.op == Op::as) return named(ast, left);
    if (ast.op == Op::negate || ast.op == Op::plus) return left;
    const Static right = expression(ast.args[1], self);
    switch (ast.op) {
      case Op::unite: return either(left, right);
      case Op::concat: return of(VK::string);
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::quotient:
      case Op::remainder: return calculated(ast, left, right);
      default: return of(VK::boolean);
    }
  }

  static bool all(const Static& given, bool (*test)(VK)) {
    return given.known() && std::all_of(given.types.begin(), given.types.end(),
                                        [&](const Possible& type) { return test(type.kind()); });
  }

  // Only a date or time is refused here: it moves by quantities alone. Other operands are judged by their
  // values.
  Static calculated(const Ast& ast, const Static& left, const Static& right) const {
    if (!left.known() || !right.known()) return {};
    if (all(left, is_temporal)) {
      if (all(right, is_number))
        fail(said("{} is moved by a quantity, such as 7 days", "{} 只能加减数量，如 7 days", names_of(left)),
             ast);
      return left;
    }
    if (!all(left, is_number) || !all(right, is_number)) return {};
    bool whole = !(ast.op == Op::divide);
    for (const Static* side : {&left, &right})
      for (const Possible& type : side->types) whole = whole && type.kind() == VK::integer;
    return of(whole || ast.op == Op::quotient ? VK::integer : VK::decimal);
  }

  const Expression::Program& program_;
  Static start_;
};

}  // namespace

void check_program(const Expression::Program& program) { Checker(program).run(); }

std::string static_type_text(const Expression::Program& program) {
  try {
    Static type = Checker(program).run();
    return type.known() ? names_of(type) + (type.many ? "[]" : "") : std::string();
  } catch (const PathError&) {
    return {};  // a lenient expression that strict mode would refuse
  }
}

}  // namespace witmed::fhir
