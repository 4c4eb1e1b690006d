#include "rest/feed.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "fhir/issue.h"
#include "rest/feed_message.h"
#include "rest/negotiate.h"
#include "rest/outcome.h"
#include "rest/params.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

constexpr auto kTick = std::chrono::milliseconds(100);
constexpr auto kHurry =
    std::chrono::milliseconds(2);  // while a listener catches up: the kernel takes a piece in less
constexpr int64_t kSecond = 1'000'000;
// A listener that is further behind is told to skip, unless it asked for every commit: people look at the
// feed, and nobody reads ten thousand lines.
constexpr uint64_t kSkipBehind = 1000;
constexpr uint64_t kKeptBehind = 100;

struct Listener {
  std::shared_ptr<http::Stream> stream;
  uint64_t position = 0;
  bool every = false;
  int64_t said = 0;    // steady microseconds of the last message
  int64_t stuck = 0;   // since when the client takes nothing; 0 = it does
  size_t pending = 0;  // what waited when last looked at
  int64_t again = 0;   // not served before: after a failure of ours
};

std::shared_ptr<const std::string> shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

std::string position_message(std::string_view event, uint64_t position) {
  std::string number = std::to_string(position);
  std::string out = "id: " + number + "\nevent: ";
  return out.append(event).append("\ndata: {\"sequence\":").append(number).append("}\n\n");
}

struct Wish {
  uint64_t after = 0;
  bool every = false;
};

// Where the listener wants to begin: what it had last, else the present.
Wish read_wish(const http::Request& request, uint64_t last) {
  Wish wish{last, false};
  Params params;
  read_params(request.query(), params);
  std::string_view after = request.header("Last-Event-ID");
  if (const std::string* given = find_param(params, "after"); given && after.empty()) after = *given;
  if (!after.empty()) {
    auto position = parse_unsigned(after);
    if (!position)
      throw Rejection(400, "value", "Last-Event-ID (or \"after\") is the id of a message of this feed",
                      "Last-Event-ID（或 after）应为本推送中某条消息的 id");
    wish.after = *position;
  }
  const std::string* every = find_param(params, "every");
  wish.every = every && *every == "true";
  return wish;
}

void check_wishes(const http::Request& request) {
  if (!request.is("GET")) throw Rejection(405, "not-supported", "this address takes GET", "该地址只接受 GET");
  std::string_view accept = request.header("Accept");
  bool fits = accept.empty() || accept.find("text/event-stream") != std::string_view::npos ||
              accept.find("*/*") != std::string_view::npos;
  if (!fits)
    throw Rejection(406, "not-supported", "the feed is text/event-stream", "推送只以 text/event-stream 提供");
}

http::Response refusal(const Rejection& rejection, const http::Request& request) {
  http::Response response;
  response.status = rejection.status;
  response.content_type = kFhirJson;
  response.add("Cache-Control", "no-store");
  if (rejection.status == 503) response.add("Retry-After", "5");
  if (rejection.status == 405) response.add("Allow", "GET");
  response.text(outcome_text(rejection.issues, read_language(request.header("Accept-Language"))));
  return response;
}

}  // namespace

struct Feed::Impl {
  Impl(record::Record& record, metrics::Registry& metrics, const OriginPolicy& origins, FeedSettings settings)
      : record(record),
        origins(origins),
        settings(settings),
        open(metrics.gauge("witmed_feed_listeners", "Open live feeds")),
        dropped(metrics.counter("witmed_feed_dropped_total", "Listeners of the live feed dropped as slow")),
        thread([this] { run(); }) {}

  void run();
  void round();
  void serve(Listener& listener, uint64_t last, int64_t now);
  bool waits(Listener& listener, int64_t now);
  const FeedPiece& piece_after(uint64_t position);
  void add(Listener listener);

  record::Record& record;
  const OriginPolicy& origins;
  FeedSettings settings;
  metrics::Gauge& open;
  metrics::Counter& dropped;
  record::AccessContext access = record::AccessContext::open();

  std::vector<Listener> listeners;       // the thread's own
  bool hurry = false;                    // somebody took a piece and is not at the end
  std::map<uint64_t, FeedPiece> pieces;  // of this round: listeners at one place share the reading
  std::mutex mutex;
  std::condition_variable wake;
  std::vector<Listener> arrived;  // guarded
  uint32_t count = 0;             // guarded: listeners and arrived
  bool stop = false;              // guarded
  std::thread thread;             // last: it uses the rest
};

