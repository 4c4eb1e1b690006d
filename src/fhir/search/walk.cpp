// The walk of TypeIndex: resource and trie side by side, each member of the resource looked at once.
#include "fhir/search/type_index.h"

namespace witmed::fhir {
namespace {

bool meets(const PathEdge& edge, Node value) {
  if (edge.filter == 0) return true;
  Node member = value[edge.filter];
  std::string scratch;
  return member && member.view(scratch) == edge.equals;
}

// A general expression's value is read as its FHIR type, or as the value that was computed.
void emit_computed(const PathValue& value, ValueSink& sink) {
  IndexEntry entry{};
  entry.part = sink.part;
  if (value.kind != PathValue::Kind::boolean) return;
  entry.kind = IndexEntry::Kind::token;
  entry.b = value.truth ? "true" : "false";
  sink.out.entries.push_back(entry);
}

}  // namespace

void TypeIndex::extract(ValueSink& sink, const std::vector<bool>& allowed) const {
  object(trie_.branches(), sink.resource, sink, allowed);
  for (const General& general : general_) {
    if (!allowed.empty() && !allowed[general.part]) continue;
    evaluate(general, sink);
  }
}

void TypeIndex::object(const std::vector<std::unique_ptr<PathBranch>>& branches, Node value, ValueSink& sink,
                       const std::vector<bool>& allowed) const {
  if (value.kind() != Kind::object) return;
  for (Node member : value) {
    NameId name = member.name();
    if (name == 0) continue;
    for (const auto& branch : branches) {
      if (branch->edge.name == name) walk(*branch, member, sink, allowed);
    }
  }
}

void TypeIndex::walk(const PathBranch& branch, Node value, ValueSink& sink,
                     const std::vector<bool>& allowed) const {
  if (value.kind() != Kind::array) {
    if (branch.edge.index <= 0) item(branch, value, sink, allowed);
    return;
  }
  int32_t at = 0;
  for (Node each : value) {
    uint16_t outer = sink.ordinal;
    if (branch.root) sink.ordinal = uint16_t(std::min(at, 0xffff));
    if (branch.edge.index < 0 || branch.edge.index == at) item(branch, each, sink, allowed);
    sink.ordinal = outer;
    ++at;
  }
}

void TypeIndex::item(const PathBranch& branch, Node value, ValueSink& sink,
                     const std::vector<bool>& allowed) const {
  if (value.kind() == Kind::null || !meets(branch.edge, value)) return;
  for (const PathLeaf& leaf : branch.leaves) {
    if (!allowed.empty() && !allowed[leaf.part]) continue;
    uint16_t ordinal = sink.ordinal;
    sink.part = PartId(first_ + leaf.part);
    if (!leaf.joined) sink.ordinal = 0;
    leaf.emit(sink, value);
    sink.ordinal = ordinal;
  }
  if (!branch.branches.empty()) object(branch.branches, value, sink, allowed);
}

void TypeIndex::evaluate(const General& general, ValueSink& sink) const {
  EvalContext context;
  context.resource = sink.resource;
  sink.part = PartId(first_ + general.part);
  for (const PathValue& value : general.expression.evaluate(sink.resource, resource_, context)) {
    if (value.kind != PathValue::Kind::node) {
      emit_computed(value, sink);
    } else if (Emitter emit = emitter(parts_[general.part].type, value.type); emit != nullptr && value.node) {
      emit(sink, value.node);
    }
  }
}

}  // namespace witmed::fhir
