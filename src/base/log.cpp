#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "base/time.h"

namespace witmed::log {
namespace {

std::atomic<Level> threshold{Level::info};
std::atomic<Format> chosen_format{Format::text};
thread_local std::string_view scope_id;

constexpr std::string_view kNames[] = {"debug", "info", "warning", "error", "off"};

// Lines are made whole by us; spdlog serialises and writes them.
spdlog::logger& sink() {
  static std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>("witmed", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->set_level(spdlog::level::trace);
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *logger;
}

void json_line(std::string& line, Level level, std::string_view event, std::initializer_list<Field> fields,
               std::string_view id) {
  line += "{\"time\":\"";
  append_instant(line, wall_micros(), 6);
  line += "\",\"level\":\"";
  line += kNames[static_cast<size_t>(level)];
  line += "\",\"event\":";
  append_json_string(line, event);
  if (!id.empty()) {
    line += ",\"request\":";
    append_json_string(line, id);
  }
  for (const Field& field : fields) {
    line += ',';
    append_json_string(line, field.name);
    line += ':';
    if (field.number)
      line += field.text;
    else
      append_json_string(line, field.text);
  }
  line += '}';
}

bool is_plain(std::string_view text) {
  for (unsigned char c : text)
    if (c <= ' ' || c == '"' || c == '\\' || c == '=' || c == 0x7f) return false;
  return !text.empty() && is_utf8(text);
}

void text_line(std::string& line, Level level, std::string_view event, std::initializer_list<Field> fields,
               std::string_view id) {
  append_instant(line, wall_micros(), 3);
  line += ' ';
  line += kNames[static_cast<size_t>(level)];
  line += ' ';
  line += event;
  auto put = [&](std::string_view name, std::string_view text) {
    line += ' ';
    line += name;
    line += '=';
    if (is_plain(text))
      line += text;
    else
      append_json_string(line, text);
  };
  if (!id.empty()) put("request", id);
  for (const Field& field : fields) put(field.name, field.text);
}

}  // namespace

void configure(Level level, Format format) {
  threshold = level;
  chosen_format = format;
}

bool enabled(Level level) { return level >= threshold.load(std::memory_order_relaxed); }

Level level_from(std::string_view name) {
  for (size_t i = 0; i < std::size(kNames); ++i)
    if (kNames[i] == name) return static_cast<Level>(i);
  throw Failure("log level must be debug, info, warning, error or off, not \"" + std::string(name) + "\"");
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields,
           std::string_view request_id) {
  if (!enabled(level)) return;
  std::string_view id = request_id.empty() ? scope_id : request_id;
  std::string line;
  line.reserve(256);
  if (chosen_format.load(std::memory_order_relaxed) == Format::json)
    json_line(line, level, event, fields, id);
  else
    text_line(line, level, event, fields, id);
  sink().log(spdlog::level::info, "{}", line);
}

RequestScope::RequestScope(std::string_view request_id) : outer_(scope_id) { scope_id = request_id; }
RequestScope::~RequestScope() { scope_id = outer_; }

}  // namespace witmed::log
