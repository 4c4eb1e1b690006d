#include "services/expressions/evaluate.h"

#include <algorithm>
#include <optional>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/issue.h"
#include "services/expressions/record_host.h"

namespace witmed::services::expressions {
namespace {

using fhir::Collection;
using fhir::Definitions;
using fhir::Document;
using fhir::Node;
using fhir::PathValue;
using fhir::Value;

constexpr std::string_view kJsonValue = "http://fhir.forms-lab.com/StructureDefinition/json-value";
constexpr std::string_view kResourcePath = "http://fhir.forms-lab.com/StructureDefinition/resource-path";
constexpr size_t kContexts = 1000;    // items that an expression is evaluated on
constexpr size_t kResults = 10'000;   // values that an answer holds
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
  Node resource;
  fhir::TypeId type = 0;
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
        resource = beside->root();
      } else if (each.value && each.value.kind() == fhir::Kind::object) {
        resource = each.value;
      }
    }
    if (each.name != "variables") continue;
    for (const Given& part : parameters(each.node["part"]))
      variables.push_back({part.name, part.value ? Collection{value_of(part)} : Collection{}});
  }
  if (expression.empty()) throw refused("required", "parameter expression is missing", "缺少参数 expression");
  if (!resource) throw refused("required", "parameter resource is missing", "缺少参数 resource");
  Node said = resource["resourceType"];
  type = said ? Definitions::r4().type_id(said.string()) : fhir::TypeId{0};
  if (type == 0 || !Definitions::r4().is_resource(type))
    throw refused("value", "parameter resource is not a resource of R4", "参数 resource 不是 R4 资源");
}

// "Patient.name[0]": where it stands in the resource that was sent; empty for what stands elsewhere.
std::string place(const Question& question, const PathValue& value) {
  Node node = value.node ? value.node : value.sibling;
  if (value.kind != PathValue::Kind::node || !node || &node.document() != &question.resource.document())
    return {};
  const Document& document = node.document();
  std::string whole = document.path(question.resource), path = document.path(node);
  if (!path.starts_with(whole)) return {};
  return std::string(Definitions::r4().type(question.type).name) + path.substr(whole.size());
}

// The name that value[x] of a parameter has for a type; empty when a parameter cannot hold it.
std::string_view property_for(fhir::TypeId type) {
  const Definitions& r4 = Definitions::r4();
  static const fhir::Type& shape = r4.type(r4.type_id("Parameters.parameter"));
  for (const fhir::Element& element : shape.elements)
    if (element.choice && element.type == type) return r4.text(element.name);
  return {};
}

Value quantity(const PathValue& value) {
  Value out = Value::object({{"value", Value::parse(value.number)}});
  const bool word = value.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos &&
                    value.text.size() > 3;  // "month": of the calendar, not of UCUM
  out.set("unit", value.text);
  if (!word) {
    out.set("system", "http://unitsofmeasure.org");
    out.set("code", value.text);
  }
  return out;
}

void set_computed(Value& part, const PathValue& value) {
  using Kind = PathValue::Kind;
  switch (value.kind) {
    case Kind::boolean: return part.set("valueBoolean", Value(value.truth));
    case Kind::integer: {
      const bool small = value.integer >= INT32_MIN && value.integer <= INT32_MAX;
      return part.set(small ? "valueInteger" : "valueDecimal", Value::number(value.integer));
    }
    case Kind::decimal: return part.set("valueDecimal", Value::parse(value.text));
    case Kind::date: return part.set("valueDate", value.text);
    case Kind::dateTime: return part.set("valueDateTime", value.text);
    case Kind::time: return part.set("valueTime", value.text);
    case Kind::quantity: return part.set("valueQuantity", quantity(value));
    default: return part.set("valueString", value.text);
  }
}

void set_node(Value& part, const PathValue& value) {
  const Definitions& r4 = Definitions::r4();
  if (value.type != 0 && r4.is_resource(value.type) && value.node)
    return part.set("resource", Value::of(value.node));
  const std::string_view property = property_for(value.type);
  if (!property.empty()) {
    if (value.node) part.set(property, Value::of(value.node));
    if (value.sibling) part.set("_" + std::string(property), Value::of(value.sibling));
    return;
  }
  if (!value.node) return;
  part.in("extension").add(Value::object({{"url", kJsonValue}, {"valueString", value.node.raw()}}));
}

