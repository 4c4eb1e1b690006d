// Any bytes into the request parser: whole, and in pieces as long as the first byte says. The same requests must be
// read (only a refusal may come earlier or later), and what was read must be readable: addresses, parameters, wishes.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "fhir/issue.h"
#include "rest/http/gzip.h"
#include "rest/http/request_parser.h"
#include "rest/negotiate.h"
#include "rest/params.h"
#include "rest/route.h"

namespace {

using witmed::http::RequestParser;

void read_all(const witmed::http::Request& request) {
  witmed::rest::Params params;
  try {
    witmed::rest::read_language(request.header("Accept-Language"));
    witmed::rest::read_preferences(request.header("Prefer"));
    witmed::http::accepts_gzip(request.header("Accept-Encoding"));
    witmed::rest::read_params(request.query(), params);
    witmed::rest::read_params(request.body, params);
    witmed::rest::read_route(request.path());
    witmed::rest::check_accept(request.header("Accept"));
    witmed::rest::check_content_type(request.header("Content-Type"));
  } catch (const witmed::fhir::Rejection&) {
    // what outside bytes deserve
  }
}

// Everything that was read of a connection, as one text.
std::string run(std::string_view bytes, size_t piece) {
  RequestParser parser;
  std::string held, seen;
  for (size_t at = 0; at < bytes.size(); at += piece) {
    held += bytes.substr(at, piece);
    for (;;) {
      auto step = parser.feed(held);
      held.erase(0, step.consumed);
      if (step.status == RequestParser::Status::refused) return seen;
      if (step.status == RequestParser::Status::more) break;
      const auto& request = parser.request();
      read_all(request);
      seen.append(request.method())
          .append(" ")
          .append(request.target())
          .append("\n")
          .append(request.body)
          .append("\n");
      parser.next();
      if (held.empty()) break;
    }
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (run(bytes, bytes.size() + 1) != run(bytes, data[0] % 64 + 1)) std::abort();
  return 0;
}
