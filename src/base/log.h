// The program's log: one line an event, text for people or JSON for machines, to standard error.
// An event is a fixed name ("request.slow") with fields; the request id stands in every line of a request.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace witmed::log {

enum class Level : uint8_t { debug, info, warning, error, off };
enum class Format : uint8_t { text, json };

// Before the first line; the default is info, text.
void configure(Level level, Format format);
bool enabled(Level level);
// "debug", "info", "warning", "error", "off"; throws Failure on anything else.
Level level_from(std::string_view name);

struct Field {
  Field(std::string_view name, std::string_view text) : name(name), text(text) {}
  Field(std::string_view name, const char* text) : name(name), text(text) {}
  Field(std::string_view name, const std::string& text) : name(name), text(text) {}
  Field(std::string_view name, int64_t number) : name(name), text(std::to_string(number)), number(true) {}
  Field(std::string_view name, uint64_t number) : name(name), text(std::to_string(number)), number(true) {}
  Field(std::string_view name, int number) : Field(name, static_cast<int64_t>(number)) {}
  Field(std::string_view name, uint32_t number) : Field(name, static_cast<uint64_t>(number)) {}
  std::string_view name;
  std::string text;
  bool number = false;
};

// Thread-safe. `request_id` empty = the one of the enclosing RequestScope, if any.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {},
           std::string_view request_id = {});

inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::error, event, fields);
}

// While it lives, lines written by this thread carry the id. The text must outlive the scope.
class RequestScope {
 public:
  explicit RequestScope(std::string_view request_id);
  ~RequestScope();
  RequestScope(const RequestScope&) = delete;
  RequestScope& operator=(const RequestScope&) = delete;

 private:
  std::string_view outer_;
};

}  // namespace witmed::log
