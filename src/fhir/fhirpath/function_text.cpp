// Text (http://hl7.org/fhirpath/N1/#string-manipulation). Positions count characters, not bytes.
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "fhir/fhirpath/encoding.h"
#include "fhir/fhirpath/function_bodies.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/regex.h"
#include "fhir/fhirpath/said.h"
#include "fhir/fhirpath/utf8.h"

namespace witmed::fhir::functions {
namespace {

using VK = Item::Kind;

constexpr size_t kLongest = Machine::kLongestText;

// The one text that a function works on; nothing when empty.
std::optional<std::string_view> subject(Machine& machine, const Ast& call, const Items& input) {
  auto value = machine.single(input);
  if (!value && input.size() == 1 && input[0].node && input[0].node.kind() == Kind::object) {
    machine.fail(said("{}() wants text", "{}() 要的是文字", call.text), call.offset);
  }
  if (!value) return std::nullopt;
  if (value->kind != VK::string)
    machine.fail(said("{}() wants text", "{}() 要的是文字", call.text), call.offset);
  machine.tick(value->text.size() / 64);
  return value->text;
}

void push(Items& out, bool truth) { out.push_back(Item::of(truth)); }
void push(Items& out, int64_t number) { out.push_back(Item::of(number)); }
void push(Items& out, std::string_view text) { out.push_back(Item::of(VK::string, text)); }

void push(Machine& machine, Items& out, std::string text) { push(out, machine.keep(std::move(text))); }

// Both texts, then the answer; empty when one is missing.
template <typename Body>
void with_argument(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Body body) {
  auto text = subject(machine, call, input);
  auto other = machine.text(call.args[0], scope);
  if (text && other) body(*text, *other);
}

std::string cased(std::string_view text, bool up) {
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int32_t(text.size())));
  up ? wide.toUpper(icu::Locale::getRoot()) : wide.toLower(icu::Locale::getRoot());
  std::string out;
  wide.toUTF8String(out);
  return out;
}

std::string_view flags(Machine& machine, const Ast& call, const Scope& scope, size_t at) {
  return call.args.size() > at ? machine.text(call.args[at], scope).value_or("") : std::string_view();
}

void position(std::string_view text, size_t found, Items& out) {
  push(out, found == std::string_view::npos ? -1 : int64_t(count_characters(text.substr(0, found))));
}

}  // namespace

void index_of(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope,
                [&](auto text, auto part) { position(text, text.find(part), out); });
}

void last_index_of(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope,
                [&](auto text, auto part) { position(text, text.rfind(part), out); });
}

void substring(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto text = subject(machine, call, input);
  auto start = machine.integer(call.args[0], scope);
  if (!text || !start || *start < 0) return;
  size_t from = byte_of_character(*text, size_t(*start));
  if (from >= text->size()) return;
  std::string_view rest = text->substr(from);
  if (call.args.size() > 1) {
    if (auto count = machine.integer(call.args[1], scope)) {
      rest = *count <= 0 ? std::string_view() : rest.substr(0, byte_of_character(rest, size_t(*count)));
    }
  }
  push(out, rest);
}

void starts_with(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope,
                [&](auto text, auto part) { push(out, text.starts_with(part)); });
}

void ends_with(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope, [&](auto text, auto part) { push(out, text.ends_with(part)); });
}

void contains_text(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope,
                [&](auto text, auto part) { push(out, text.find(part) != std::string_view::npos); });
}

void upper(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (auto text = subject(machine, call, input)) push(machine, out, cased(*text, true));
}

void lower(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (auto text = subject(machine, call, input)) push(machine, out, cased(*text, false));
}

void replace(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto text = subject(machine, call, input);
  auto pattern = machine.text(call.args[0], scope), with = machine.text(call.args[1], scope);
  if (!text || !pattern || !with) return;
  std::string made;
  for (size_t at = 0;;) {
    if (made.size() > kLongest) break;
    if (pattern->empty()) {  // around every character
      made += *with;
      if (at == text->size()) break;
      size_t next = at + byte_of_character(text->substr(at), 1);
      made += text->substr(at, next - at);
      at = next;
      continue;
    }
    size_t found = text->find(*pattern, at);
    made += text->substr(at, found - at);
    if (found == std::string_view::npos) break;
    made += *with;
    at = found + pattern->size();
  }
  push(machine, out, std::move(made));
}

void matches(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope, [&](auto text, auto pattern) {
    push(out, regex_finds(machine, text, pattern, flags(machine, call, scope, 1), false));
  });
}

void matches_full(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope, [&](auto text, auto pattern) {
    push(out, regex_finds(machine, text, pattern, flags(machine, call, scope, 1), true));
  });
}

void replace_matches(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto text = subject(machine, call, input);
  auto pattern = machine.text(call.args[0], scope), with = machine.text(call.args[1], scope);
  if (!text || !pattern || !with) return;
  if (pattern->empty()) return push(out, *text);
  push(machine, out, regex_replace(machine, *text, *pattern, *with, flags(machine, call, scope, 2)));
}

void length(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (auto text = subject(machine, call, input)) push(out, int64_t(count_characters(*text)));
}

void to_chars(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  auto text = subject(machine, call, input);
  if (!text) return;
  machine.tick(text->size());
  for (size_t at = 0; at < text->size();) {
    size_t next = at + byte_of_character(text->substr(at), 1);
    push(out, text->substr(at, next - at));
    at = next;
  }
}

void encode(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope, [&](auto text, auto format) {
    if (auto made = encoded(text, format)) push(machine, out, std::move(*made));
  });
}

void decode(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope, [&](auto text, auto format) {
    auto made = decoded(text, format);
    if (made && is_utf8(*made)) push(machine, out, std::move(*made));
  });
}

void escape(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope, [&](auto text, auto format) {
    if (auto made = escaped(text, format)) push(machine, out, std::move(*made));
  });
}

void unescape(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope, [&](auto text, auto format) {
    if (auto made = unescaped(text, format)) push(machine, out, std::move(*made));
  });
}

void trim(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (auto text = subject(machine, call, input)) push(out, witmed::trim(*text));
}

void split(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  with_argument(machine, call, input, scope, [&](std::string_view text, std::string_view separator) {
    if (separator.empty()) return push(out, text);
    machine.tick(text.size());
    for (;;) {
      size_t found = text.find(separator);
      push(out, text.substr(0, found));
      if (found == std::string_view::npos) return;
      text.remove_prefix(found + separator.size());
    }
  });
}

void join(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  std::string_view separator;
  if (!call.args.empty()) separator = machine.text(call.args[0], scope).value_or("");
  std::string made;
  bool first = true;
  for (const Item& item : input) {
    auto value = machine.system(item);
    if (!value) continue;
    if (value->kind != VK::string) machine.fail(said("join() wants text", "join() 要的是文字"), call.offset);
    if (!first) made += separator;
    first = false;
    made += value->text;
    if (made.size() > kLongest) break;
  }
  push(machine, out, std::move(made));
}

}  // namespace witmed::fhir::functions
