#include "rest/http/response_writer.h"

#include <charconv>

#include "base/clock.h"
#include "base/time.h"

namespace witmed::http {
namespace {

constexpr size_t kCopyMost = 8 << 10;  // up to here copying is cheaper than another piece of a scatter write
constexpr size_t kHeadKept = 256 << 10;  // a buffer that grew beyond is given back

void append_number(std::string& out, uint64_t value) {
  char digits[20];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, static_cast<size_t>(end - digits));
}

bool has_body(int status) { return status != 204 && status != 304 && status >= 200; }

}  // namespace

std::string_view date_line() {
  thread_local int64_t second = -1;
  thread_local std::string line;
  int64_t now = wall_micros() / 1'000'000;
  if (now != second) {
    second = now;
    line = "Date: " + format_http_date(now * 1'000'000) + "\r\n";
  }
  return line;
}

void ResponseWriter::add_head(const Response& response, const Context& context) {
  if (response.status == 200) {
    head_ += "HTTP/1.1 200 OK\r\n";
  } else {
    head_ += "HTTP/1.1 ";
    append_number(head_, static_cast<uint64_t>(response.status));
    head_ += ' ';
    head_ += reason(response.status);
    head_ += "\r\n";
  }
  head_ += date_line();
  if (!response.content_type.empty() && (response.body || response.endless)) {
    head_ += "Content-Type: ";
    head_ += response.content_type;
    head_ += "\r\n";
  }
  if (has_body(response.status) && !response.endless) {
    head_ += "Content-Length: ";
    append_number(head_, response.body ? response.body->size() : 0);
    head_ += "\r\n";
  }
  if (response.gzipped) head_ += "Content-Encoding: gzip\r\n";
  if (response.compressible) head_ += "Vary: Accept-Encoding\r\n";
  head_ += "X-Request-Id: ";
  head_ += context.request_id;
  head_ += "\r\n";
  head_ += response.headers;
  if (context.close) head_ += "Connection: close\r\n";
  head_ += "\r\n";
}

void ResponseWriter::add(const Response& response, const Context& context) {
  size_t begin = head_.size();
  add_head(response, context);
  bool body = response.body && !response.body->empty() && has_body(response.status) && !context.head_only;
  bool copied = body && response.body->size() <= kCopyMost;
  if (copied) head_ += *response.body;
  size_t length = head_.size() - begin;
  if (!segments_.empty() && !segments_.back().owner)
    segments_.back().length += length;
  else
    segments_.push_back({{}, begin, length, nullptr});
  total_ += length;
  if (!body || copied) return;
  segments_.push_back({*response.body, 0, response.body->size(), response.body});
  total_ += response.body->size();
}

void ResponseWriter::add_raw(std::string_view text) {
  size_t begin = head_.size();
  head_ += text;
  segments_.push_back({{}, begin, text.size(), nullptr});
  total_ += text.size();
}

void ResponseWriter::add_piece(std::shared_ptr<const std::string> text) {
  if (text->empty()) return;
  total_ += text->size();
  std::string_view view = *text;
  segments_.push_back({view, 0, view.size(), std::move(text)});
}

size_t ResponseWriter::pieces(iovec* out, size_t count) const {
  size_t skip = sent_, filled = 0;
  for (const Segment& segment : segments_) {
    if (skip >= segment.length) {
      skip -= segment.length;
      continue;
    }
    if (filled == count) break;
    const char* data = segment.owner ? segment.outside.data() : head_.data() + segment.begin;
    out[filled++] = {const_cast<char*>(data + skip), segment.length - skip};
    skip = 0;
  }
  return filled;
}

void ResponseWriter::sent(size_t bytes) {
  sent_ += bytes;
  if (sent_ < total_) return;
  head_.clear();
  if (head_.capacity() > kHeadKept) head_.shrink_to_fit();
  segments_.clear();
  total_ = sent_ = 0;
}

}  // namespace witmed::http
