#include "fhir/fhirpath/regex.h"

#include <fmt/format.h>
#include <unicode/regex.h>

#include <memory>
#include <unordered_map>

#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir {
namespace {

constexpr size_t kBacktracks = 10'000;  // between two calls of ICU's match callback
constexpr int32_t kStack = 1 << 20;     // bytes of ICU's backtracking stack
constexpr size_t kPatterns = 256;       // remembered by each thread
constexpr size_t kPatternBytes = 4096;

[[noreturn]] void fail(Said message) {
  throw PathError(PathError::Phase::execution, std::move(message), PathError::kNowhere);
}

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int32_t(text.size())));
}

const icu::RegexPattern& compiled(std::string_view pattern, std::string_view flags) {
  thread_local std::unordered_map<std::string, std::unique_ptr<icu::RegexPattern>> known;
  std::string key = fmt::format("{}\n{}", flags, pattern);
  if (auto found = known.find(key); found != known.end()) return *found->second;
  if (pattern.size() > kPatternBytes) fail(said("regular expression too long", "正则表达式太长"));
  uint32_t options = UREGEX_DOTALL;
  if (flags.find('i') != std::string_view::npos) options |= UREGEX_CASE_INSENSITIVE;
  if (flags.find('m') != std::string_view::npos) options |= UREGEX_MULTILINE;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  std::unique_ptr<icu::RegexPattern> made(icu::RegexPattern::compile(wide(pattern), options, where, status));
  if (U_FAILURE(status)) fail(said("bad regular expression '{}'", "正则表达式“{}”写得不对", pattern));
  if (known.size() >= kPatterns) known.clear();
  return *known.emplace(std::move(key), std::move(made)).first->second;
}

UBool U_CALLCONV spend(const void* machine, int32_t) {
  return const_cast<Machine*>(static_cast<const Machine*>(machine))->spend(kBacktracks);
}

std::unique_ptr<icu::RegexMatcher> matcher(Machine& machine, const icu::RegexPattern& pattern,
                                           const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexMatcher> made(pattern.matcher(text, status));
  if (U_SUCCESS(status)) made->setMatchCallback(spend, &machine, status);
  if (U_SUCCESS(status)) made->setStackLimit(kStack, status);
  if (U_FAILURE(status)) fail(said("regular expression cannot be run", "正则表达式无法执行"));
  return made;
}

}  // namespace

bool regex_finds(Machine& machine, std::string_view text, std::string_view pattern, std::string_view flags,
                 bool whole) {
  icu::UnicodeString input = wide(text);
  auto run = matcher(machine, compiled(pattern, flags), input);
  UErrorCode status = U_ZERO_ERROR;
  bool found = whole ? run->matches(status) : run->find(status);
  if (U_FAILURE(status))
    fail(said("regular expression takes too long on this text", "正则表达式在这段文字上耗时过长"));
  return found;
}

std::string regex_replace(Machine& machine, std::string_view text, std::string_view pattern,
                          std::string_view with, std::string_view flags) {
  icu::UnicodeString input = wide(text);
  auto run = matcher(machine, compiled(pattern, flags), input);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString replaced = run->replaceAll(wide(with), status);
  if (U_FAILURE(status)) fail(said("regular expression cannot replace here", "正则表达式在这里无法替换"));
  std::string out;
  replaced.toUTF8String(out);
  return out;
}

}  // namespace witmed::fhir
