// Is the display of a coding one of the names of its code?
#include <algorithm>

#include "terminology/display.h"
#include "terminology/limits.h"
#include "terminology/operations/validation.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;

// Names in these languages; those that do not say theirs are of all.
bool in_languages(const Name& name, const Languages& languages) {
  return name.language.empty() || languages.empty() || languages.take(name.language);
}

std::string with_or(const std::vector<std::string>& items) {
  std::string out;
  for (size_t i = 0; i < items.size() && i < kCodesInMessage; ++i) {
    if (i > 0) out += i + 1 < items.size() ? ", " : " or ";
    out += items[i];
  }
  return out;
}

}  // namespace

Validation::Fit Validation::fits(const std::vector<Name>& names, const std::string& display, const std::string& default_language,
                                 bool active_only) const {
  const auto usable = [&](const Name& name) {
    if (active_only && !name.active()) return false;
    if (!default_language.empty() && !name.language.empty() && agree(default_language, name.language, Agreement::language)) return true;
    return in_languages(name, wishes_.languages());
  };
  Fit fit = Fit::none;
  for (const Name& name : names) {
    if (!usable(name)) continue;
    if (same_display(name.value, display)) return Fit::same;
    if (same_words(name.value, display)) fit = Fit::words;
  }
  return fit;
}

// In the languages asked for, as exactly as there are any.
size_t Validation::count_displays(const std::vector<Name>& names, bool displays_only) const {
  const Languages& languages = wishes_.languages();
  for (const Agreement how : {Agreement::whole, Agreement::region, Agreement::language}) {
    const auto wanted = [&](const Name& name) {
      if (displays_only && !name.shown_first()) return false;
      if (name.language.empty() || languages.empty()) return true;
      return std::any_of(languages.wishes().begin(), languages.wishes().end(),
                         [&](const auto& wish) { return wish.quality > 0 && agree(wish.tag, name.language, how); });
    };
    if (const auto n = std::count_if(names.begin(), names.end(), wanted)) return static_cast<size_t>(n);
  }
  return 0;
}

std::string Validation::presented(const std::vector<Name>& names, bool displays_only) const {
  std::vector<std::string> out;
  for (const bool any_language : {false, true}) {
    for (const Name& name : names) {
      if (displays_only && !name.shown_first()) continue;
      if (!any_language && !in_languages(name, wishes_.languages())) continue;
      out.push_back("'" + name.value + "'" + (name.language.empty() ? "" : " (" + name.language + ")"));
    }
    if (!out.empty()) break;
  }
  return with_or(out);
}

void Validation::check_display(const Checked& checked, const Coding& coding, const std::string& place) {
  const Fit fit = fits(checked.names, coding.display, {}, false);
  const std::string at = below(place, "display"), languages = wishes_.language_summary();
  const Severity wrong = wishes_.lenient_display ? Severity::warning : Severity::error;
  if (fit == Fit::same) {
    if (fits(checked.names, coding.display, {}, true) == Fit::same) return;
    std::vector<std::string> right;
    std::string status;
    for (const Name& name : checked.names) {
      if (name.active() && name.shown_first()) right.push_back("\"" + name.value + "\"");
      if (same_display(name.value, coding.display)) status = name.status;
    }
    say({Severity::warning, "invalid", "display-comment", at, message_id(Message::display_inactive),
         context_.text(Message::display_inactive, {coding.display, coding.code, status, with_or(right)})}, false);
    return;
  }
  size_t count = count_displays(checked.names, true);
  Severity severity = wrong;
  if (count == 0) {
    severity = Severity::warning;
    count = count_displays(checked.names, false);
  }
  Finding finding{severity, "invalid", "invalid-display", at, {}, {}};
  Message message;
  if (count == 0) {
    const Name* shown = best_name(checked.names, {});
    if (!shown) {
      message = Message::display_none_at_all;
      finding.text = context_.text(message, {coding.display, coding.system, coding.code});
    } else if (fits(checked.names, coding.display, checked.default_language, false) == Fit::same) {
      message = Message::display_none_ok;
      finding.severity = Severity::information;
      finding.text = context_.text(message, {coding.display, coding.system, coding.code, languages});
    } else {
      message = Message::display_none_wrong;
      finding.severity = wrong;
      finding.text = context_.text(message, {coding.display, coding.system, coding.code, languages, shown->value});
    }
  } else {
    message = fit == Fit::words ? (count == 1 ? Message::display_space_one : Message::display_space_other)
                                : (count == 1 ? Message::display_one : Message::display_other);
    finding.text = context_.text(message, {coding.display, coding.system, coding.code, presented(checked.names, true), languages,
                                           std::to_string(count)});
  }
  finding.id = message_id(message);
  say(std::move(finding));
}

// Of a code that is not in the value set but in its system.
void Validation::check_display_of_outsider(const std::vector<Name>& names, const Source& source, const Coding& coding,
                                           const std::string& place) {
  if (coding.display.empty() || names.empty()) return;
  const std::string& own = source.system().definition.language;
  const Fit fit = fits(names, coding.display, own.empty() ? "en" : own, false);
  if (fit == Fit::same) return;
  const size_t count = count_displays(names, true);
  Finding finding{wishes_.lenient_display ? Severity::warning : Severity::error, "invalid", "invalid-display", below(place, "display"), {}, {}};
  Message message = Message::display_none_at_all;
  if (count == 0) {
    finding.severity = Severity::warning;
    finding.text = context_.text(message, {coding.display, source.url(), coding.code});
  } else {
    message = fit == Fit::words ? (count == 1 ? Message::display_space_one : Message::display_space_other)
                                : (count == 1 ? Message::display_one : Message::display_other);
    finding.text = context_.text(message, {coding.display, source.url(), coding.code, presented(names, true), wishes_.language_summary(),
                                           std::to_string(count)});
  }
  finding.id = message_id(message);
  say(std::move(finding));
}

}  // namespace witmed::terminology
