// Settings from one TOML file, the environment and flags, in rising order; each knows where its value came
// from. A setting is "group.name"; in the file [group] name = …, in the environment WITMED_GROUP_NAME.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace witmed {

struct Setting {
  enum class Kind : uint8_t { text, number, truth };
  std::string_view name;  // "server.port"
  Kind kind;
  std::string_view fallback;            // the value when nobody gives one
  std::string_view unit;                // "ms", "bytes", "threads"; empty = none
  std::string_view meaning;             // zh · en
  int64_t least = 0, most = INT64_MAX;  // numbers
};

class Config {
 public:
  enum class Origin : uint8_t { fallback, file, environment, flag };

  // `table` must outlive the configuration.
  explicit Config(std::span<const Setting> table);

  // Throw Failure, naming file, setting and what would be right: not readable, unknown setting, wrong kind,
  // out of range.
  void read_file(const std::string& path);
  // Names of WITMED_… variables that are no settings: to be said aloud, for a typing mistake must not go
  // unseen.
  std::vector<std::string> read_environment();
  void set(std::string_view name, std::string_view value, Origin origin, std::string place);

  const std::string& text(std::string_view name) const;
  int64_t number(std::string_view name) const;
  bool truth(std::string_view name) const;
  Origin origin(std::string_view name) const;

  // TOML with a comment a line: meaning, unit, where the value came from. Can be read back by read_file.
  std::string print() const;

 private:
  struct Value {
    const Setting* setting;
    std::string text;
    Origin origin = Origin::fallback;
    std::string place;  // file name, variable or flag
  };
  const Value& find(std::string_view name) const;
  std::span<const Setting> table_;
  std::map<std::string_view, Value> values_;
};

}  // namespace witmed
