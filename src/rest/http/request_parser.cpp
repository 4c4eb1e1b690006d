#include "rest/http/request_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

#include "base/limits.h"
#include "base/text.h"

namespace witmed::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::http::error;

constexpr uint32_t kHeadBytes = limits::kUrlBytes + limits::kHeaderBytes;
constexpr size_t kFieldsMax = 100;            // header fields of a request; browsers send about 20
constexpr uint64_t kBodyReserve = 256 << 10;  // believed of Content-Length before the bytes are there

// Beast's parser only finds the pieces; they are kept in the Request.
class Parser final : public beast::http::basic_parser<true> {
 public:
  explicit Parser(Request& request) : request_(request) {
    header_limit(kHeadBytes);
    body_limit(limits::kBodyBytes);
    eager(true);
  }
  int refusal = 0;  // status chosen by a callback
  bool expects_continue = false;

 private:
  void refuse(int status, error_code& ec) {
    refusal = status;
    ec = error::bad_value;
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                       error_code& ec) override {
    if (target.size() > limits::kUrlBytes) return refuse(414, ec);
    if (version != 10 && version != 11) return refuse(505, ec);
    version_ = version;
    request_.set_line({method.data(), method.size()}, {target.data(), target.size()});
  }

  void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
                     error_code& ec) override {
    if (is_header_done()) return;  // trailers of a chunked body say nothing that we use
    header_bytes_ += name.size() + value.size() + 4;
    if (header_bytes_ > limits::kHeaderBytes || ++fields_ > kFieldsMax) return refuse(431, ec);
    if (field == beast::http::field::host && ++hosts_ > 1) return refuse(400, ec);
    if (field == beast::http::field::expect && equal_nocase({value.data(), value.size()}, "100-continue"))
      expects_continue = true;
    request_.add_header({name.data(), name.size()}, {value.data(), value.size()});
  }

  void on_header_impl(error_code& ec) override {
    if (version_ == 11 && hosts_ == 0) return refuse(400, ec);
    request_.keep_alive = keep_alive();
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& ec) override {
    if (!length) return;
    if (*length > limits::kBodyBytes) return refuse(413, ec);
    request_.body.reserve(std::min(*length, kBodyReserve));
  }

  size_t take(beast::string_view part, error_code& ec) {
    if (request_.body.size() + part.size() > limits::kBodyBytes) {
      refuse(413, ec);
      return 0;
    }
    request_.body.append(part.data(), part.size());
    return part.size();
  }

  size_t on_body_impl(beast::string_view part, error_code& ec) override { return take(part, ec); }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  size_t on_chunk_body_impl(std::uint64_t, beast::string_view part, error_code& ec) override {
    return take(part, ec);
  }
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, beast::string_view, int, error_code&) override {}

  Request& request_;
  size_t header_bytes_ = 0, fields_ = 0;
  int hosts_ = 0, version_ = 0;
};

int status_for(const error_code& ec, bool line_read) {
  if (ec == error::body_limit) return 413;
  // A request line that does not end is too long an address; otherwise the header is what is too long.
  if (ec == error::header_limit) return line_read ? 431 : 414;
  if (ec == error::bad_version) return 505;
  return 400;
}

}  // namespace

struct RequestParser::Machine {
  std::optional<Parser> parser;
};

RequestParser::RequestParser() : machine_(std::make_unique<Machine>()) { machine_->parser.emplace(request_); }
RequestParser::~RequestParser() = default;

void RequestParser::next() {
  request_.clear();
  machine_->parser.emplace(request_);
}

RequestParser::Step RequestParser::feed(std::string_view data) {
  Parser& parser = *machine_->parser;
  size_t consumed = 0;
  error_code ec;
  // RFC 9112 section 2.2: empty lines before a request line are skipped.
  while (!parser.got_some() && consumed < data.size() && (data[consumed] == '\r' || data[consumed] == '\n'))
    ++consumed;
  while (!parser.is_done() && consumed < data.size()) {
    size_t used = parser.put(boost::asio::const_buffer(data.data() + consumed, data.size() - consumed), ec);
    consumed += used;
    if (ec == error::need_more) break;
    if (ec) {
      error_status_ = parser.refusal ? parser.refusal : status_for(ec, !request_.method().empty());
      return {Status::refused, consumed};
    }
    if (used == 0) break;
  }
  return {parser.is_done() ? Status::complete : Status::more, consumed};
}

bool RequestParser::started() const { return machine_->parser->got_some(); }
bool RequestParser::header_done() const { return machine_->parser->is_header_done(); }

bool RequestParser::expects_continue() const {
  bool expected = machine_->parser->expects_continue;
  machine_->parser->expects_continue = false;
  return expected;
}

}  // namespace witmed::http
