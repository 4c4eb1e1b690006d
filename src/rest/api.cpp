#include "rest/api.h"

#include <algorithm>
#include <array>
#include <atomic>

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "fhir/issue.h"
#include "rest/interactions.h"
#include "rest/outcome.h"
#include "rest/pretty.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

constexpr int64_t kBrief = 1'000;  // µs that a search may keep the other connections of its thread waiting
constexpr size_t kInlineBody = 64 << 10;  // a longer body is read away from the connection's thread

// Counts one interaction: a counter a status, made when first met.
class InteractionMetrics {
 public:
  InteractionMetrics() = default;
  void bind(metrics::Registry& registry, std::string_view name) {
    registry_ = &registry;
    name_ = name;
    latency_ =
        &registry.histogram("witmed_request_seconds", "Time from the whole request to its answer", label());
  }
  void count(int status, int64_t micros) {
    latency_->observe_micros(micros);
    auto& slot = by_status_[static_cast<size_t>(status) % by_status_.size()];
    metrics::Counter* counter = slot.load(std::memory_order_acquire);
    if (!counter) {
      counter = &registry_->counter("witmed_requests_total", "Requests by interaction and status",
                                    label() + ",status=\"" + std::to_string(status) + "\"");
      slot.store(counter, std::memory_order_release);
    }
    counter->add();
  }

 private:
  std::string label() const { return "interaction=\"" + name_ + "\""; }
  metrics::Registry* registry_ = nullptr;
  std::string name_;
  metrics::Histogram* latency_ = nullptr;
  std::array<std::atomic<metrics::Counter*>, 600> by_status_{};
};

// One request: its exchange, and the call made of it.
struct Job {
  Job(const Api& api, std::shared_ptr<http::Exchange> exchange) : call(api), exchange(std::move(exchange)) {}
  Call call;
  std::shared_ptr<http::Exchange> exchange;
  const Interaction* interaction = nullptr;
  InteractionMetrics* metrics = nullptr;
  std::string allow;  // of a 405
};
using JobPtr = std::shared_ptr<Job>;

void read_wishes(Call& call, const http::Request& request) {
  call.accept_language = request.header("Accept-Language");
  call.language = read_language(call.accept_language);
  call.prefer = read_preferences(request.header("Prefer"));
  call.if_match = request.header("If-Match");
  call.if_none_match = request.header("If-None-Match");
  call.if_none_exist = request.header("If-None-Exist");
  call.if_modified_since = request.header("If-Modified-Since");
}

void read_result_params(Call& call, const http::Request& request) {
  const std::string* format = find_param(call.params, "_format");
  if (format)
    check_format(*format);
  else
    check_accept(request.header("Accept"));
  const std::string* pretty = find_param(call.params, "_pretty");
  call.pretty = pretty && (*pretty == "true" || pretty->empty());
}

void read_body(Job& job, http::Request& request) {
  std::string_view type = request.header("Content-Type");
  if (job.interaction->form) {
    bool form = type.substr(0, type.find(';')) == "application/x-www-form-urlencoded";
    if (form) {
      read_params(request.body, job.call.params);
    } else if (job.interaction->reads_json) {
      check_content_type(type);
      job.call.body = std::move(request.body);
    } else if (!request.body.empty())
      throw Rejection(415, "not-supported", "send the parameters as application/x-www-form-urlencoded",
                      "请以 application/x-www-form-urlencoded 发送参数");
    return;
  }
  if (!job.interaction->write || job.interaction->method == "DELETE") return;
  check_content_type(type);
  job.call.body = std::move(request.body);
}

std::string base_address(const ApiSettings& settings, const http::Request& request) {
  if (!settings.public_url.empty()) return settings.public_url;
  std::string_view host = request.header("Host");
  std::string base = "http://";
  base += host.empty() ? "localhost" : host;
  return base += kFhirPath;
}

void add_headers(http::Response& response, const Job& job, const Answer& answer) {
  std::string& headers = response.headers;
  headers.reserve(192 + answer.location.size());
  if (answer.version != 0)
    headers.append("ETag: W/\"").append(std::to_string(answer.version)).append("\"\r\n");
  if (answer.time != 0)
    headers.append("Last-Modified: ").append(format_http_date(answer.time)).append("\r\n");
  if (!answer.location.empty()) response.add("Location", answer.location);
  if (answer.status == 405) response.add("Allow", job.allow + ", OPTIONS");
  if (answer.status == 503) headers += "Retry-After: 1\r\n";
  if (job.call.prefer.explain && !answer.plan.empty())
    response.add("Server-Timing", "search;desc=\"" + answer.plan + "\";dur=" + std::to_string(steady_micros() / 1000 - job.exchange->arrived() / 1000));
  headers += "Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\n";
  job.call.api.origins.add_headers(response, job.exchange->request());
}

// The address without the values that were searched for: names and numbers of people do not belong into a log.
std::string without_values(std::string_view target) {
  std::string out;
  bool value = false;
  for (char c : target.substr(0, 2048)) {
    if (c == '&') value = false;
    if (!value) out.push_back(c);
    if (c == '=') value = true;
  }
  return out;
}

