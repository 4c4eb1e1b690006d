#include "fhir/fhirpath/lexer.h"

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/fhirpath/said.h"
#include "fhir/fhirpath/utf8.h"
#include "fhir/temporal.h"

namespace witmed::fhir {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

[[noreturn]] void fail(Said message, size_t offset) {
  throw PathError(PathError::Phase::syntax, std::move(message), uint32_t(offset));
}

}  // namespace

void Lexer::skip_space() {
  for (;;) {
    char c = peek();
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++at_;
    } else if (c == '/' && peek(1) == '/') {
      while (at_ < text_.size() && peek() != '\n') ++at_;
    } else if (c == '/' && peek(1) == '*') {
      size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) fail(said("comment without end", "注释没有结束"), at_);
      at_ = end + 2;
    } else {
      return;
    }
  }
}

Token Lexer::next() {
  skip_space();
  uint32_t start = uint32_t(at_);
  if (at_ >= text_.size()) return {Token::Kind::end, {}, start};
  char c = peek();
  if (is_digit(c)) return number(start);
  if (is_letter(c)) return {Token::Kind::identifier, std::string(word()), start};
  if (c == '`') return {Token::Kind::delimited, quoted('`'), start};
  if (c == '\'') return {Token::Kind::string, quoted('\''), start};
  if (c == '@') return temporal(start);
  if (c == '$') {
    ++at_;
    return {Token::Kind::dollar, std::string(word()), start};
  }
  if (c == '%') {
    ++at_;
    if (peek() == '`' || peek() == '\'') return {Token::Kind::variable, quoted(peek()), start};
    std::string_view name = word();
    if (name.empty()) fail(said("name expected after %", "% 之后应是名称"), start);
    return {Token::Kind::variable, std::string(name), start};
  }
  for (std::string_view symbol : {"<=", ">=", "!=", "!~"}) {
    if (text_.substr(at_, 2) == symbol) {
      at_ += 2;
      return {Token::Kind::symbol, std::string(symbol), start};
    }
  }
  if (std::string_view(".,()[]{}+-*/|&=~<>").find(c) == std::string_view::npos) {
    fail(
        said("unexpected character '{}'", "不应有的字符“{}”", c >= ' ' && c < 0x7f ? std::string(1, c) : "?"),
        start);
  }
  ++at_;
  return {Token::Kind::symbol, std::string(1, c), start};
}

std::string_view Lexer::word() {
  size_t start = at_;
  while (is_letter(peek()) || is_digit(peek())) ++at_;
  return text_.substr(start, at_ - start);
}

Token Lexer::number(uint32_t start) {
  while (is_digit(peek())) ++at_;
  bool decimal = peek() == '.' && is_digit(peek(1));
  if (decimal) {
    ++at_;
    while (is_digit(peek())) ++at_;
  }
  return {decimal ? Token::Kind::decimal : Token::Kind::integer,
          std::string(text_.substr(start, at_ - start)), start};
}

// @2015, @2015-02T, @2015-02-04T14:34:28.123+10:00, @T14:34
Token Lexer::temporal(uint32_t start) {
  size_t begin = ++at_;
  auto run = [&](std::string_view more) {
    while (is_digit(peek()) || (peek() != '\0' && more.find(peek()) != std::string_view::npos)) ++at_;
  };
  auto clock = [&] {
    while (is_digit(peek()) || peek() == ':' || (peek() == '.' && is_digit(peek(1)))) ++at_;
  };
  if (peek() == 'T') {
    size_t time = ++at_;
    clock();
    std::string text(text_.substr(time, at_ - time));
    if (!parse_time(text)) fail(said("bad time literal", "时刻写得不对"), start);
    // Words by themselves right: what is wrong is the value, as the official suite has it.
    if (peek() == 'Z' ||
        ((peek() == '+' || peek() == '-') && is_digit(peek(1)) && is_digit(peek(2)) && peek(3) == ':'))
      throw PathError(PathError::Phase::execution, said("a time of day has no zone", "时刻不带时区"), start);
    return {Token::Kind::time, text, start};
  }
  run("-");
  std::string text(text_.substr(begin, at_ - begin));
  Token::Kind kind = Token::Kind::date;
  if (peek() == 'T') {
    kind = Token::Kind::date_time;
    ++at_;
    size_t time = at_;
    clock();
    if (at_ > time) {
      if (peek() == 'Z')
        ++at_;
      else if ((peek() == '+' || peek() == '-') && is_digit(peek(1)) && is_digit(peek(2)) && peek(3) == ':')
        at_ += 6;
      text = std::string(text_.substr(begin, std::min(at_, text_.size()) - begin));
    }
  }
  at_ = std::min(at_, text_.size());
  if (!parse_date_time(text)) fail(said("bad date literal", "日期写得不对"), start);
  return {kind, text, start};
}

std::string Lexer::quoted(char quote) {
  size_t start = at_++;
  std::string out;
  while (peek() != quote) {
    if (at_ >= text_.size()) fail(said("text without end", "文字没有结束，少一个引号"), start);
    if (peek() == '\\')
      escape(out);
    else
      out += text_[at_++];
  }
  ++at_;
  return out;
}

void Lexer::escape(std::string& out) {
  size_t start = at_++;
  char c = peek();
  ++at_;
  switch (c) {
    case 'n': out += '\n'; return;
    case 'r': out += '\r'; return;
    case 't': out += '\t'; return;
    case 'f': out += '\f'; return;
    case 'u': break;
    case '\0': fail(said("text without end", "文字没有结束，少一个引号"), start);
    default: out += c; return;  // \\ \/ \' \" \` and, as other engines do, any character for itself
  }
  uint32_t code = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    char digit = peek();
    int value = is_digit(digit)                              ? digit - '0'
                : (digit | 32) >= 'a' && (digit | 32) <= 'f' ? (digit | 32) - 'a' + 10
                                                             : -1;
    if (value < 0)
      fail(said("four hexadecimal digits expected after \\u", "\\u 之后应是四位十六进制数"), start);
    code = code * 16 + uint32_t(value);
  }
  if (code >= 0xD800 && code < 0xE000)
    fail(said("\\u stands for half a character", "\\u 只写了半个字符"), start);
  append_utf8(out, code);
}

}  // namespace witmed::fhir
