#include "base/config.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "base/read_file.h"
#include "base/text.h"
#include "base/toml.h"

extern char** environ;

namespace witmed {
namespace {

// Variables beginning with WITMED_ that are not settings: the file to read.
constexpr std::string_view kConfigVariable = "WITMED_CONFIG";

std::string variable_name(std::string_view setting) {
  std::string name = "WITMED_";
  for (char c : setting)
    name += c == '.' || c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return name;
}

int64_t to_number(const Setting& setting, std::string_view text, const std::string& place) {
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size())
    throw Failure(fmt::format("{}: {} must be a whole number, not \"{}\"", place, setting.name, text));
  if (value < setting.least || value > setting.most)
    throw Failure(fmt::format("{}: {} must be between {} and {}, not {}", place, setting.name, setting.least,
                              setting.most, value));
  return value;
}

void check(const Setting& setting, std::string_view text, const std::string& place) {
  if (setting.kind == Setting::Kind::number) to_number(setting, text, place);
  if (setting.kind == Setting::Kind::truth && text != "true" && text != "false")
    throw Failure(fmt::format("{}: {} must be true or false, not \"{}\"", place, setting.name, text));
}

std::string toml_text(const toml::node& node, const std::string& place, const std::string& name) {
  if (auto text = node.as_string()) return text->get();
  if (auto number = node.as_integer()) return std::to_string(number->get());
  if (auto truth = node.as_boolean()) return truth->get() ? "true" : "false";
  throw Failure(fmt::format("{}: {} must be a text, a whole number, or true or false", place, name));
}

}  // namespace

Config::Config(std::span<const Setting> table) : table_(table) {
  for (const Setting& setting : table) {
    check(setting, setting.fallback, "built in");
    values_[setting.name] = Value{&setting, std::string(setting.fallback), Origin::fallback, "default"};
  }
}

void Config::read_file(const std::string& path) {
  const toml::table root = read_toml(witmed::read_file(path), path);
  for (const auto& [group, node] : root) {
    const toml::table* table = node.as_table();
    if (!table) throw Failure(fmt::format("{}: \"{}\" must stand under a [group]", path, group.str()));
    for (const auto& [key, value] : *table) {
      std::string name = fmt::format("{}.{}", group.str(), key.str());
      std::string place = fmt::format("{}:{}", path, value.source().begin.line);
      set(name, toml_text(value, place, name), Origin::file, place);
    }
  }
}

std::vector<std::string> Config::read_environment() {
  std::vector<std::string> unknown;
  std::map<std::string, std::string_view> known;
  for (const Setting& setting : table_) known[variable_name(setting.name)] = setting.name;
  for (char** at = environ; *at; ++at) {
    std::string_view entry = *at;
    if (!entry.starts_with("WITMED_")) continue;
    size_t equals = entry.find('=');
    std::string name(entry.substr(0, equals));
    if (name == kConfigVariable || equals == std::string_view::npos) continue;
    auto found = known.find(name);
    if (found == known.end())
      unknown.push_back(std::move(name));
    else
      set(found->second, entry.substr(equals + 1), Origin::environment, name);
  }
  return unknown;
}

void Config::set(std::string_view name, std::string_view text, Origin origin, std::string place) {
  auto found = values_.find(name);
  if (found == values_.end()) throw Failure(fmt::format("{}: there is no setting \"{}\"", place, name));
  check(*found->second.setting, text, place);
  found->second.text = text;
  found->second.origin = origin;
  found->second.place = std::move(place);
}

const Config::Value& Config::find(std::string_view name) const {
  auto found = values_.find(name);
  if (found == values_.end()) throw Failure(fmt::format("there is no setting \"{}\"", name));
  return found->second;
}

const std::string& Config::text(std::string_view name) const { return find(name).text; }
int64_t Config::number(std::string_view name) const {
  const Value& value = find(name);
  return to_number(*value.setting, value.text, value.place);
}
bool Config::truth(std::string_view name) const { return find(name).text == "true"; }
Config::Origin Config::origin(std::string_view name) const { return find(name).origin; }

std::string Config::print() const {
  std::string out;
  std::string_view group;
  for (const Setting& setting : table_) {
    const Value& value = find(setting.name);
    size_t dot = setting.name.find('.');
    if (setting.name.substr(0, dot) != group) {
      group = setting.name.substr(0, dot);
      fmt::format_to(std::back_inserter(out), "{}[{}]\n", out.empty() ? "" : "\n", group);
    }
    std::string shown = value.text;
    if (setting.kind == Setting::Kind::text) {
      shown.clear();
      append_json_string(shown, value.text);
    }
    std::string unit = setting.unit.empty() ? "" : fmt::format(" [{}]", setting.unit);
    fmt::format_to(std::back_inserter(out), "# {}{}\n{} = {}  # {}\n", setting.meaning, unit,
                   setting.name.substr(dot + 1), shown, value.place);
  }
  return out;
}

}  // namespace witmed
