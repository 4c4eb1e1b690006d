#include "services/expressions/record_host.h"

#include "fhir/issue.h"
#include "fhir/reference.h"

namespace witmed::services::expressions {

fhir::Node RecordHost::resolve(std::string_view reference) {
  for (const Target& known : targets_)
    if (known.reference == reference) return known.document ? known.document->root() : fhir::Node();
  const fhir::ReferenceParts parts = fhir::split_reference(reference);
  if (parts.type == 0 || !parts.base.empty()) return {};
  if (targets_.size() >= kTargets)
    throw fhir::Rejection(400, "too-costly", "the expression resolves too many references",
                          "表达式要读取的引用过多");
  Target target{std::string(reference), {}};
  const auto version = record_.read(access_, parts.type, parts.id);
  if (version && !version->removed()) target.document = fhir::Document::parse(*version->text);
  targets_.push_back(std::move(target));
  return targets_.back().document ? targets_.back().document->root() : fhir::Node();
}

void RecordHost::trace(std::string_view name, const fhir::Collection& items) {
  if (traced_ + items.size() > kTraced) return;
  traced_ += items.size() + 1;
  traces_.push_back({std::string(name), items});
}

}  // namespace witmed::services::expressions
