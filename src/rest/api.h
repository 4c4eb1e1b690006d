// FHIR R4's RESTful API over a Record (http://hl7.org/fhir/R4/http.html).
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/metrics.h"
#include "base/worker_pool.h"
#include "record/record.h"
#include "rest/feed.h"
#include "rest/http/http.h"
#include "rest/origin_policy.h"

namespace witmed::services {
class Overview;
class TerminologyFollower;
}

namespace witmed::rest {

struct ApiSettings {
  std::string public_url;         // base as clients see it; empty = from the request's Host
  int64_t slow_micros = 200'000;  // requests that take longer are logged
  uint32_t deadline_seconds = 30;
  FeedSettings feed;
};

// What every interaction works with.
struct Api {
  record::Record& record;
  services::Overview& overview;
  services::TerminologyFollower& terminology;
  ApiSettings settings;
  WorkerPool& pool;  // for what may take long
  metrics::Registry& metrics;
  const OriginPolicy& origins;
};

inline constexpr std::string_view kFhirPath = "/fhir";

class FhirApi {
 public:
  explicit FhirApi(Api api);
  ~FhirApi();
  // For every request under kFhirPath, on the connection's thread.
  void handle(std::shared_ptr<http::Exchange> exchange);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::rest
