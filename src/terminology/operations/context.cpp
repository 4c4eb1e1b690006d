#include "terminology/operations/context.h"

#include "terminology/choose.h"
#include "terminology/limits.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

bool usable(const Source& source) {
  if (!source) return false;
  const Content content = source.system().content();
  return content == Content::complete || content == Content::fragment || content == Content::example;
}

}  // namespace

Source Context::find(std::string_view url, std::string_view version) {
  return find_as_asked(url, wishes.version_of(url, version, &used_rules));
}

Source Context::find_as_asked(std::string_view url, std::string_view version) const {
  if (url.empty()) return {};
  Source source = library.source(url, version, required_supplements, wishes.date);
  return usable(source) ? source : Source();
}

std::optional<Finding> Context::check_version(const Source& source, std::string place) const {
  for (const Wishes::VersionRule& rule : wishes.rules) {
    if (rule.mode != Wishes::VersionRule::Mode::check || rule.url != source.url()) continue;
    if (version_matches(rule.version, source.version())) continue;
    return Finding{fhir::Severity::error, "exception", "version-error", std::move(place), message_id(Message::version_check),
                   text(Message::version_check, {source.url(), source.version(), rule.version})};
  }
  return std::nullopt;
}

std::string Context::pinned(std::string_view canonical) {
  const Canonical given = split_canonical(canonical);
  const std::string version = wishes.version_of(given.url, given.version, &used_rules);
  return version.empty() ? std::string(given.url) : std::string(given.url) + "|" + version;
}

std::string Context::known_versions(std::string_view url) const {
  const std::vector<std::string> all = library.versions(url);
  std::string out;
  for (size_t i = 0; i < all.size() && i < kCodesInMessage; ++i) {
    if (i > 0) out += i + 1 < all.size() ? ", " : all.size() == 2 ? " or " : " and ";
    out += all[i];
  }
  return out;
}

std::shared_ptr<const ValueSet> Context::value_set(std::string_view canonical, const ValueSet* from) const {
  if (canonical.starts_with('#')) {
    if (from)
      for (const auto& each : from->contained)
        if (each->definition.id == canonical.substr(1)) return each;
    return nullptr;
  }
  return library.value_set(canonical);
}

void Context::walk() {
  if (++walked > kMaxWalked)
    throw Refusal(422, {fhir::Severity::error, "too-costly", "too-costly", {}, {},
                        wishes.tongue == Tongue::zh ? "值集互相引入的层次过多" : "the value sets import each other too often"});
  check_deadline(wishes.deadline);
}

void Context::require_supplements(const std::vector<Source>& sources) const {
  for (const std::string& wanted : required_supplements) {
    bool used = false;
    for (const Source& source : sources) used = used || (source && source.has_supplement(wanted));
    if (used) continue;
    throw Refusal(422, {fhir::Severity::error, "not-found", "not-found", {}, message_id(Message::supplement_missing),
                        text(Message::supplement_missing, {wanted})});
  }
}

std::shared_ptr<const ConceptBits> Context::chosen(const ConceptSet& set, const Source& source, std::string_view place) const {
  if (!source.book())
    throw Refusal(400, {fhir::Severity::error, "not-supported", "vs-invalid", std::string(place), message_id(Message::filter_not_understood),
                        text(Message::filter_not_understood, {set.filters[0].property, set.filters[0].op, set.filters[0].value, source.url()})});
  try {
    return library.chosen(set, source.pointer(), wishes.deadline);
  } catch (const FilterFault& fault) {
    using Why = FilterFault::Why;
    const Filter& filter = set.filters[fault.index];
    const std::string where = std::string(place) + ".filter[" + std::to_string(fault.index) + "]";
    const auto refuse = [&](const char* code, const char* kind, Message message, std::string words) -> Refusal {
      return Refusal(400, {fhir::Severity::error, code, kind, where, message_id(message), std::move(words)});
    };
    switch (fault.why) {
      case Why::no_value:
        throw refuse("invalid", "vs-invalid", Message::filter_no_value,
                     text(Message::filter_no_value, {source.url(), filter.property, filter.op}));
      case Why::bad_regex:
        throw refuse("invalid", "vs-invalid", Message::filter_bad_regex, text(Message::filter_bad_regex, {filter.value}));
      case Why::too_costly:
        throw refuse("too-costly", "too-costly", Message::filter_too_costly,
                     text(Message::filter_too_costly, {filter.property, filter.op, filter.value}));
      default:
        throw refuse("not-supported", "vs-invalid", Message::filter_not_understood,
                     text(Message::filter_not_understood, {filter.property, filter.op, filter.value, source.url()}));
    }
  }
}

}  // namespace witmed::terminology
