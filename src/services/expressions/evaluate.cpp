#include "services/expressions/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/issue.h"
#include "services/expressions/debug_trace.h"
#include "services/expressions/parts.h"
#include "services/expressions/record_host.h"

namespace witmed::services::expressions {
namespace {

using fhir::Collection;
using fhir::Definitions;
using fhir::Document;
using fhir::Node;
using fhir::PathValue;
using fhir::Value;

constexpr size_t kContexts = 1000;    // items that an expression is evaluated on
constexpr size_t kResults = 10'000;   // values that an answer holds
constexpr size_t kTraced = 10;        // contexts whose steps are told
constexpr size_t kSteps = 5'000'000;  // of all evaluations of a request: under a second

fhir::Rejection refused(const char* code, std::string en, std::string zh) {
  return fhir::Rejection(400, code, std::move(en), std::move(zh));
}

// One parameter of the request, as a place in its document: values are read where they stand.
struct Given {
  std::string name;
  Node node;
  Node value;             // value[x] or the resource
  fhir::TypeId type = 0;  // of value[x]; 0 for a resource
};

Given given(Node parameter) {
  const Definitions& r4 = Definitions::r4();
  static const fhir::Type& shape = r4.type(r4.type_id("Parameters.parameter"));
  Given out;
  out.node = parameter;
  for (Node member : parameter) {
    const fhir::Element* element = shape.element(member.name());
    if (member.key() == "name") out.name = member.string();
    if (member.key() == "resource") out.value = member;
    if (element && element->choice) out.value = member, out.type = element->type;
  }
  return out;
}

std::vector<Given> parameters(Node list) {
  std::vector<Given> out;
  if (list && list.kind() == fhir::Kind::array)
    for (Node each : list) out.push_back(given(each));
  return out;
}

// The text of the json-value extension, in which a client may hide a resource from its own parser.
std::optional<std::string> hidden_json(Node parameter) {
  Node extensions = parameter["extension"];
  if (!extensions || extensions.kind() != fhir::Kind::array) return std::nullopt;
  for (Node each : extensions) {
    Node url = each["url"], text = each["valueString"];
    if (url && text && url.string() == kJsonValue) return text.string();
  }
  return std::nullopt;
}

struct Question {
  explicit Question(const Request& request);

  Document document;  // the Parameters
  std::optional<Document> beside;
  std::string expression, context;
  Subject subject;
  std::vector<fhir::Variable> variables;
  bool strict = false, validate = false;
};

PathValue value_of(const Given& parameter) {
  PathValue out;
  out.node = parameter.value;
  out.type = parameter.type;
  return out;
}

Question::Question(const Request& request) : document(Document::parse(request.parameters.json())) {
  for (const Given& each : parameters(document.root()["parameter"])) {
    const bool text = each.value && each.value.kind() == fhir::Kind::string;
    if (each.name == "expression" && text) expression = each.value.string();
    if (each.name == "context" && text) context = each.value.string();
    if (each.name == "strict" && each.value) strict = each.value.is_true();
    if (each.name == "validate" && each.value) validate = each.value.is_true();
    if (each.name == "resource") {
      if (auto json = hidden_json(each.node)) {
        beside = Document::parse(*json);
        subject.resource = beside->root();
      } else if (each.value && each.value.kind() == fhir::Kind::object) {
        subject.resource = each.value;
      }
    }
    if (each.name != "variables") continue;
    for (const Given& part : parameters(each.node["part"]))
      variables.push_back({part.name, part.value ? Collection{value_of(part)} : Collection{}});
  }
  if (expression.empty()) throw refused("required", "parameter expression is missing", "缺少参数 expression");
  if (!subject.resource) throw refused("required", "parameter resource is missing", "缺少参数 resource");
  Node said = subject.resource["resourceType"];
  subject.type = said ? Definitions::r4().type_id(said.string()) : fhir::TypeId{0};
  if (subject.type == 0 || !Definitions::r4().is_resource(subject.type))
    throw refused("value", "parameter resource is not a resource of R4", "参数 resource 不是 R4 资源");
}

Value result_of(const Subject& subject, std::string_view context, const Collection& values,
                const std::vector<RecordHost::Trace>& traces) {
  Value result = Value::object({{"name", "result"}});
  if (!context.empty()) result.set("valueString", context);
  for (const PathValue& value : values) result.in("part").add(part_of(subject, value));
  for (const RecordHost::Trace& trace : traces) {
    Value part = named("trace", trace.name);
    for (const PathValue& value : trace.items) part.in("part").add(part_of(subject, value));
    result.in("part").add(std::move(part));
  }
  return result;
}

const char* rule_of(fhir::PathError::Phase phase) {
  switch (phase) {
    case fhir::PathError::Phase::syntax: return "fhirpath-syntax";
    case fhir::PathError::Phase::semantic: return "fhirpath-semantic";
    default: return "fhirpath-execution";
  }
}

// A fault of the expression that stands in a parameter: where in its text, by line and column.
fhir::Issue located(const fhir::PathError& error, std::string_view parameter, std::string_view text) {
  fhir::Issue issue;
  issue.rule = rule_of(error.phase);
  issue.expression = fmt::format("Parameters.parameter.where(name = '{}').value", parameter);
  issue.en = "FHIRPath: " + error.message.en;
  issue.zh = "表达式有误：" + error.message.zh;
  if (error.offset == fhir::PathError::kNowhere) return issue;
  const auto [line, column] = fhir::Places(text).place(error.offset);
  issue.line = line;
  issue.column = column;
  return issue;
}

// Does the work with the expression of a parameter; its faults say where in it.
template <typename Work>
auto in_parameter(std::string_view parameter, std::string_view text, Work work) {
  try {
    return work();
  } catch (const fhir::PathError& error) {
    throw fhir::Rejection(400, {located(error, parameter, text)});
  }
}

// What strict mode has against it; nothing when there is nothing.
Value objection(const Question& question) {
  try {
    fhir::Expression::compile(question.expression,
                              question.context.empty() ? question.subject.type : fhir::TypeId{0},
                              fhir::Mode::strict);
    return {};
  } catch (const fhir::PathError& error) {
    const fhir::Issue issue = located(error, "expression", question.expression);
    return named("parseDebug", fmt::format("line {}, column {}: {} · {}", issue.line, issue.column,
                                           error.message.zh, error.message.en));
  }
}

// The request again, and what is known of the expression without evaluating it.
Value preamble(const Question& question, const fhir::Expression& expression) {
  Value out = Value::object({{"name", "parameters"}});
  Value& parts = out.in("part");
  parts.add(named("evaluator", "Witmed (R4)"));
  if (const std::string type = expression.result_type(); !type.empty())
    parts.add(named("expectedReturnType", type));
  parts.add(named("parseDebugTree", expression.tree_json()));
  if (question.validate)
    if (Value said = objection(question)) parts.add(std::move(said));
  parts.add(named("expression", question.expression));
  if (!question.context.empty()) parts.add(named("context", question.context));
  parts.add(Value::object({{"name", "resource"}, {"resource", Value::of(question.subject.resource)}}));
  return out;
}

// One request: the expression evaluated on the whole resource, or on each item of the context.
class Evaluation {
 public:
  Evaluation(const Request& request, const Question& question)
      : question_(question), host_(request.record, request.access, request.terminology.get()), places_(question.expression) {
    context_.resource = context_.root_resource = question.subject.resource;
    context_.host = &host_;
    context_.variables = &question.variables;
    context_.zone_minutes = request.zone_minutes;
  }

