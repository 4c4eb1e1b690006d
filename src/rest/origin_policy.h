// Which hosts and origins may speak to a server that has no authentication. A page from elsewhere, opened in
// a browser on this machine, must neither read nor write the record: by CORS (Fetch standard), by a foreign
// Host (DNS rebinding), or by a form that posts blindly.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "rest/http/http.h"

namespace witmed::rest {

class OriginPolicy {
 public:
  // `origins`: comma-separated; "loopback" = any on this machine, "*" = all, or whole origins
  // ("https://a.example"). `any_host` is for servers that listen beyond loopback.
  OriginPolicy(std::string_view origins, bool any_host);

  bool host_allowed(std::string_view host) const;  // Host header
  bool allowed(std::string_view origin) const;     // Origin header
  // Is the request from a page of this server itself, or from no page at all?
  static bool same(std::string_view origin, std::string_view host);

  // Lets an allowed page of another origin read the answer.
  void add_headers(http::Response& response, const http::Request& request) const;
  // The answer to a preflight (OPTIONS).
  http::Response preflight(const http::Request& request) const;

 private:
  bool loopback_ = false, all_ = false, any_host_;
  std::vector<std::string> origins_;
};

}  // namespace witmed::rest
