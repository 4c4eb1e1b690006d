#include "rest/service.h"

#include <optional>

#include "fhir/issue.h"
#include "rest/feed.h"
#include "rest/negotiate.h"
#include "rest/outcome.h"
#include "rest/static_files.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

http::Response plain(int status, std::string text, std::string_view type = "text/plain;charset=utf-8") {
  http::Response response;
  response.status = status;
  response.content_type = type;
  response.add("Cache-Control", "no-store");
  response.text(std::move(text));
  return response;
}

http::Response outcome(const Rejection& rejection, const http::Request& request) {
  http::Response response;
  response.status = rejection.status;
  response.content_type = kFhirJson;
  response.text(outcome_text(rejection.issues, read_language(request.header("Accept-Language"))));
  return response;
}

bool is_fhir(std::string_view path) {
  return path.starts_with(kFhirPath) && (path.size() == kFhirPath.size() || path[kFhirPath.size()] == '/');
}

bool is_reading(const http::Request& request) { return request.is("GET") || request.is("HEAD"); }

}  // namespace

struct Service::Impl {
  Impl(Api given, std::string web_folder, std::function<bool()> ready)
      : api(given),
        fhir(std::move(given)),
        feed(api.record, api.metrics, api.origins, api.settings.feed),
        files(std::move(web_folder)),
        ready(std::move(ready)) {}
  std::optional<http::Response> turned_away(const http::Request& request) const;
  http::Response beside_fhir(const http::Request& request);

  Api api;
  FhirApi fhir;
  Feed feed;
  StaticFiles files;
  std::function<bool()> ready;
};

// Pages of elsewhere that a browser on this machine has open.
std::optional<http::Response> Service::Impl::turned_away(const http::Request& request) const {
  std::string_view host = request.header("Host"), origin = request.header("Origin");
  if (!api.origins.host_allowed(host))
    return outcome(
        Rejection(421, "security", "this server answers to localhost only while it has no authentication",
                  "本服务器尚未启用身份认证，只接受以 localhost 访问"),
        request);
  if (origin.empty()) return std::nullopt;
  if (request.is("OPTIONS")) return api.origins.preflight(request);
  if (!is_reading(request) && !OriginPolicy::same(origin, host) && !api.origins.allowed(origin))
    return outcome(
        Rejection(403, "security", "pages of this origin may not change the record; see server.cors_origins",
                  "该来源的网页不得修改档案；见设置 server.cors_origins"),
        request);
  return std::nullopt;
}

http::Response Service::Impl::beside_fhir(const http::Request& request) {
  std::string_view path = request.path();
  if (!is_reading(request)) {
    http::Response response = plain(405, "GET, HEAD\n");
    return std::move(response.add("Allow", "GET, HEAD"));
  }
  if (path == "/healthz") return plain(200, "ok\n");
  if (path == "/readyz")
    return ready() ? plain(200, "ready\n") : std::move(plain(503, "not ready\n").add("Retry-After", "1"));
  if (path == "/metrics") return plain(200, api.metrics.text(), "text/plain; version=0.0.4; charset=utf-8");
  return files.answer(request);
}

Service::Service(Api api, std::string web_folder, std::function<bool()> ready)
    : impl_(std::make_unique<Impl>(std::move(api), std::move(web_folder), std::move(ready))) {}
Service::~Service() = default;

void Service::handle(std::shared_ptr<http::Exchange> exchange) {
  const http::Request& request = exchange->request();
  if (auto response = impl_->turned_away(request)) return exchange->respond(std::move(*response));
  if (request.is("OPTIONS")) return exchange->respond(impl_->api.origins.preflight(request));
  if (is_fhir(request.path())) return impl_->fhir.handle(std::move(exchange));
  if (request.path() == kFeedPath) return impl_->feed.handle(std::move(exchange));
  exchange->respond(impl_->beside_fhir(request));
}

}  // namespace witmed::rest
