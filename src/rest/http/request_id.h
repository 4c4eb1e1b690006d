// The id that stands in every log line and answer of a request.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "rest/http/http.h"

namespace witmed::http {

class RequestId {
 public:
  // The client's own when it is 1–64 letters, digits, "-", "_" or "."; else a new one, unique in this
  // process's life and by its random beginning over processes.
  void choose(std::string_view offered);
  std::string_view text() const { return {text_.data(), length_}; }

 private:
  std::array<char, 64> text_{};
  uint8_t length_ = 0;
};

// The answer to a request that could not be read as HTTP, as an OperationOutcome.
Response refusal_response(int status);

}  // namespace witmed::http
