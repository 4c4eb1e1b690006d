#include "rest/origin_policy.h"

#include <algorithm>

#include "base/text.h"

namespace witmed::rest {
namespace {

// "localhost:8080", "[::1]:80" → the name.
std::string_view name_of(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_loopback_name(std::string_view name) {
  return equal_nocase(name, "localhost") || name == "[::1]" ||
         (name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos);
}

// "http://localhost:5173" → "localhost:5173".
std::string_view host_of(std::string_view origin) {
  size_t at = origin.find("://");
  return at == std::string_view::npos ? std::string_view() : origin.substr(at + 3);
}

}  // namespace

OriginPolicy::OriginPolicy(std::string_view origins, bool any_host) : any_host_(any_host) {
  for (std::string_view item : split(origins, ',')) {
    item = trim(item);
    if (item == "*")
      all_ = true;
    else if (item == "loopback")
      loopback_ = true;
    else if (!item.empty())
      origins_.emplace_back(item);
  }
}

bool OriginPolicy::host_allowed(std::string_view host) const {
  return any_host_ || host.empty() || is_loopback_name(name_of(host));
}

bool OriginPolicy::allowed(std::string_view origin) const {
  if (all_) return true;
  if (loopback_ && is_loopback_name(name_of(host_of(origin)))) return true;
  return std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

bool OriginPolicy::same(std::string_view origin, std::string_view host) {
  return origin.empty() || (!host.empty() && equal_nocase(host_of(origin), host));
}

void OriginPolicy::add_headers(http::Response& response, const http::Request& request) const {
  std::string_view origin = request.header("Origin");
  if (origin.empty()) return;
  response.add("Vary", "Origin");
  if (!allowed(origin)) return;
  response.add("Access-Control-Allow-Origin", origin);
  response.add("Access-Control-Expose-Headers", "ETag, Last-Modified, Location, X-Request-Id, Retry-After");
}

http::Response OriginPolicy::preflight(const http::Request& request) const {
  http::Response response;
  response.status = 204;
  response.add("Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
  add_headers(response, request);
  if (!allowed(request.header("Origin"))) return response;
  response.add("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
  response.add(
      "Access-Control-Allow-Headers",
      "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Exist, "
      "If-None-Match, Prefer, X-Request-Id");
  response.add("Access-Control-Max-Age", "86400");
  return response;
}

}  // namespace witmed::rest
