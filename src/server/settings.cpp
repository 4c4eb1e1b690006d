#include "server/settings.h"

#include <cstdlib>

#include "base/limits.h"
#include "base/log.h"

namespace witmed::server {
namespace {

using Kind = Setting::Kind;

constexpr Setting kSettings[] = {
    {"server.address", Kind::text, "127.0.0.1", "",
     "监听地址，目前只能是本机 · address to listen on, loopback only for now"},
    {"server.port", Kind::number, "8080", "", "监听端口，0 为任意空闲端口 · port, 0 = any free one", 0,
     65535},
    {"server.threads", Kind::number, "0", "",
     "服务连接的线程数，0 为处理器数 · threads that serve connections, 0 = processors", 0, 256},
    {"server.pool_threads", Kind::number, "0", "",
     "检索等耗时请求的线程数，0 为处理器数的两倍 · threads for searches and other long requests, 0 = twice "
     "the processors",
     0, 256},
    {"server.pool_queue", Kind::number, "1024", "requests",
     "可排队的耗时请求数，超出回答 503 · long requests that may wait, more get 503", 1, 65536},
    {"server.connections", Kind::number, "4096", "", "连接数上限 · open connections at most", 1,
     limits::kConnections},
    {"server.idle_seconds", Kind::number, "60", "s",
     "空闲连接的关闭时间 · a silent connection is closed after", 1, limits::kIdleSeconds},
    {"server.header_seconds", Kind::number, "10", "s",
     "请求头须在此时间内收齐 · a request's header must be whole within", 1, limits::kHeaderSeconds},
    {"server.deadline_seconds", Kind::number, "30", "s", "单个请求的时限 · deadline of a request", 1,
     limits::kRequestSeconds},
    {"server.feed_listeners", Kind::number, "256", "",
     "同时收听 /feed 的连接数上限 · connections that may listen to /feed", 1, limits::kFeedListeners},
    {"server.feed_slow_seconds", Kind::number, "10", "s",
     "收听者在此时间内不接收则断开 · a listener that takes nothing for this long is dropped", 1, 600},
    {"server.stop_seconds", Kind::number, "10", "s",
     "停机时等待未完成请求的时间 · how long a stop waits for what runs", 0, 600},
    {"server.public_url", Kind::text, "", "",
     "客户端看到的 FHIR 根地址，空则取自 Host · FHIR base as clients see it, empty = from Host"},
    {"server.cors_origins", Kind::text, "loopback", "",
     "允许的网页来源：loopback、* 或逗号分隔的来源 · origins whose pages may call: loopback, * or a list"},
    {"store.folder", Kind::text, "data", "", "数据目录 · folder of the data"},
    {"store.synchronous", Kind::text, "full", "",
     "full：落盘后才应答；off 仅供断电测试 · full = answer after data is on disk; off only for the power-cut "
     "test"},
    {"store.queue_writes", Kind::number, "4096", "resources",
     "等待写入的资源数上限 · resources that may wait for the writer", 1, limits::kWriteQueue},
    {"store.cache_mb", Kind::number, "96", "MiB", "热点资源缓存 · cache of hot texts", 1, 65536},
    {"region.zone_minutes", Kind::number, "480", "min",
     "地区时区，东为正；用于没有时区的日期 · zone of the region, east positive: for dates without one", -840,
     840},
    {"region.base_url", Kind::text, "", "",
     "视为本机资源的绝对地址前缀 · absolute references under it are ours"},
    {"validation.level", Kind::text, "base", "",
     "写入时的校验：off 仅结构，base 加 R4 规则与必需值集，profiles 再加 meta.profile · checks on write: off = structure only, base = R4's "
     "rules and required bindings too, profiles = meta.profile too"},
    {"validation.references", Kind::text, "off", "",
     "on：写入时引用的资源必须已存在 · on = what a resource refers to must be here when it is written"},
    {"web.folder", Kind::text, "", "",
     "网页文件目录，空则自动寻找 web/dist · folder of the web pages, empty = web/dist is looked for"},
    {"log.level", Kind::text, "info", "", "debug、info、warning、error 或 off"},
    {"log.format", Kind::text, "text", "", "text 或 json · text or json"},
    {"log.slow_ms", Kind::number, "200", "ms", "慢于此的请求记入日志 · requests slower than this are logged",
     0, 3'600'000},
};

}  // namespace

std::span<const Setting> settings() { return kSettings; }

Config read_config(const std::string& file, const std::vector<Flag>& flags) {
  Config config(kSettings);
  const char* variable = std::getenv("WITMED_CONFIG");
  std::string path = !file.empty() ? file : variable ? variable : "";
  if (!path.empty()) config.read_file(path);
  for (const std::string& name : config.read_environment())
    log::warning("config.unknown", {{"variable", name}});
  for (const Flag& flag : flags) config.set(flag.setting, flag.value, Config::Origin::flag, flag.flag);
  return config;
}

}  // namespace witmed::server