// "string" as the Lab calls it, for a computed value and for one of the resource alike.
std::string part_name(const PathValue& value) {
  if (value.kind == PathValue::Kind::string && value.text.empty()) return "empty-string";
  std::string name = fhir::type_name(value);
  constexpr std::string_view kSystem = "System.";
  if (!name.starts_with(kSystem) || value.kind == PathValue::Kind::quantity) {
    if (value.kind == PathValue::Kind::quantity) return "Quantity";
    return name.empty() ? "unknown" : name;
  }
  name.erase(0, kSystem.size());
  name[0] = char(name[0] | 0x20);
  return name;
}

Value part_of(const Question& question, const PathValue& value) {
  Value part = Value::object();
  const std::string where = place(question, value);
  if (!where.empty())
    part.in("extension").add(Value::object({{"url", kResourcePath}, {"valueString", where}}));
  part.set("name", part_name(value));
  value.kind == PathValue::Kind::node ? set_node(part, value) : set_computed(part, value);
  return part;
}

Value named(std::string_view name, std::string_view text) {
  return Value::object({{"name", name}, {"valueString", text}});
}

Value result_of(const Question& question, std::string_view context, const Collection& values,
                const std::vector<RecordHost::Trace>& traces) {
  Value result = Value::object({{"name", "result"}});
  if (!context.empty()) result.set("valueString", context);
  for (const PathValue& value : values) result.in("part").add(part_of(question, value));
  for (const RecordHost::Trace& trace : traces) {
    Value part = named("trace", trace.name);
    for (const PathValue& value : trace.items) part.in("part").add(part_of(question, value));
    result.in("part").add(std::move(part));
  }
  return result;
}

// What strict mode has against it; nothing when there is nothing.
std::string objection(const Question& question) {
  try {
    fhir::Expression::compile(question.expression, question.context.empty() ? question.type : fhir::TypeId{0},
                              fhir::Mode::strict);
    return {};
  } catch (const fhir::PathError& error) {
    return error.what();
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
    if (const std::string text = objection(question); !text.empty()) parts.add(named("parseDebug", text));
  parts.add(named("expression", question.expression));
  if (!question.context.empty()) parts.add(named("context", question.context));
  parts.add(Value::object({{"name", "resource"}, {"resource", Value::of(question.resource)}}));
  return out;
}

Collection bounded(Collection values, size_t& results) {
  results += values.size();
  if (results > kResults)
    throw refused("too-costly", "the expression gives too many values", "表达式给出的值过多");
  return values;
}

Value answer(const Request& request) {
  const Question question(request);
  const fhir::Mode mode = question.strict ? fhir::Mode::strict : fhir::Mode::lenient;
  const bool whole = question.context.empty();
  const auto expression =
      fhir::Expression::compile(question.expression, whole ? question.type : fhir::TypeId{0}, mode);
  RecordHost host(request.record, request.access);
  fhir::EvalContext context;
  context.resource = context.root_resource = question.resource;
  context.host = &host;
  context.variables = &question.variables;
  context.zone_minutes = request.zone_minutes;

  Value out = Value::object({{"resourceType", "Parameters"}, {"id", "fhirpath"}});
  Value& list = out.in("parameter");
  list.add(preamble(question, expression));
  size_t results = 0;
  if (whole) {
    const Collection values =
        bounded(expression.evaluate(question.resource, question.type, context), results);
    list.add(result_of(question, {}, values, host.take_traces()));
    return out;
  }
  const Collection places = fhir::Expression::compile(question.context, question.type, mode)
                                .evaluate(question.resource, question.type, context);
  if (places.size() > kContexts)
    throw refused("too-costly", "the context has too many items", "context 给出的项过多");
  host.take_traces();
  if (!places.empty())
    context.step_limit = uint32_t(std::min<size_t>(context.step_limit, kSteps / places.size()));
  for (size_t i = 0; i < places.size(); ++i) {
    std::string where = place(question, places[i]);
    if (where.empty()) where = question.context + "[" + std::to_string(i) + "]";
    const Collection values = bounded(expression.evaluate(places[i], context), results);
    list.add(result_of(question, where, values, host.take_traces()));
  }
  return out;
}

}  // namespace

Plan evaluate(const Request& request) {
  if (!request.parameters)
    throw refused("required", "the body is a Parameters resource with expression and resource",
                  "正文应为 Parameters 资源，含 expression 与 resource");
  return {{}, [made = answer(request)](const auto&) { return made; }};
}

}  // namespace witmed::services::expressions
