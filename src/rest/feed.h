// GET /feed: commits as they happen, pushed to who listens (server-sent events,
// https://html.spec.whatwg.org/multipage/server-sent-events.html). docs/api.md describes the messages.
//
// One thread serves all listeners and reads the record by position, as any subscriber does: the writer knows
// nothing of it. A listener gets the next piece only when the kernel has taken the last one, so that what
// waits for a listener stays below kPieceBytes and one message; who takes nothing for `slow_seconds` is told
// its position and dropped.
#pragma once
#include <cstdint>
#include <memory>

#include "base/limits.h"
#include "base/metrics.h"
#include "record/record.h"
#include "rest/http/http.h"
#include "rest/origin_policy.h"

namespace witmed::rest {

inline constexpr std::string_view kFeedPath = "/feed";

struct FeedSettings {
  uint32_t listeners = limits::kFeedListeners;  // one more gets 503
  uint32_t heartbeat_seconds = 15;  // a comment when nothing happens: proxies close what is silent
  uint32_t slow_seconds = 10;
};

class Feed {
 public:
  Feed(record::Record& record, metrics::Registry& metrics, const OriginPolicy& origins,
       FeedSettings settings);
  ~Feed();  // says goodbye to all
  // On the connection's thread. Refusals are OperationOutcomes.
  void handle(std::shared_ptr<http::Exchange> exchange);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::rest
