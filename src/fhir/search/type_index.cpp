#include "fhir/search/type_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <mutex>

#include "base/hash.h"

namespace witmed::fhir {
namespace {

// Texts of parts live as long as the process: one per part of each type that is used.
std::string_view keep(std::string text) {
  static std::mutex mutex;
  static std::deque<std::string> texts;
  std::lock_guard lock(mutex);
  return texts.emplace_back(std::move(text));
}

std::string without_target(const Ast& ast) {
  if (trailing_target(ast) == 0) return normalised(ast);
  Ast rest = ast;
  rest.args.pop_back();
  return normalised(rest);
}

// http://hl7.org/fhir/R4/search.html#token: implied for booleans; the second is where the code system itself stands.
constexpr std::string_view kBooleans[] = {"http://hl7.org/fhir/special-values", "http://terminology.hl7.org/CodeSystem/special-values"};

bool reads_whole_resource(std::string_view expression) { return expression.starts_with("%resource"); }

}  // namespace

TypeIndex::TypeIndex(TypeId resource, PartId first) : resource_(resource), first_(first) {
  auto params = Definitions::r4().search_params(resource);
  params_.resize(params.size());
  for (size_t i = 0; i < params.size(); ++i) {
    if (params[i].type != SearchType::composite) add_param(params[i], params_[i]);
  }
  for (size_t i = 0; i < params.size(); ++i) {
    if (params[i].type == SearchType::composite) add_composite(params[i], params_[i]);
  }
  build_trie();
  for (const Part& part : parts_) ids_.push_back(part.id);
}

const TypeIndex::Param& TypeIndex::param(const SearchParam& param) const {
  size_t at = size_t(&param - Definitions::r4().search_params(resource_).data());
  return params_.at(at);
}

void TypeIndex::add_param(const SearchParam& param, Param& out) {
  // _id and _lastUpdated are known to the store; _text and the like have no expression.
  if (param.expression.empty() || param.code == "_id" || param.code == "_lastUpdated") return;
  auto program = compile_program(param.expression, resource_);
  for (const Ast* ast : alternatives(program->root)) {
    out.target = trailing_target(*ast);
    PartId id = part(*ast, param.type);
    if (std::find(out.parts.begin(), out.parts.end(), id) == out.parts.end()) out.parts.push_back(id);
  }
}

// The part of an expression: an existing one when it was seen before.
PartId TypeIndex::part(const Ast& ast, SearchType type) {
  std::string text = without_target(ast);
  for (const Part& known : parts_) {
    if (known.expression == text && known.type == type) return known.id;
  }
  Part made{};
  made.id = PartId(first_ + parts_.size());
  made.resource = resource_;
  made.type = type;
  made.expression = keep(text);
  std::string_view name = Definitions::r4().type(resource_).name;
  made.identity = fnv1a(fmt::format("{}|{}|{}", name, text, int(type)));
  parts_.push_back(made);
  Source source;
  if (auto path = compile_path(ast, resource_)) {
    source.chains = std::move(path->chains);
  } else {
    general_.push_back({uint16_t(parts_.size() - 1), Expression::compile(text, resource_)});
    if (text.find(".exists()") != std::string::npos) parts_.back().systems = kBooleans;
  }
  if (type == SearchType::token) describe_token(source.chains, parts_.back());
  for (const PathChain& chain : source.chains)
    if (type == SearchType::reference && !chain.empty() && Definitions::r4().type(chain.back().type).name != "Reference") parts_.back().canonical = true;
  sources_.push_back(std::move(source));
  return made.id;
}

// What the element's own type says about its codes: the system is implied by a required binding.
void TypeIndex::describe_token(const std::vector<PathChain>& chains, Part& part) const {
  const Definitions& r4 = Definitions::r4();
  if (chains.size() != 1 || chains.front().empty()) return;
  const PathChain& chain = chains.front();
  const TypeId owner = chain.size() > 1 ? chain[chain.size() - 2].type : resource_;
  const Element* element = r4.type(owner).element(chain.back().name);
  const std::string_view type = r4.type(chain.back().type).name;
  if (type == "boolean") part.systems = kBooleans;
  part.folded = type == "string";
  if (type != "code" || element == nullptr || element->binding_strength != 4) return;
  part.systems = r4.value_set_systems(element->binding);
  part.mime = element->binding.starts_with("http://hl7.org/fhir/ValueSet/mimetypes");
}

void TypeIndex::add_composite(const SearchParam& param, Param& out) {
  auto program = compile_program(param.expression, resource_);
  for (const Ast* ast : alternatives(program->root)) {
    auto path = compile_path(*ast, resource_);
    if (!path) continue;
    CompositeRoot root;
    for (const Component& each : param.components) {
      root.push_back(
          component(each, normalised(*ast), path->chains.empty() ? 0 : path->chains.front().size()));
      out.parts.insert(out.parts.end(), root.back().parts.begin(), root.back().parts.end());
    }
    out.roots.push_back(std::move(root));
  }
}

CompositeComponent TypeIndex::component(const Component& component, const std::string& root, size_t depth) {
  CompositeComponent out;
  auto relative = compile_program(component.expression, 0);
  for (const Ast* ast : alternatives(relative->root)) {
    std::string text = normalised(*ast);
    bool whole = reads_whole_resource(text);
    if (whole)
      text = fmt::format("{}{}", Definitions::r4().type(resource_).name,
                         text.substr(std::string_view("%resource").size()));
    else
      text = fmt::format("{}.{}", root, text);
    if (size_t wrong = text.find("(DateTime)"); wrong != std::string::npos)
      text[wrong + 1] = 'd';  // as R4 writes dateTime here
    auto program = compile_program(text, resource_);
    PartId id = part(program->root, component.param->type);
    out.parts.push_back(id);
    out.joined = !whole;
    if (!whole && depth > 0) sources_[id - first_].joined_depth = depth;
  }
  return out;
}

void TypeIndex::build_trie() {
  for (size_t i = 0; i < parts_.size(); ++i) {
    for (const PathChain& chain : sources_[i].chains) {
      if (chain.empty()) continue;
      if (Emitter emit = emitter(parts_[i].type, chain.back().type, chain.back().name)) {
        trie_.add(chain, uint16_t(i), sources_[i].joined_depth, emit);
      }
    }
  }
  sources_ = {};
}

}  // namespace witmed::fhir
