// Recursive descent over the grammar of http://hl7.org/fhirpath/N1/grammar.html, one function a level of
// precedence.

#include "fhir/fhirpath/ast.h"
#include "fhir/fhirpath/check.h"
#include "fhir/fhirpath/functions.h"
#include "fhir/fhirpath/lexer.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;
using Kind = Token::Kind;

constexpr int kDepth = 120;             // nesting; the deepest official expression has 8
constexpr int kOperators = 1000;        // of one expression; each may be one level of the tree
constexpr size_t kLongest = 64u << 10;  // characters

struct Binary {
  std::string_view word;
  Op op;
};
constexpr Binary kMultiplicative[] = {
    {"*", Op::multiply}, {"/", Op::divide}, {"div", Op::quotient}, {"mod", Op::remainder}};
constexpr Binary kAdditive[] = {{"+", Op::add}, {"-", Op::subtract}, {"&", Op::concat}};
constexpr Binary kUnion[] = {{"|", Op::unite}};
constexpr Binary kInequality[] = {
    {"<=", Op::less_equal}, {"<", Op::less}, {">=", Op::greater_equal}, {">", Op::greater}};
constexpr Binary kEquality[] = {
    {"=", Op::equal}, {"~", Op::equivalent}, {"!=", Op::not_equal}, {"!~", Op::not_equivalent}};
constexpr Binary kMembership[] = {{"in", Op::in}, {"contains", Op::contains}};
constexpr Binary kAnd[] = {{"and", Op::conjunction}};
constexpr Binary kOr[] = {{"or", Op::disjunction}, {"xor", Op::exclusive}};
constexpr Binary kImplies[] = {{"implies", Op::implies}};

struct Level {
  const Binary* words;
  size_t count;
};
// From loosest to tightest; between union and additive stand "is" and "as".
constexpr Level kLevels[] = {
    {kImplies, 1},    {kOr, 2},    {kAnd, 1},    {kMembership, 2}, {kEquality, 4},
    {kInequality, 4}, {kUnion, 1}, {nullptr, 0}, {kAdditive, 3},   {kMultiplicative, 4}};
constexpr size_t kLevelCount = std::size(kLevels);

constexpr std::string_view kCalendar[] = {
    "year", "years", "month",  "months",  "week",   "weeks",   "day",         "days",
    "hour", "hours", "minute", "minutes", "second", "seconds", "millisecond", "milliseconds"};

struct SystemName {
  std::string_view name;
  Item::Kind kind;
};
constexpr SystemName kSystem[] = {{"Boolean", Item::Kind::boolean}, {"String", Item::Kind::string},
                                  {"Integer", Item::Kind::integer}, {"Decimal", Item::Kind::decimal},
                                  {"Date", Item::Kind::date},       {"DateTime", Item::Kind::date_time},
                                  {"Time", Item::Kind::time},       {"Quantity", Item::Kind::quantity}};

class Parser {
 public:
  explicit Parser(Expression::Program& program) : program_(program), lexer_(program.text) { advance(); }

  void run() {
    program_.root = expression(0);
    if (token_.kind != Kind::end) fail(said("unexpected '{}'", "不应有的“{}”", token_.text));
  }

 private:
  [[noreturn]] void fail(Said message) const {
    throw PathError(PathError::Phase::syntax, std::move(message), token_.offset);
  }
  void advance() {
    end_ = lexer_.at();
    token_ = lexer_.next();
  }
  // It began where it says, and ends with what was read last.
  void measure(Ast& node) const { node.length = end_ - node.offset; }
  bool is(std::string_view symbol) const { return token_.kind == Kind::symbol && token_.text == symbol; }
  bool take(std::string_view symbol) {
    if (!is(symbol)) return false;
    advance();
    return true;
  }
  void expect(std::string_view symbol) {
    if (!take(symbol)) fail(said("'{}' expected", "这里应是“{}”", symbol));
  }
  std::string_view keep(std::string text) { return program_.texts.emplace_back(std::move(text)); }

  const Binary* operator_of(const Level& level) const {
    if (token_.kind != Kind::symbol && token_.kind != Kind::identifier) return nullptr;
    for (size_t i = 0; i < level.count; ++i) {
      if (level.words[i].word == token_.text) return &level.words[i];
    }
    return nullptr;
  }

