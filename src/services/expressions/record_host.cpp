#include "services/expressions/record_host.h"

#include "fhir/issue.h"
#include "fhir/json/member.h"
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

namespace {

std::optional<bool> truth(fhir::Known known) {
  if (known == fhir::Known::unknown) return std::nullopt;
  return known == fhir::Known::yes;
}

fhir::Known judge(const fhir::Terminology& terminology, fhir::Node coding, std::string_view value_set) {
  if (coding.kind() != fhir::Kind::object) return fhir::Known::no;
  const std::string system = text_of(coding, "system"), version = text_of(coding, "version"), code = text_of(coding, "code");
  if (code.empty()) return fhir::Known::no;
  return terminology.judge({system, version, code, {}}, value_set).member;
}

}  // namespace

// A CodeableConcept is in a value set when one of its codings is; a Quantity by its unit.
std::optional<bool> RecordHost::member_of(const fhir::PathValue& coded, std::string_view value_set) {
  if (!terminology_) return std::nullopt;
  if (coded.kind == fhir::PathValue::Kind::string) return truth(terminology_->judge({{}, {}, coded.text, {}}, value_set).member);
  if (coded.kind != fhir::PathValue::Kind::node) return std::nullopt;
  if (coded.node.kind() == fhir::Kind::string) return truth(terminology_->judge({{}, {}, coded.node.string(), {}}, value_set).member);
  if (coded.node.kind() != fhir::Kind::object) return std::nullopt;
  const fhir::Node codings = coded.node["coding"];
  if (!codings) return truth(judge(*terminology_, coded.node, value_set));
  fhir::Known best = fhir::Known::no;
  for (const fhir::Node coding : codings) {
    const fhir::Known its = judge(*terminology_, coding, value_set);
    if (its == fhir::Known::yes) return true;
    if (its == fhir::Known::unknown) best = its;
  }
  return truth(best);
}

std::optional<bool> RecordHost::subsumes(std::string_view system, std::string_view ancestor, std::string_view descendant) {
  return terminology_ ? truth(terminology_->subsumes(system, ancestor, descendant)) : std::nullopt;
}

void RecordHost::trace(std::string_view name, const fhir::Collection& items) {
  if (traced_ + items.size() > kTraced) return;
  traced_ += items.size() + 1;
  traces_.push_back({std::string(name), items});
}

}  // namespace witmed::services::expressions
