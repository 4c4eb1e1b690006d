#include "server/platform.h"

#include <arpa/inet.h>

#include <filesystem>
#include <thread>

#include "base/error.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/worker_pool.h"
#include "record/record.h"
#include "rest/http/server.h"
#include "rest/origin_policy.h"
#include "rest/service.h"
#include "server/open.h"
#include "services/overview/overview.h"
#include "services/terminology/follower.h"
#include "store/sqlite/sqlite_store.h"

namespace witmed::server {
namespace {

namespace fs = std::filesystem;

void check_address(const std::string& address) {
  if (is_loopback(address)) return;
  throw Failure("server.address " + address +
                ": 尚无身份认证，为保护居民档案，只允许监听本机地址 127.0.0.1 或 ::1 · "
                "without authentication only loopback (127.0.0.1 or ::1) is served, so that nobody else can "
                "read the record");
}

http::ServerSettings http_settings(const Config& config) {
  http::ServerSettings settings;
  settings.address =
      config.text("server.address") == "localhost" ? "127.0.0.1" : config.text("server.address");
  settings.port = static_cast<uint16_t>(config.number("server.port"));
  settings.threads = static_cast<unsigned>(config.number("server.threads"));
  settings.connections = static_cast<uint32_t>(config.number("server.connections"));
  settings.idle_seconds = static_cast<uint32_t>(config.number("server.idle_seconds"));
  settings.header_seconds = static_cast<uint32_t>(config.number("server.header_seconds"));
  return settings;
}

rest::ApiSettings api_settings(const Config& config) {
  rest::ApiSettings settings;
  settings.public_url = config.text("server.public_url");
  settings.slow_micros = config.number("log.slow_ms") * 1000;
  settings.deadline_seconds = static_cast<uint32_t>(config.number("server.deadline_seconds"));
  settings.feed.listeners = static_cast<uint32_t>(config.number("server.feed_listeners"));
  settings.feed.slow_seconds = static_cast<uint32_t>(config.number("server.feed_slow_seconds"));
  return settings;
}

services::OverviewSettings overview_settings(const Config& config) {
  services::OverviewSettings settings;
  settings.file = config.text("store.folder") + "/overview.tally";
  settings.zone_minutes = static_cast<int>(config.number("region.zone_minutes"));
  return settings;
}

unsigned pool_threads(const Config& config) {
  auto chosen = static_cast<unsigned>(config.number("server.pool_threads"));
  return chosen != 0 ? chosen : std::max(2u, 2 * std::thread::hardware_concurrency());
}

// web/dist of the tree in which the program was built, or of the folder in which it was started.
std::string web_folder(const Config& config) {
  const std::string& chosen = config.text("web.folder");
  if (!chosen.empty()) return chosen;
  std::error_code error;
  fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& folder : {program.parent_path() / "../../web/dist", fs::path("web/dist")})
    if (fs::exists(folder / "index.html", error)) return folder.lexically_normal().string();
  return {};
}

}  // namespace

bool is_loopback(const std::string& address) {
  if (address == "localhost" || address == "::1") return true;
  in_addr v4{};
  return inet_pton(AF_INET, address.c_str(), &v4) == 1 && (ntohl(v4.s_addr) >> 24) == 127;
}

struct Platform::Impl {
  explicit Impl(const Config& config)
      : store(store::open_sqlite(store_settings(config))),
        terminology(record, config.text("store.folder") + "/terminology"),
        record(store, extract_settings(config), check_settings(config)),
        overview(record, overview_settings(config)),
        origins(config.text("server.cors_origins"), false),
        pool(pool_threads(config), static_cast<size_t>(config.number("server.pool_queue"))),
        service({record, overview, terminology, api_settings(config), pool, metrics, origins}, web_folder(config),
                [] { return true; }),
        address(config.text("server.address")),
        stop_seconds(static_cast<uint32_t>(config.number("server.stop_seconds"))),
        http(http_settings(config),
             [this](std::shared_ptr<http::Exchange> exchange) { service.handle(std::move(exchange)); }) {
    record.use([this] { return terminology.current().library(); });
    watch();
  }
  void watch();

  metrics::Registry metrics;
  std::shared_ptr<store::Store> store;
  services::TerminologyFollower terminology;  // before the record, whose last writes ask it what codes mean
  record::Record record;
  services::Overview overview;
  rest::OriginPolicy origins;
  WorkerPool pool;
  rest::Service service;
  std::string address;
  uint32_t stop_seconds;
  http::Server http;
};

void Platform::Impl::watch() {
  metrics::watch_process(metrics);
  auto from_http = [this](const char* name, const char* help, uint64_t http::ServerStatistics::*field) {
    metrics.watch(name, help, [this, field] { return static_cast<double>(http.statistics().*field); });
  };
  from_http("witmed_connections_open", "Open connections", &http::ServerStatistics::open);
  from_http("witmed_connections_accepted", "Connections since the start", &http::ServerStatistics::accepted);
  from_http("witmed_connections_refused", "Connections above the limit", &http::ServerStatistics::refused);
  from_http("witmed_connections_expired", "Connections closed as slow or idle",
            &http::ServerStatistics::expired);
  from_http("witmed_requests_malformed", "Requests that could not be read",
            &http::ServerStatistics::malformed);
  auto from_store = [this](const char* name, const char* help, uint64_t store::Statistics::*field) {
    metrics.watch(name, help, [this, field] { return static_cast<double>(store->statistics().*field); });
  };
  from_store("witmed_resources", "Current resources", &store::Statistics::resources);
  from_store("witmed_store_unfolded", "Versions not folded into the index", &store::Statistics::unfolded);
  from_store("witmed_store_record_bytes", "Size of the record file", &store::Statistics::record_bytes);
  from_store("witmed_store_index_bytes", "Size of the index file", &store::Statistics::index_bytes);
  from_store("witmed_store_queue", "Changes that wait for the writer", &store::Statistics::queue);
  from_store("witmed_store_groups", "Durable transactions since the start", &store::Statistics::groups);
  from_store("witmed_store_commits", "Commits since the start", &store::Statistics::commits);
  from_store("witmed_store_conflicts", "Commits prepared again since the start",
             &store::Statistics::conflicts);
  from_store("witmed_store_fsync_max_us", "Slowest sync to disk, microseconds",
             &store::Statistics::fsync_us_max);
  metrics.watch("witmed_search_indexing_left", "Resources still to be looked at for new search parameters",
                [this] { return static_cast<double>(record.indexing_left()); });
  metrics.watch("witmed_overview_read", "Resources read for the overview since the start",
                [this] { return static_cast<double>(overview.resources_read()); });
  metrics.watch("witmed_pool_waiting", "Long requests that wait for a thread",
                [this] { return static_cast<double>(pool.waiting()); });
}

Platform::Platform(const Config& config) {
  check_address(config.text("server.address"));
  impl_ = std::make_unique<Impl>(config);
}

Platform::~Platform() = default;

void Platform::start() { impl_->http.start(); }

std::string Platform::url() const {
  std::string host =
      impl_->address.find(':') == std::string::npos ? impl_->address : "[" + impl_->address + "]";
  return "http://" + host + ":" + std::to_string(impl_->http.port());
}

bool Platform::stop() {
  impl_->http.stop(impl_->stop_seconds);
  return impl_->http.statistics().open == 0;
}

}  // namespace witmed::server
