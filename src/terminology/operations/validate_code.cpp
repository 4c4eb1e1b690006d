// ValueSet/$validate-code, CodeSystem/$validate-code and ValueSet/$expand: from parameters to what is asked about.
#include "terminology/operations/answer.h"
#include "terminology/operations/expansion.h"
#include "terminology/operations/operations.h"
#include "terminology/operations/validation.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;
using fhir::Value;

std::shared_ptr<const ValueSet> named_set(Context& context, const Input& input, const Subject& subject) {
  if (subject.value_set) return subject.value_set;
  const Canonical url = split_canonical(input.text("url"));
  if (url.url.empty())
    throw Refusal(400, {Severity::error, "invalid", "invalid-data", {}, {}, "No ValueSet specified - provide url parameter or valueSet resource"});
  const std::string_view version = input.text("valueSetVersion").empty() ? url.version : input.text("valueSetVersion");
  const std::string pinned = context.wishes.version_of(url.url, version, &context.used_rules);
  const std::string canonical = pinned.empty() ? std::string(url.url) : std::string(url.url) + "|" + pinned;
  if (auto set = context.library.value_set(canonical)) return set;
  throw Refusal(422, {Severity::error, "not-found", "not-found", {}, message_id(Message::unknown_value_set),
                      context.text(Message::unknown_value_set, {canonical})});
}

// Refusals that answer the question: the code is not valid, and this is why.
Value invalid(Context& context, const Coded& coded, const Finding& finding, std::string_view unknown_system) {
  Findings findings;
  findings.add(finding);
  Answer out;
  out.add("result", "valueBoolean", Value(false));
  out.add("message", "valueString", finding.text);
  if (coded.form == Coded::Form::concept_) {
    out.add("codeableConcept", "valueCodeableConcept", *coded.concept_value);
  } else {
    const Coding& coding = coded.codings.front();
    if (!coding.system.empty()) out.add("system", "valueUri", coding.system);
    std::string version = coding.version;
    if (version.empty() && !coding.system.empty())
      if (const Source source = context.find(coding.system, {})) version = source.version();
    if (!version.empty()) out.add("version", "valueString", version);
    if (!coding.code.empty()) out.add("code", "valueCode", coding.code);
  }
  if (!unknown_system.empty()) out.add("x-caused-by-unknown-system", "valueCanonical", Value(unknown_system));
  out.add_resource("issues", findings.outcome());
  return out.take();
}

std::shared_ptr<const ValueSet> set_of_system(const Source& source) {
  Value include = Value::object({{"system", source.url()}});
  if (!source.version().empty()) include.set("version", source.version());
  Value set = Value::object({{"resourceType", "ValueSet"}, {"url", source.url() + "/vs"}, {"status", "active"}});
  if (!source.version().empty()) set.set("version", source.version());
  set.set("compose", Value::object({{"include", Value::list({std::move(include)})}}));
  return ValueSet::parse(set.json());
}

}  // namespace

Value validate_in_set(Context& context, const Input& input, const Subject& subject) {
  const auto set = named_set(context, input, subject);
  const auto coded = Coded::read(input, false);
  if (!coded)
    throw Refusal(422, {Severity::error, "invalid", "", {}, {},
                        "Unable to find code to validate (looked for coding | codeableConcept | code+system | code+inferSystem in parameters"});
  if (coded->form != Coded::Form::code) context.wishes.infer_system = false;
  Validation validation(context, set, false);
  try {
    validation.prepare();
  } catch (const Refusal& refusal) {
    // An import that is not here is an answer; a value set that cannot be worked with is not.
    if (refusal.finding.id != message_id(Message::unknown_value_set)) throw;
    return invalid(context, *coded, refusal.finding, {});
  }
  return validation.run(*coded);
}

Value validate_in_system(Context& context, const Input& input, const Subject& subject) {
  const auto coded = Coded::read(input, true);
  if (!coded)
    throw Refusal(400, {Severity::error, "invalid", "", {}, {},
                        "Unable to find code to validate (looked for coding | codeableConcept | code in parameters)"});
  context.wishes.infer_system = false;
  context.required_supplements = context.wishes.supplements;
  const Coding first = coded->codings.empty() ? Coding() : coded->codings.front();
  const std::string_view given = input.text("url");
  const std::string url = subject.system ? subject.system->definition.url : given.empty() ? first.system : std::string(given);
  if (url.empty())
    return invalid(context, *coded, {Severity::warning, "invalid", "invalid-data", coded->place(0), message_id(Message::no_system),
                                     context.text(Message::no_system, {})}, {});
  std::string version(subject.system ? std::string_view(subject.system->definition.version) : input.text("version"));
  if (version.empty() && given.empty() && !subject.system) version = first.version;
  const Source source = context.find(url, version);
  if (source) {
    context.require_supplements({source});
    Coded here = *coded;
    for (Coding& each : here.codings)
      if (each.system.empty() && here.form == Coded::Form::code) each.system = url;
    return Validation(context, set_of_system(source), true).run(here);
  }
  const std::string place = coded->form == Coded::Form::code ? "system" : coded->place(0) + ".system";
  if (context.library.value_set(url))
    return invalid(context, *coded, {Severity::error, "invalid", "invalid-data", place, message_id(Message::system_is_value_set),
                                     context.text(Message::system_is_value_set, {url})}, {});
  if (const SystemPtr supplement = context.library.supplement(url))
    return invalid(context, *coded, {Severity::error, "invalid", "invalid-data", place, message_id(Message::is_supplement),
                                     context.text(Message::is_supplement, {supplement->definition.canonical()})}, {});
  const std::string known = context.known_versions(url);
  const std::string wanted = context.wishes.version_of(url, version);
  const Message message = wanted.empty() ? Message::unknown_system : known.empty() ? Message::unknown_version_none : Message::unknown_version;
  return invalid(context, *coded, {Severity::error, "not-found", "not-found", place, message_id(message),
                                   context.text(message, {url, wanted, known})},
                 wanted.empty() || known.empty() ? url : url + "|" + wanted);
}

Value expand(Context& context, const Input& input, const Subject& subject) {
  return Expansion(context).run(named_set(context, input, subject));
}

}  // namespace witmed::terminology