void note(const Job& job, const Answer& answer) {
  int64_t micros = steady_micros() - job.exchange->arrived();
  job.metrics->count(answer.status, micros);
  if (micros < job.call.api.settings.slow_micros) return;
  std::string_view name = job.interaction ? job.interaction->name : "other";
  log::write(log::Level::warning, "request.slow",
             {{"interaction", name},
              {"method", job.exchange->request().method()},
              {"target", without_values(job.exchange->request().target())},
              {"status", answer.status},
              {"plan", answer.plan},
              {"ms", micros / 1000},
              {"bytes", static_cast<uint64_t>(answer.body ? answer.body->size() : 0)}},
             job.exchange->id());
}

void send(const JobPtr& job, Answer answer) {
  note(*job, answer);
  http::Response response;
  response.status = answer.status;
  response.content_type = answer.content_type.empty() ? kFhirJson : answer.content_type;
  response.compressible = answer.content_type.empty();
  response.body = std::move(answer.body);
  if (job->call.pretty && !answer.formatted && response.body) response.text(pretty_json(*response.body));
  add_headers(response, *job, answer);
  job->exchange->respond(std::move(response));
}

void send_rejection(const JobPtr& job, const Rejection& rejection) {
  send(job, Answer::of(rejection.status, outcome_text(rejection.issues, job->call.language)));
}

void send_failure(const JobPtr& job, std::exception_ptr failure) {
  try {
    std::rethrow_exception(std::move(failure));
  } catch (const Rejection& rejection) {
    send_rejection(job, rejection);
  } catch (const std::exception& error) {
    log::write(log::Level::error, "request.failed",
               {{"error", error.what()}, {"target", job->exchange->request().target().substr(0, 2048)}},
               job->exchange->id());
    send(job, Answer::of(500, failure_text(job->exchange->id(), job->call.language)));
  } catch (...) {
    send(job, Answer::of(500, failure_text(job->exchange->id(), job->call.language)));
  }
}

// A write ends on the writer's thread, which has better things to do than to format the answer.
void run_write(const JobPtr& job) {
  CallPtr call(job, &job->call);
  job->interaction->write(
      call,
      [job](Answer answer) {
        auto held = std::make_shared<Answer>(std::move(answer));
        job->exchange->resume([job, held] { send(job, std::move(*held)); });
      },
      [job](std::exception_ptr failure) {
        job->exchange->resume([job, failure] { send_failure(job, failure); });
      });
}

void run(const JobPtr& job) {
  log::RequestScope scope(job->exchange->id());
  try {
    if (job->call.access.deadline < steady_micros())
      throw Rejection(503, "timeout", "the server is busy; try again", "服务器繁忙，请稍后重试");
    if (job->interaction->read)
      send(job, job->interaction->read(job->call));
    else
      run_write(job);
  } catch (...) {
    send_failure(job, std::current_exception());
  }
}

// Tries for a moment; false: it takes longer, nothing was answered.
bool answered_at_once(const JobPtr& job) {
  log::RequestScope scope(job->exchange->id());
  const int64_t whole = job->call.access.deadline;
  job->call.access.deadline = std::min(whole, steady_micros() + kBrief);
  try {
    send(job, job->interaction->read(job->call));
  } catch (const Rejection& rejection) {
    job->call.access.deadline = whole;
    if (rejection.status == 503) return false;
    send_rejection(job, rejection);
  } catch (...) {
    send_failure(job, std::current_exception());
  }
  return true;
}

}  // namespace

struct FhirApi::Impl {
  explicit Impl(Api given) : api(std::move(given)), per_interaction(interactions().size()) {
    for (size_t i = 0; i < per_interaction.size(); ++i)
      per_interaction[i].bind(api.metrics, interactions()[i].name);
    other.bind(api.metrics, "other");
  }
  void prepare(Job& job);

  Api api;
  std::vector<InteractionMetrics> per_interaction;
  InteractionMetrics other;
};

void FhirApi::Impl::prepare(Job& job) {
  http::Request& request = job.exchange->request();
  Call& call = job.call;
  read_wishes(call, request);
  call.access.request_id = job.exchange->id();
  call.access.deadline = job.exchange->arrived() + int64_t{api.settings.deadline_seconds} * 1'000'000;
  call.base = base_address(api.settings, request);
  call.route = read_route(request.path().substr(kFhirPath.size()));
  job.interaction = &find_interaction(call.route, request.method(), job.allow);
  job.metrics = &per_interaction[static_cast<size_t>(job.interaction - interactions().data())];
  read_params(request.query(), call.params);
  read_body(job, request);
  if (job.interaction->produces.empty()) read_result_params(call, request);
}

FhirApi::FhirApi(Api api) : impl_(std::make_unique<Impl>(std::move(api))) {}
FhirApi::~FhirApi() = default;

void FhirApi::handle(std::shared_ptr<http::Exchange> exchange) {
  auto job = std::make_shared<Job>(impl_->api, std::move(exchange));
  job->metrics = &impl_->other;
  try {
    impl_->prepare(*job);
  } catch (...) {
    return send_failure(job, std::current_exception());
  }
  const Place place = job->interaction->place;
  if (place == Place::here && job->call.body.size() < kInlineBody) return run(job);
  if (place == Place::here_if_brief && job->call.body.size() < kInlineBody && answered_at_once(job)) return;
  if (!impl_->api.pool.post([job] { run(job); }))
    send_rejection(job,
                   Rejection(503, "throttled", "the server is busy; try again", "服务器繁忙，请稍后重试"));
}

}  // namespace witmed::rest
