#include "fhir/search/custom.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "base/error.h"
#include "base/hash.h"
#include "fhir/search/part_path.h"
#include "fhir/search/values.h"
#include "fhir/temporal.h"

namespace witmed::fhir {
namespace {

constexpr size_t kPool = 25'000;

struct Pool {
  std::mutex mutex;
  std::array<std::atomic<const CustomParam*>, kPool> all{};
  size_t count = 0;
};

Pool& pool() {
  static Pool instance;
  return instance;
}

std::optional<SearchType> search_type(std::string_view code) {
  constexpr std::pair<std::string_view, SearchType> kTypes[] = {
      {"number", SearchType::number}, {"date", SearchType::date},         {"string", SearchType::string}, {"token", SearchType::token},
      {"uri", SearchType::uri},       {"quantity", SearchType::quantity}, {"reference", SearchType::reference}};
  for (const auto& [name, type] : kTypes)
    if (name == code) return type;
  return std::nullopt;
}

std::vector<std::string> texts(Node array) {
  std::vector<std::string> out;
  if (array && array.kind() == Kind::array)
    for (Node item : array) out.push_back(item.string());
  return out;
}

std::string text(Node object, std::string_view key) {
  Node value = object[key];
  return value ? value.string() : std::string();
}

// The type that an alternative begins on: "Patient.name" → Patient; 0 when it begins with an element.
TypeId leading_type(std::string_view alternative) {
  const size_t begin = alternative.find_first_not_of('(');
  if (begin == std::string_view::npos) return 0;
  const size_t end = std::min(alternative.find_first_of(".() ", begin), alternative.size());
  return Definitions::r4().type_id(alternative.substr(begin, end - begin));
}

// The alternatives that concern a type, and the type that all of them are limited to.
std::string expression_for(const std::string& whole, TypeId type, TypeId& target) {
  const auto program = compile_program(whole, 0);
  std::string out;
  for (const Ast* ast : alternatives(program->root)) {
    std::string one = normalised(*ast);
    const TypeId leads = leading_type(one);
    if (leads != 0 && !Definitions::r4().is_a(type, leads)) continue;
    if (const TypeId limit = trailing_target(*ast)) {
      Ast rest = *ast;
      rest.args.pop_back();
      one = normalised(rest);
      target = limit;
    }
    if (!out.empty()) out += " | ";
    out += one;
  }
  return out;
}

const CustomParam* intern(CustomParam made) {
  Pool& p = pool();
  std::lock_guard lock(p.mutex);
  for (size_t i = 0; i < p.count; ++i)
    if (const CustomParam* known = p.all[i]; known->part.identity == made.part.identity) return known;
  if (p.count == kPool) throw Failure("more search parameters of its own than a record has room for");
  auto* kept = new CustomParam(std::move(made));  // never freed: index entries name it
  kept->part.id = static_cast<PartId>(kCustomFirst + p.count);
  kept->part.expression = kept->text;
  kept->param.code = kept->code;
  kept->param.url = kept->url;
  kept->param.expression = kept->text;
  kept->param.targets = kept->targets;
  kept->param.custom = kept->part.id;
  p.all[p.count++] = kept;
  return kept;
}

void emit_computed(const PathValue& value, SearchType type, ValueSink& sink) {
  IndexEntry entry{};
  entry.part = sink.part;
  switch (value.kind) {
    case PathValue::Kind::boolean:
      if (type != SearchType::token) return;
      entry.kind = IndexEntry::Kind::token;
      entry.b = value.truth ? "true" : "false";
      break;
    case PathValue::Kind::integer:
      if (type != SearchType::number) return;
      entry.kind = IndexEntry::Kind::number;
      entry.number = entry.number_high = static_cast<double>(value.integer);
      break;
    case PathValue::Kind::string: {
      const std::string_view kept = sink.out.arena.emplace_back(value.text);
      if (type == SearchType::token) entry.kind = IndexEntry::Kind::token, entry.b = kept;
      else if (type == SearchType::string) entry.kind = IndexEntry::Kind::string, entry.a = kept;
      else if (type == SearchType::uri) entry.kind = IndexEntry::Kind::uri, entry.a = kept;
      else return;
      break;
    }
    case PathValue::Kind::date:
    case PathValue::Kind::dateTime: {
      const auto parsed = parse_date_time(value.text);
      if (type != SearchType::date || !parsed) return;
      const Span known = span(*parsed, sink.settings.zone_minutes);
      entry.kind = IndexEntry::Kind::date;
      entry.low = known.low;
      entry.high = known.high;
      break;
    }
    default: return;
  }
  sink.out.entries.push_back(entry);
}

void evaluate(const CustomParam& param, Node resource, TypeId type, ValueSink& sink) {
  EvalContext context;
  context.resource = resource;
  sink.part = param.part.id;
  try {
    for (const PathValue& value : param.expression.evaluate(resource, type, context)) {
      if (value.kind != PathValue::Kind::node) emit_computed(value, param.part.type, sink);
      else if (Emitter emit = emitter(param.part.type, value.type); emit != nullptr && value.node) emit(sink, value.node);
    }
  } catch (const PathError&) {
    // This resource has no value that the expression can be asked for.
  }
}

}  // namespace

std::vector<const CustomParam*> compile_custom(Node resource, std::string& why) {
  const Definitions& r4 = Definitions::r4();
  std::vector<const CustomParam*> out;
  const std::string code = text(resource, "code"), expression = text(resource, "expression");
  const auto type = search_type(text(resource, "type"));
  if (text(resource, "status") != "active") why = "status is not active";
  else if (!type) why = "parameters of this type are not indexed";
  else if (expression.empty()) why = "has no expression";
  if (!why.empty()) return out;
  for (const std::string& base : texts(resource["base"])) {
    const TypeId named = r4.type_id(base);
    for (const TypeId on : r4.resource_types()) {
      if (named == 0 || !r4.is_a(on, named) || r4.search_param(on, code) != nullptr) continue;
      try {
        TypeId target = 0;
        const std::string its = expression_for(expression, on, target);
        if (its.empty()) continue;
        CustomParam made{code, text(resource, "url"), its, {}, {}, {}, target, Expression::compile(its, on)};
        for (const std::string& name : texts(resource["target"]))
          if (const TypeId id = r4.type_id(name); id != 0 && r4.is_resource(id)) made.targets.push_back(id);
        made.param.type = *type;
        made.param.base = on;
        made.part.resource = on;
        made.part.type = *type;
        made.part.identity = fnv1a(fmt::format("custom|{}|{}|{}|{}", r4.type(on).name, code, its, int(*type)));
        out.push_back(intern(std::move(made)));
      } catch (const Rejection& rejection) {
        why = rejection.what();
      }
    }
  }
  if (out.empty() && why.empty()) why = "every type that it stands on has a parameter of this code already";
  return out;
}

const CustomParam& custom_param(PartId part) { return *pool().all.at(static_cast<size_t>(part - kCustomFirst)).load(); }

const SearchParam* search_param(const ExtractSettings& settings, TypeId type, std::string_view code) {
  if (const SearchParam* known = Definitions::r4().search_param(type, code)) return known;
  if (!settings.custom) return nullptr;
  const auto set = settings.custom->load();
  for (const auto& state : set->all)
    if (!state.leaving && state.param->param.base == type && state.param->code == code) return &state.param->param;
  return nullptr;
}

bool indexed(const ExtractSettings& settings, const SearchParam& param) {
  if (param.custom == 0) return true;
  if (!settings.custom) return false;
  const auto set = settings.custom->load();
  for (const auto& state : set->all)
    if (&state.param->param == &param) return state.ready && !state.leaving;
  return false;
}

void extract_custom(Node resource, TypeId type, const ExtractSettings& settings, Extraction& out, std::span<const PartId> only) {
  ValueSink sink{settings, resource, out};
  if (only.empty()) {
    if (!settings.custom) return;
    const auto set = settings.custom->load();
    for (const auto& state : set->all)
      if (state.param->part.resource == type) evaluate(*state.param, resource, type, sink);
    return;
  }
  for (const PartId id : only)
    if (id >= kCustomFirst && custom_param(id).part.resource == type) evaluate(custom_param(id), resource, type, sink);
}

}  // namespace witmed::fhir