  // Deep input must not exhaust the stack.
  struct Nesting {
    explicit Nesting(Parser& parser) : parser(parser) {
      if (++parser.depth_ > kDepth) parser.fail(said("nested too deeply", "嵌套太深"));
    }
    ~Nesting() { --parser.depth_; }
    Parser& parser;
  };

  Ast expression(size_t level) {
    if (level == kLevelCount) return polarity();
    if (kLevels[level].words == nullptr) return type_expression(level);
    Ast left = expression(level + 1);
    while (const Binary* found = operator_of(kLevels[level])) {
      Ast node;
      node.op = found->op;
      node.offset = token_.offset;
      advance();
      measure(node);
      node.args.push_back(std::move(left));
      node.args.push_back(expression(level + 1));
      left = std::move(node);
      if (++operators_ > kOperators) fail(said("too many operators", "运算符太多"));
    }
    return left;
  }

  Ast type_expression(size_t level) {
    Ast left = expression(level + 1);
    while (token_.kind == Kind::identifier && (token_.text == "is" || token_.text == "as")) {
      Ast node;
      node.op = token_.text == "is" ? Op::is : Op::as;
      node.offset = token_.offset;
      advance();
      measure(node);
      node.type = type_specifier(node);
      node.args.push_back(std::move(left));
      left = std::move(node);
    }
    return left;
  }

  TypeName type_specifier(Ast& node) {
    std::string first = identifier();
    if (!take(".")) {
      node.text = keep(first);
      return type_name({}, first);
    }
    std::string second = identifier();
    node.text = keep(first + "." + second);
    return type_name(first, second);
  }

  std::string identifier() {
    if (token_.kind != Kind::identifier && token_.kind != Kind::delimited)
      fail(said("name expected", "这里应是名称"));
    std::string name = token_.text;
    advance();
    return name;
  }

  Ast polarity() {
    Nesting nesting(*this);
    if (!is("-") && !is("+")) return path();
    Ast node;
    node.op = is("-") ? Op::negate : Op::plus;
    node.offset = token_.offset;
    advance();
    measure(node);
    node.args.push_back(polarity());
    return node;
  }

  Ast path() {
    Ast first = term();
    if (!is(".") && !is("[")) return first;
    Ast node;
    node.op = Op::path;
    node.offset = first.offset;
    if (first.op == Op::path)
      node = std::move(first);
    else
      node.args.push_back(std::move(first));
    for (;;) {
      if (take(".")) {
        node.args.push_back(invocation(false));
      } else if (is("[")) {
        Ast index;
        index.op = Op::indexer;
        index.offset = token_.offset;
        advance();
        index.args.push_back(expression(0));
        expect("]");
        measure(index);
        node.args.push_back(std::move(index));
      } else {
        return node;
      }
    }
  }

  Ast term() {
    Ast node;
    node.offset = token_.offset;
    switch (token_.kind) {
      case Kind::string: return literal(Item::of(Item::Kind::string, keep(token_.text)));
      case Kind::date: return literal(Item::of(Item::Kind::date, keep(token_.text)));
      case Kind::date_time: return literal(Item::of(Item::Kind::date_time, keep(token_.text)));
      case Kind::time: return literal(Item::of(Item::Kind::time, keep(token_.text)));
      case Kind::integer:
      case Kind::decimal: return number();
      case Kind::variable:
        node.op = Op::variable;
        node.text = keep(token_.text);
        advance();
        measure(node);
        return node;
      case Kind::dollar: return invocation(true);
      case Kind::symbol: break;
      case Kind::end: fail(said("expression expected", "这里还缺一段表达式"));
      default:
        if (token_.kind == Kind::identifier && (token_.text == "true" || token_.text == "false")) {
          return literal(Item::of(token_.text == "true"));
        }
        return invocation(true);
    }
    if (take("(")) {
      node = expression(0);
      expect(")");
      return node;
    }
    expect("{");
    expect("}");
    measure(node);
    return node;  // the empty collection
  }

  Ast literal(Item value) {
    Ast node;
    node.op = Op::literal;
    node.offset = token_.offset;
    node.literal = value;
    advance();
    measure(node);
    return node;
  }