  Value answer() {
    const fhir::Expression expression = in_parameter("expression", question_.expression, [&] {
      return fhir::Expression::compile(
          question_.expression, question_.context.empty() ? question_.subject.type : fhir::TypeId{0}, mode());
    });
    list_.add(preamble(question_, expression));
    if (question_.context.empty()) {
      PathValue whole;
      whole.node = question_.subject.resource;
      whole.type = question_.subject.type;
      one(expression, whole, {});
    } else {
      each_context(expression);
    }
    for (Value& trace : traces_) list_.add(std::move(trace));
    Value out = Value::object({{"resourceType", "Parameters"}, {"id", "fhirpath"}});
    out.set("parameter", std::move(list_));
    return out;
  }

 private:
  fhir::Mode mode() const { return question_.strict ? fhir::Mode::strict : fhir::Mode::lenient; }

  void each_context(const fhir::Expression& expression) {
    const Subject& subject = question_.subject;
    const Collection focuses = in_parameter("context", question_.context, [&] {
      return fhir::Expression::compile(question_.context, subject.type, mode())
          .evaluate(subject.resource, subject.type, context_);
    });
    if (focuses.size() > kContexts)
      throw refused("too-costly", "the context has too many items", "context 给出的项过多");
    host_.take_traces();
    if (!focuses.empty())
      context_.step_limit = uint32_t(std::min<size_t>(context_.step_limit, kSteps / focuses.size()));
    for (size_t i = 0; i < focuses.size(); ++i) {
      std::string where = place(subject, focuses[i]);
      if (where.empty()) where = question_.context + "[" + std::to_string(i) + "]";
      one(expression, focuses[i], where);
    }
  }

  void one(const fhir::Expression& expression, const PathValue& focus, std::string_view where) {
    fhir::Steps steps;
    const bool watched = question_.validate && traces_.size() < kTraced;
    context_.steps = watched ? &steps : nullptr;
    const Collection values = in_parameter("expression", question_.expression,
                                           [&] { return expression.evaluate(focus, context_); });
    results_ += values.size();
    if (results_ > kResults)
      throw refused("too-costly", "the expression gives too many values", "表达式给出的值过多");
    list_.add(result_of(question_.subject, where, values, host_.take_traces()));
    if (watched) traces_.push_back(debug_trace(question_.subject, where, steps, places_));
  }

  const Question& question_;
  RecordHost host_;
  fhir::Places places_;
  fhir::EvalContext context_;
  Value list_ = Value::list();
  std::vector<Value> traces_;
  size_t results_ = 0;
};

}  // namespace

Plan evaluate(const Request& request) {
  if (!request.parameters)
    throw refused("required", "the body is a Parameters resource with expression and resource",
                  "正文应为 Parameters 资源，含 expression 与 resource");
  const Question question(request);
  return {{}, [made = Evaluation(request, question).answer()](const auto&) { return made; }};
}

}  // namespace witmed::services::expressions
