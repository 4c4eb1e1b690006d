// Words of a FHIRPath expression (http://hl7.org/fhirpath/N1/#grammar).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::fhir {

struct Token {
  enum class Kind : uint8_t {
    end,
    identifier,
    delimited,
    string,
    integer,
    decimal,
    date,
    date_time,
    time,
    variable,  // %name, text without the %
    dollar,    // $this, $index, $total, text without the $
    symbol,    // operators and brackets, text as written
  };
  Kind kind = Kind::end;
  std::string text;     // value: escapes resolved, without quotes or marks
  uint32_t offset = 0;  // in the expression
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  // Throws PathError(syntax).
  Token next();
  uint32_t at() const { return uint32_t(at_); }  // behind the token that was read last

 private:
  void skip_space();
  Token number(uint32_t start);
  Token temporal(uint32_t start);
  std::string quoted(char quote);
  std::string_view word();
  void escape(std::string& out);

  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace witmed::fhir
