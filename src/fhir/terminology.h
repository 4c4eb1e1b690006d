// What codes mean, as far as fhir/ has to ask; filled by terminology/. Thread-safe; what is handed out lives as long as the
// Terminology it came from.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace witmed::fhir {

// A Coding (http://hl7.org/fhir/R4/datatypes.html#Coding). Without system: a `code`, of whatever system the value set names.
struct Code {
  std::string_view system, version, code, display;
};

enum class Known : uint8_t { no, yes, unknown };

class Terminology {
 public:
  virtual ~Terminology() = default;

  // unknown is never "no": it says that a value set or a code system, or its content, is not here.
  struct Verdict {
    Known member = Known::unknown;   // of the value set
    Known exists = Known::unknown;   // the code, in its code system
    Known display = Known::unknown;  // is it one of the code's displays? yes when none is given
    std::string_view right;          // the display the code has, where it was looked up
  };
  // `value_set`: canonical url, "|version" allowed; empty asks for the code alone (then member is `exists`).
  virtual Verdict judge(const Code& code, std::string_view value_set) const = 0;

  // Is `ancestor` above `descendant`, or equal to it, in the hierarchy of their code system?
  virtual Known subsumes(std::string_view system, std::string_view ancestor, std::string_view descendant) const = 0;

  // What a search for codes compares with: a code of a system, or all of it (code empty).
  struct Token {
    std::string system, code;
  };
  // Of a value set ("url", "url|version", "ValueSet/id"). nullopt: not known here. Throws Rejection(400): more than `limit`.
  virtual std::optional<std::vector<Token>> tokens(std::string_view /*value_set*/, size_t /*limit*/) const { return {}; }
  // A code and all that stand below it, or above.
  virtual std::optional<std::vector<Token>> relatives(std::string_view /*system*/, std::string_view /*code*/, bool /*below*/,
                                                      size_t /*limit*/) const {
    return {};
  }
};

}  // namespace witmed::fhir