void Feed::Impl::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex);
      if (listeners.empty())
        wake.wait(lock, [this] { return stop || !arrived.empty(); });
      else
        wake.wait_for(lock, hurry ? kHurry : kTick, [this] { return stop || !arrived.empty(); });
      if (stop) break;
      std::move(arrived.begin(), arrived.end(), std::back_inserter(listeners));
      arrived.clear();
    }
    round();
  }
  for (Listener& listener : listeners) listener.stream->end();
}

void Feed::Impl::round() {
  uint64_t last = record.last_sequence();
  int64_t now = steady_micros();
  pieces.clear();
  hurry = false;
  std::erase_if(listeners, [](const Listener& listener) { return !listener.stream->open(); });
  for (Listener& listener : listeners) {
    if (now < listener.again) continue;
    try {
      serve(listener, last, now);
    } catch (const std::exception& error) {  // what it is to get next cannot be read; the others go on
      log::error("feed.failed", {{"position", listener.position}, {"error", error.what()}});
      listener.again = now + kSecond;
    }
  }
  open.set(static_cast<int64_t>(listeners.size()));
  std::lock_guard lock(mutex);
  count = static_cast<uint32_t>(listeners.size() + arrived.size());
}

// True as long as the client has not taken what it was sent; the stream ends when that lasts.
bool Feed::Impl::waits(Listener& listener, int64_t now) {
  size_t pending = listener.stream->pending();
  if (pending == 0) {
    listener.stuck = 0;
    return false;
  }
  if (listener.stuck == 0 || pending != listener.pending) listener.stuck = now;
  listener.pending = pending;
  if (now - listener.stuck < settings.slow_seconds * kSecond) return true;
  dropped.add();
  log::warning("feed.slow", {{"position", listener.position}, {"bytes", static_cast<uint64_t>(pending)}});
  listener.stream->send(shared(position_message("slow", listener.position)));
  listener.stream->end();
  return true;
}

void Feed::Impl::serve(Listener& listener, uint64_t last, int64_t now) {
  if (waits(listener, now)) return;
  if (listener.position >= last) {
    if (now - listener.said < settings.heartbeat_seconds * kSecond) return;
    listener.stream->send(shared(": \n\n"));
    listener.said = now;
    return;
  }
  if (!listener.every && last - listener.position > kSkipBehind) {
    uint64_t to = last - kKeptBehind;
    listener.stream->send(shared("event: skipped\ndata: {\"after\":" + std::to_string(listener.position) +
                                 ",\"to\":" + std::to_string(to) + "}\n\n"));
    listener.position = to;
  }
  const FeedPiece& piece = piece_after(listener.position);
  if (piece.position == listener.position) return;  // the end of the commit is not there yet
  listener.stream->send(shared(piece.text));
  listener.position = piece.position;
  hurry = hurry || listener.position < last;
  listener.said = now;
}

const FeedPiece& Feed::Impl::piece_after(uint64_t position) {
  auto found = pieces.find(position);
  if (found == pieces.end()) found = pieces.emplace(position, feed_piece(record, access, position)).first;
  return found->second;
}

void Feed::Impl::add(Listener listener) {
  {
    std::lock_guard lock(mutex);
    arrived.push_back(std::move(listener));
  }
  wake.notify_one();
}

Feed::Feed(record::Record& record, metrics::Registry& metrics, const OriginPolicy& origins,
           FeedSettings settings)
    : impl_(std::make_unique<Impl>(record, metrics, origins, settings)) {}

Feed::~Feed() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stop = true;
  }
  impl_->wake.notify_one();
  impl_->thread.join();
}

void Feed::handle(std::shared_ptr<http::Exchange> exchange) {
  const http::Request& request = exchange->request();
  Listener listener;
  bool reset = false;
  http::Response head;
  try {
    check_wishes(request);
    uint64_t last = impl_->record.last_sequence();
    Wish wish = read_wish(request, last);
    reset = wish.after > last;  // another store, or one that was taken back to an earlier moment
    listener.position = reset ? last : wish.after;
    listener.every = wish.every;
    impl_->origins.add_headers(head, request);
    std::lock_guard lock(impl_->mutex);
    if (impl_->stop || impl_->count >= impl_->settings.listeners)
      throw Rejection(503, "throttled", "too many listen to the feed; try again later",
                      "收听推送的连接已满，请稍后再试");
    ++impl_->count;
  } catch (const Rejection& rejection) {
    return exchange->respond(refusal(rejection, request));
  }
  head.content_type = "text/event-stream;charset=utf-8";
  head.add("Cache-Control", "no-store").add("X-Accel-Buffering", "no");
  listener.stream = exchange->stream(std::move(head));
  listener.said = steady_micros();
  listener.stream->send(
      shared("retry: 2000\n" + position_message(reset ? "reset" : "open", listener.position)));
  impl_->add(std::move(listener));
}

}  // namespace witmed::rest
