// From what was found out about each coding to the Parameters of the answer.
#include <algorithm>

#include "terminology/operations/answer.h"
#include "terminology/operations/validation.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;
using fhir::Value;

bool is_absolute(std::string_view url) {
  return url.starts_with("http:") || url.starts_with("https:") || url.starts_with("urn:") || url.find("://") != std::string_view::npos;
}

// "'system|version#code ('display')'"
std::string spelled(const Coding& coding) {
  std::string out = "'" + coding.system;
  if (!coding.version.empty()) out += "|" + coding.version;
  out += "#" + coding.code;
  if (!coding.display.empty()) out += " ('" + coding.display + "')";
  return out += "'";
}

}  // namespace

void Validation::say_message(std::string text) {
  if (std::find(messages_.begin(), messages_.end(), text) == messages_.end()) messages_.push_back(std::move(text));
}

void Validation::say(Finding finding, bool in_message) {
  if (in_message) say_message(finding.text);
  findings_.add(std::move(finding));
}

// That a definition is not for use, or not yet.
void Validation::say_status(const Definition& definition, std::string_view type) {
  std::optional<Message> message;
  const Definition& from = set_->definition;
  if (definition.standards_status == "deprecated") message = Message::of_deprecated;
  else if (definition.standards_status == "withdrawn") message = Message::withdrawn;
  else if (definition.status == "retired") message = Message::retired;
  else if (definition.experimental && !from.experimental) message = Message::experimental;
  else if ((definition.status == "draft" || definition.standards_status == "draft") && from.status != "draft" &&
           from.standards_status != "draft")
    message = Message::draft;
  if (!message) return;
  findings_.add_if_new({Severity::information, "business-rule", "status-check", {}, message_id(*message),
                        context_.text(*message, {type, definition.canonical()})});
}

Value Validation::run(const Coded& coded) {
  say_status(set_->definition, "ValueSet");
  std::vector<bool> matched(coded.codings.size(), false);
  for (size_t i = 0; i < coded.codings.size(); ++i) {
    Coding coding = coded.codings[i];
    const std::string place = coded.place(i);
    if (coding.code.empty()) {
      const Message message = coding.system.empty() ? Message::no_system_or_code : Message::no_code;
      say({Severity::warning, "invalid", "invalid-data", place, message_id(message), context_.text(message, {coding.system})});
      no_code_ = true;
      break;
    }
    const std::string given_system = coding.system;
    Checked checked = check(set_, place, coding);
    matched[i] = checked.in == true;
    if (last_code_.empty() || checked.in == true) {
      last_system_ = given_system;
      last_code_ = coding.code;
      last_version_ = coding.version;
    }
    if (last_version_.empty()) last_version_ = checked.version;
    codes_text_.append(codes_text_.empty() ? "" : ", ").append(spelled(coding));
    if (checked.in == false && !of_system_ && coded.form == Coded::Form::concept_)
      findings_.add({Severity::information, "code-invalid", "this-code-not-in-vs", place + ".code", message_id(Message::not_in_value_set),
                     context_.text(Message::not_in_value_set, {spelled(coding), value_set_name()})});
    if (ok_ != true && checked.in != false) ok_ = checked.in;
    if (checked.in != true) {
      look_outside(coded, i, coding);
      continue;
    }
    if (!coding.display.empty() && !checked.names.empty()) check_display(checked, coding, place);
    if (!told_code_.empty()) continue;
    told_system_ = given_system;
    told_code_ = coding.code;
    told_place_ = place;
    told_version_ = checked.version;
    const Name* shown = best_name(checked.names, wishes_.languages());
    if (!shown) shown = best_name(checked.names, {});
    if (shown) told_display_ = shown->value;
  }
  soften_unchecked(coded, matched);
  tell_not_in(coded);
  return answer(coded);
}

std::string Validation::value_set_name() const {
  const std::string name = set_->definition.canonical();
  return name.empty() ? "(unidentified)" : name;
}

// A code that is not in the value set: what does its system say of it?
void Validation::look_outside(const Coded& coded, size_t index, Coding& coding) {
  if (wishes_.membership_only || coding.system.empty()) return;
  const std::string place = coded.place(index);
  if (!is_absolute(coding.system))
    say({Severity::error, "invalid", "invalid-data", below(place, "system"), message_id(Message::system_relative),
         context_.text(Message::system_relative, {})});
  const std::string wanted = coding.version.empty() ? newest_included(coding.system) : coding.version;
  const Source source = context_.find(coding.system, wanted);
  if (!source) {
    std::optional<Message> message;
    std::string named = coding.system;
    if (context_.library.value_set(coding.system)) message = Message::system_is_value_set;
    else if (const SystemPtr supplement = context_.library.supplement(coding.system))
      message = Message::is_supplement, named = supplement->definition.canonical();
    if (!message) return tell_unknown_system(coding.system, wanted, place);
    say({Severity::error, "invalid", "invalid-data", below(place, "system"), message_id(*message), context_.text(*message, {named})});
    return;
  }
  if (auto refused = context_.check_version(source, below(place, "version"))) findings_.add_if_new(std::move(*refused));
  say_status(source.system().definition, "CodeSystem");
  const auto found = source.locate(coding.code);
  if (!found) {
    const std::string key = source.canonical() + "#" + coding.code;
    if (std::find(seen_unknown_.begin(), seen_unknown_.end(), key) != seen_unknown_.end()) return;
    seen_unknown_.push_back(key);
    const bool fragment = source.system().content() != Content::complete;
    const Message message = fragment ? Message::unknown_code_fragment
                            : source.version().empty() ? Message::unknown_code : Message::unknown_code_version;
    Finding finding{fragment ? Severity::warning : Severity::error, "code-invalid", "invalid-code", below(place, "code"),
                    message_id(message), context_.text(message, {coding.code, source.url(), source.version()})};
    if (!fragment) say_message(finding.text);
    findings_.add_if_new(std::move(finding));
    return;
  }
  if (!inactive_ && source.inactive(*found)) note_inactive(source, *found, place, coding.code, true);
  const std::vector<Name> names = source.names(*found);
  if (const Name* shown = best_name(names, wishes_.languages())) told_display_ = shown->value;
  else if (const Name* any = best_name(names, {})) told_display_ = any->value;
  check_display_of_outsider(names, source, coding, place);
  if (last_version_.empty() && coded.form != Coded::Form::concept_) last_version_ = source.version();
}

