#include "support/http.h"

#include <gtest/gtest.h>

namespace witmed::support {
namespace {

TEST(HttpClient, ReadsAnAnswerOnlyWhenItIsWhole) {
  const std::string bytes =
      "HTTP/1.1 201 Created\r\nlocation:  /fhir/Patient/1 \r\nContent-Length: 4\r\n\r\nbodyHTTP";
  Response response;
  for (size_t n = 0; n < bytes.size() - 4; ++n)
    EXPECT_EQ(parse_response(bytes.substr(0, n), response), 0u) << n;
  EXPECT_EQ(parse_response(bytes, response), bytes.size() - 4);
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "body");
  EXPECT_EQ(response.header("Location"), "/fhir/Patient/1");
  EXPECT_FALSE(response.closes);
}

TEST(HttpClient, JoinsChunks) {
  const std::string bytes =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: "
      "close\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
  Response response;
  EXPECT_EQ(parse_response(bytes.substr(0, bytes.size() - 1), response), 0u);
  EXPECT_EQ(parse_response(bytes, response), bytes.size());
  EXPECT_EQ(response.body, "abc0123456789");
  EXPECT_TRUE(response.closes);
}

TEST(HttpClient, KnowsAnswersWithoutBody) {
  const std::string bytes = "HTTP/1.1 204 No Content\r\nETag: W/\"2\"\r\n\r\n";
  Response response;
  EXPECT_EQ(parse_response(bytes, response), bytes.size());
  EXPECT_EQ(response.header("etag"), "W/\"2\"");
}

TEST(HttpClient, RefusesWhatIsNoHttp) {
  Response response;
  EXPECT_THROW(parse_response("SSH-2.0-x\r\n\r\n", response), std::runtime_error);
  EXPECT_THROW(parse_response("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", response), std::runtime_error);
}

TEST(HttpClient, TakesUrlsApart) {
  const Address address = parse_url("http://example.org:9090/fhir/r4/");
  EXPECT_EQ(address.host, "example.org");
  EXPECT_EQ(address.port, 9090);
  EXPECT_EQ(address.base, "/fhir/r4");
  EXPECT_EQ(parse_url("http://example.org").port, 80);
  EXPECT_THROW(parse_url("ftp://example.org"), std::invalid_argument);
}

}  // namespace
}  // namespace witmed::support