  Ast number() {
    bool integer = token_.kind == Kind::integer;
    auto parsed = Decimal::parse(token_.text);
    if (!parsed || (integer && !parsed->integer())) fail(said("number too large", "数太大"));
    Ast node = literal(integer ? Item::of(*parsed->integer()) : Item::of(*parsed));
    if (token_.kind == Kind::string) {
      node.literal = Item::of(*parsed, keep(token_.text));
      advance();
    } else if (token_.kind == Kind::identifier) {
      for (std::string_view word : kCalendar) {
        if (token_.text != word) continue;
        node.literal = Item::of(*parsed, word.substr(0, word.size() - word.ends_with('s')));
        advance();
        break;
      }
    }
    measure(node);
    return node;
  }

  // A member, a function call, or $this, $index, $total. `head`: it stands first, where the name of a type
  // may stand.
  Ast invocation(bool head) {
    Ast node;
    node.offset = token_.offset;
    if (token_.kind == Kind::dollar) {
      if (token_.text == "this")
        node.op = Op::self;
      else if (token_.text == "index")
        node.op = Op::index;
      else if (token_.text == "total")
        node.op = Op::total;
      else
        fail(said("$this, $index or $total expected", "$ 之后应是 this、index 或 total"));
      advance();
      measure(node);
      return node;
    }
    node.text = keep(identifier());
    measure(node);
    if (is("(")) return call(std::move(node));
    node.op = Op::member;
    const Definitions& r4 = Definitions::r4();
    node.name = r4.name(node.text);
    if (head) node.head = r4.type_id(node.text);
    return node;
  }

  Ast call(Ast node) {
    Nesting nesting(*this);
    node.op = Op::call;
    node.function = find_function(node.text);
    if (node.function == nullptr) {
      throw PathError(PathError::Phase::semantic, said("no function '{}'", "没有函数“{}”", node.text),
                      node.offset);
    }
    expect("(");
    if (!is(")")) {
      do node.args.push_back(expression(0));
      while (take(","));
    }
    expect(")");
    measure(node);
    if (node.args.size() < node.function->min_args || node.args.size() > node.function->max_args) {
      throw PathError(PathError::Phase::semantic,
                      said("wrong number of arguments of {}()", "{}() 的参数个数不对", node.text),
                      node.offset);
    }
    if (node.function->takes_type()) argument_type(node);
    return node;
  }

  // The argument of is(), as(), ofType() was read as a path; it names a type.
  void argument_type(Ast& call) {
    const Ast& arg = call.args.front();
    std::string_view space, name;
    if (arg.op == Op::member) {
      name = arg.text;
    } else if (arg.op == Op::path && arg.args.size() == 2 && arg.args[0].op == Op::member &&
               arg.args[1].op == Op::member) {
      space = arg.args[0].text;
      name = arg.args[1].text;
    } else {
      throw PathError(PathError::Phase::syntax,
                      said("{}() wants the name of a type", "{}() 要的是类型名", call.text), call.offset);
    }
    call.type = type_name(space, name);
  }

  static TypeName type_name(std::string_view space, std::string_view name) {
    TypeName type;
    if (space != "System") type.fhir = Definitions::r4().type_id(name);
    if (space.empty() || space == "System") {
      for (const SystemName& each : kSystem) {
        if (each.name != name) continue;
        type.system = true;
        type.system_kind = each.kind;
      }
    }
    if (!space.empty() && space != "System" && space != "FHIR") type.fhir = 0;
    return type;
  }

  Expression::Program& program_;
  Lexer lexer_;
  Token token_;
  uint32_t end_ = 0;  // behind the token that was taken last
  int depth_ = 0;
  int operators_ = 0;
};

}  // namespace

void parse_program(Expression::Program& program) {
  if (program.text.size() > kLongest)
    throw PathError(PathError::Phase::syntax, said("expression too long", "表达式太长"), 0);
  Parser(program).run();
}

std::unique_ptr<Expression::Program> compile_program(std::string_view text, TypeId context, Mode mode) {
  auto program = std::make_unique<Expression::Program>();
  program->text = text;
  program->context = context;
  program->mode = mode;
  parse_program(*program);
  if (mode == Mode::strict) check_program(*program);
  return program;
}

}  // namespace witmed::fhir
