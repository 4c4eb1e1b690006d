// One FHIR request on its way to its answer: the address read, the wishes understood, who asks.
// The entries of a batch are calls too, so that reading inside a Bundle and outside is the same.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "record/record.h"
#include "rest/http/http.h"
#include "rest/negotiate.h"
#include "rest/params.h"
#include "rest/route.h"

namespace witmed::rest {

struct Api;

struct Call {
  explicit Call(const Api& api) : api(api), access(record::AccessContext::open()) {}

  const Api& api;
  Route route;
  Params params;
  Preferences prefer;
  Language language = Language::zh;
  bool pretty = false;
  std::string base;  // "http://127.0.0.1:8080/fhir"
  std::string accept_language;  // as sent
  std::string if_match, if_none_match, if_none_exist, if_modified_since;
  std::string body;  // as sent
  record::AccessContext access;
};

// What came of it, before it becomes an HTTP response or an entry of a Bundle.
struct Answer {
  int status = 200;
  std::shared_ptr<const std::string> body;  // JSON text; null = none
  uint64_t version = 0;                     // ETag
  int64_t time = 0;                         // Last-Modified, microseconds since 1970
  std::string location;
  std::string plan;               // how a search was walked, for the log of slow requests
  std::string_view content_type;  // a literal; empty = FHIR JSON
  bool formatted = false;         // body has had _pretty already, or must not have it

  static Answer of(int status, std::string text) {
    Answer answer;
    answer.status = status;
    answer.body = std::make_shared<const std::string>(std::move(text));
    return answer;
  }
};

// W/"3" or "3" as a version. nullopt: not an ETag of ours.
std::optional<uint64_t> read_etag(std::string_view text);
// If-Match, when given. Throws Rejection(400) when it is not an ETag.
std::optional<uint64_t> if_match_version(const Call& call);

}  // namespace witmed::rest
