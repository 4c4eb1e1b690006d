#include "base/pattern.h"

#include <re2/re2.h>

namespace witmed {
namespace {

constexpr size_t kLongest = 4096;           // of an expression
constexpr int64_t kMemory = 1 << 20;  // of one compiled expression, its automaton included

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::optional<Pattern> Pattern::read(std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemory);
  auto compiled = std::make_shared<const RE2>(piece(text), options);
  if (!compiled->ok()) return std::nullopt;
  return Pattern(std::move(compiled));
}

bool Pattern::takes(std::string_view text) const { return RE2::FullMatch(piece(text), *compiled_); }

uint64_t Pattern::cost(std::string_view text) const { return text.size() * static_cast<uint64_t>(compiled_->ProgramSize()); }

std::optional<std::string> Pattern::extract(std::string_view text, const std::string& form) const {
  std::string out;
  if (!RE2::Extract(piece(text), *compiled_, form, &out)) return std::nullopt;
  return out;
}

bool Pattern::allows(const std::string& form) const {
  std::string why;
  return compiled_->CheckRewriteString(form, &why);
}

}  // namespace witmed