// One coding is in the value set: that another could not be checked is worth a warning, no more.
void Validation::soften_unchecked(const Coded& coded, const std::vector<bool>& matched) {
  if (coded.form != Coded::Form::concept_ || std::find(matched.begin(), matched.end(), true) == matched.end()) return;
  for (size_t i = 0; i < matched.size(); ++i) {
    if (matched[i]) continue;
    for (Finding& each : findings_.all())
      if (each.severity == Severity::error && std::string_view(each.kind) == "not-found" && each.place == coded.place(i) + ".system")
        each.severity = Severity::warning;
  }
}

void Validation::tell_not_in(const Coded& coded) {
  const bool concept_form = coded.form == Coded::Form::concept_;
  const bool no_summary = no_code_ && (!concept_form || of_system_);
  if (ok_ != false || no_summary || (of_system_ && findings_.has_errors())) return;
  Finding finding{Severity::error, "code-invalid", "not-in-vs", {}, {}, {}};
  const Message message = concept_form ? Message::no_valid_coding : Message::not_in_value_set;
  finding.id = message_id(message);
  finding.text = concept_form ? context_.text(message, {value_set_name()}) : context_.text(message, {codes_text_, value_set_name()});
  if (!concept_form) finding.place = below(coded.place(), "code");
  say(std::move(finding));
}

Value Validation::answer(const Coded& coded) {
  const bool concept_form = coded.form == Coded::Form::concept_;
  Answer out;
  const bool valid = ok_ == true && !findings_.has_errors();
  out.add("result", "valueBoolean", Value(valid));
  if (!told_system_.empty()) out.add("system", "valueUri", told_system_);
  else if (ok_ == true && !inferred_.empty()) out.add("system", "valueUri", inferred_);
  else if (!last_system_.empty() && !concept_form) out.add("system", "valueUri", last_system_);
  for (const std::string& each : unknown_systems_)
    if (!valid) out.add(ok_ == false ? "x-unknown-system" : "x-caused-by-unknown-system", "valueCanonical", each);
  if (!normal_code_.empty()) out.add("normalized-code", "valueCode", normal_code_);
  if (!told_code_.empty()) out.add("code", "valueCode", told_code_);
  else if (!last_code_.empty() && !concept_form) out.add("code", "valueCode", last_code_);
  if (!told_version_.empty()) out.add("version", "valueString", told_version_);
  else if (!last_version_.empty() && !concept_form) out.add("version", "valueString", last_version_);
  if (!told_display_.empty() && (!told_code_.empty() || (!last_code_.empty() && !concept_form)))
    out.add("display", "valueString", told_display_);
  if (inactive_) {
    if (!concept_form || (!told_code_.empty() && inactive_place_ == told_place_)) {
      out.add("inactive", "valueBoolean", Value(true));
      if (!status_.empty() && status_ != "inactive") out.add("status", "valueCode", status_);
    }
    const Message message = status_ == "inactive" || status_ == "DISCOURAGED" ? Message::inactive : Message::inactive_too;
    say({Severity::warning, "business-rule", "code-comment", inactive_place_.empty() ? "code" : inactive_place_, message_id(message),
         context_.text(message, {inactive_code_, status_})});
  } else if (status_ == "deprecated") {
    out.add("status", "valueCode", status_);
    say({Severity::warning, "business-rule", "code-comment", coded.place().empty() ? "code" : coded.place(), message_id(Message::deprecated),
         context_.text(Message::deprecated, {last_code_})});
  }
  for (const Finding& each : findings_.all())
    if (each.severity == Severity::error) say_message(each.text);
  if (!messages_.empty()) {
    std::sort(messages_.begin(), messages_.end());
    std::string all;
    for (const std::string& each : messages_) all.append(all.empty() ? "" : "; ").append(each);
    out.add("message", "valueString", all);
  }
  if (concept_form) out.add("codeableConcept", "valueCodeableConcept", *coded.concept_value);
  if (!findings_.empty()) out.add_resource("issues", findings_.outcome());
  return out.take();
}

}  // namespace witmed::terminology
