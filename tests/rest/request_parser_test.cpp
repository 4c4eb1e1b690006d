// The reader of HTTP requests: cut anywhere, many in a row, and everything that must be refused.
#include "rest/http/request_parser.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace witmed::http {
namespace {

using Status = RequestParser::Status;

// Feeds in pieces of `size` bytes as a connection would; the status in the end.
Status feed(RequestParser& parser, const std::string& bytes, size_t size) {
  std::string held;
  Status status = Status::more;
  for (size_t at = 0; at < bytes.size() && status == Status::more; at += size) {
    held += bytes.substr(at, size);
    auto step = parser.feed(held);
    status = step.status;
    held.erase(0, step.consumed);
  }
  return status;
}

int refusal(const std::string& bytes) {
  RequestParser parser;
  return feed(parser, bytes, bytes.size()) == Status::refused ? parser.error_status() : 0;
}

TEST(RequestParser, ReadsTheSameHoweverItIsCut) {
  const std::string bytes =
      "POST /fhir/Patient?a=%20 HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n"
      "If-None-Exist:  identifier=1 \r\nContent-Length: 11\r\n\r\nhello\nworld";
  for (size_t size = 1; size <= bytes.size(); ++size) {
    RequestParser parser;
    ASSERT_EQ(feed(parser, bytes, size), Status::complete) << size;
    Request& request = parser.request();
    EXPECT_EQ(request.method(), "POST");
    EXPECT_EQ(request.path(), "/fhir/Patient");
    EXPECT_EQ(request.query(), "a=%20");
    EXPECT_EQ(request.header("content-TYPE"), "application/fhir+json");
    EXPECT_EQ(request.header("if-none-exist"), "identifier=1");
    EXPECT_EQ(request.header("absent"), "");
    EXPECT_EQ(request.body, "hello\nworld");
    EXPECT_TRUE(request.keep_alive);
  }
}

TEST(RequestParser, ChunkedBodiesAreJoined) {
  const std::string bytes =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n5;ext=1\r\ndefgh\r\n0\r\nTrailer: t\r\n\r\n";
  for (size_t size = 1; size <= bytes.size(); ++size) {
    RequestParser parser;
    ASSERT_EQ(feed(parser, bytes, size), Status::complete) << size;
    EXPECT_EQ(parser.request().body, "abcdefgh");
    EXPECT_EQ(parser.request().header("Trailer"), "");
  }
}

TEST(RequestParser, OneAfterTheOther) {
  RequestParser parser;
  std::string bytes = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.0\r\n\r\n";
  auto step = parser.feed(bytes);
  ASSERT_EQ(step.status, Status::complete);
  EXPECT_EQ(parser.request().target(), "/1");
  parser.next();
  step = parser.feed(std::string_view(bytes).substr(step.consumed));
  ASSERT_EQ(step.status, Status::complete);
  EXPECT_EQ(parser.request().target(), "/2");
  EXPECT_FALSE(parser.request().keep_alive);
}

TEST(RequestParser, RefusesWhatIsNoRequest) {
  EXPECT_EQ(refusal("\x16\x03\x01\x02hello, TLS\r\n\r\n"), 400);
  EXPECT_EQ(refusal("GET\r\n\r\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost x\r\n\r\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n\r\n"), 400) << "HTTP/1.1 without Host";
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
  EXPECT_EQ(refusal("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"), 400);
  EXPECT_EQ(refusal("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), 400);
}

// Two readers that disagree on where a body ends let one client speak in another's name (RFC 9112
// section 11.2).
TEST(RequestParser, RefusesTwoLengths) {
  EXPECT_EQ(
      refusal(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      400);
  EXPECT_EQ(refusal("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n012345"),
            400);
}

TEST(RequestParser, RefusesWhatIsTooLong) {
  std::string url(limits::kUrlBytes + 1, 'a');
  EXPECT_EQ(refusal("GET /" + url + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
  EXPECT_EQ(refusal("GET /" + url + url), 414) << "a line that does not end";
  std::string value(limits::kHeaderBytes, 'a');
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nX: " + value + "\r\n\r\n"), 431);
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 200; ++i) many += "X: 1\r\n";
  EXPECT_EQ(refusal(many + "\r\n"), 431);
  std::string length = std::to_string(uint64_t{limits::kBodyBytes} + 1);
  EXPECT_EQ(refusal("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n"), 413);
  EXPECT_EQ(refusal("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n"), 400);
}

TEST(RequestParser, AChunkedBodyHasALimitToo) {
  RequestParser parser;
  std::string bytes = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 40; ++i) bytes += "100000\r\n" + std::string(1 << 20, 'a') + "\r\n";
  Status status = feed(parser, bytes, 1 << 20);
  EXPECT_EQ(status, Status::refused);
  EXPECT_EQ(parser.error_status(), 413);
}

}  // namespace
}  // namespace witmed::http
