#include "rest/http/request_id.h"

#include <unistd.h>

#include <atomic>
#include <cstring>
#include <random>

#include "base/text.h"

namespace witmed::http {
namespace {

std::atomic<uint64_t> counter{0};

bool is_sane(std::string_view id) {
  if (id.empty() || id.size() > 64) return false;
  for (char c : id) {
    bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && c != '-' && c != '_' && c != '.') return false;
  }
  return true;
}

uint32_t process_prefix() {
  static const uint32_t prefix = std::random_device()();
  return prefix;
}

void put_hex(char* at, uint64_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i, value >>= 4) at[i] = "0123456789abcdef"[value & 15];
}

const char* english(int status) {
  switch (status) {
    case 413: return "the body of the request is longer than this server accepts";
    case 414: return "the address is longer than this server accepts; use POST [type]/_search";
    case 431: return "the header of the request is longer than this server accepts";
    case 503: return "the server is busy with other long requests; try again";
    case 505: return "only HTTP/1.0 and HTTP/1.1 are spoken here";
    default: return "this is not a well-formed HTTP/1.1 request";
  }
}

const char* chinese(int status) {
  switch (status) {
    case 413: return "请求体超出本服务器可接受的长度";
    case 414: return "请求地址过长；请改用 POST [类型]/_search";
    case 431: return "请求头超出本服务器可接受的长度";
    case 503: return "服务器正忙于其他较大的请求，请稍后重试";
    case 505: return "本服务器只支持 HTTP/1.0 与 HTTP/1.1";
    default: return "不是格式正确的 HTTP/1.1 请求";
  }
}

}  // namespace

void RequestId::choose(std::string_view offered) {
  if (is_sane(offered)) {
    std::memcpy(text_.data(), offered.data(), offered.size());
    length_ = static_cast<uint8_t>(offered.size());
    return;
  }
  put_hex(text_.data(), process_prefix(), 8);
  text_[8] = '-';
  put_hex(text_.data() + 9, counter.fetch_add(1, std::memory_order_relaxed), 10);
  length_ = 19;
}

Response refusal_response(int status) {
  Response response;
  response.status = status;
  response.content_type = "application/fhir+json;charset=utf-8";
  const char* code = status == 413 || status == 414 || status == 431 ? "too-long"
                     : status == 503                                 ? "throttled"
                                                                     : "structure";
  if (status == 503) response.add("Retry-After", "1");
  std::string text = R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":")";
  text += code;
  text += R"(","details":{"text":)";
  append_json_string(text, std::string(chinese(status)) + " · " + english(status));
  text += "}}]}";
  return std::move(response.text(std::move(text)));
}

}  // namespace witmed::http
