#include "fhir/planted_faults/planted_faults.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/text.h"

namespace witmed::fhir::planted {
namespace {

std::string_view next_word(std::string_view& rest) {
  rest = trim(rest);
  const size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

class Reader {
 public:
  explicit Reader(Catalogue& catalogue) : catalogue_(catalogue) {}

  void read(const std::filesystem::path& file) {
    std::ifstream in(file);
    const std::string name = file.filename().string();
    size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      where_ = name + ":" + std::to_string(++number);
      this->line(line);
    }
    finish();
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw std::runtime_error(where_ + ": " + what); }

  void line(const std::string& line) {
    if (body_) {
      if (line.empty())
        body_ = false;
      else
        catalogue_.resources.back().text += (catalogue_.resources.back().text.empty() ? "" : "\n") + line;
    } else if (line.starts_with("resource ")) {
      finish();
      resource(std::string_view(line).substr(9));
    } else if (line.starts_with("fault ")) {
      finish();
      fault(std::string_view(line).substr(6));
    } else if (line.starts_with("  ")) {
      step(trim(line));
    } else if (!line.empty() && line[0] != '#') {
      fail("neither a resource nor a fault");
    }
  }

  void resource(std::string_view rest) {
    Sound sound{std::string(next_word(rest)), where_, {}, {}};
    for (std::string_view profile = next_word(rest); !profile.empty(); profile = next_word(rest))
      sound.profiles.emplace_back(profile);
    catalogue_.resources.push_back(std::move(sound));
    body_ = true;
  }

  void fault(std::string_view rest) {
    const size_t dash = rest.find(" — "), dot = rest.find(" · ");
    if (catalogue_.resources.empty() || dash == rest.npos || dot == rest.npos || dot < dash)
      fail("fault NAME — 中文 · English, under a resource");
    std::string name(rest.substr(0, dash));
    for (const Fault& other : catalogue_.faults)
      if (other.name == name) fail("the name stands at " + other.where + " too");
    catalogue_.faults.push_back(
        {std::move(name), where_, std::string(rest.substr(dash)), catalogue_.resources.size() - 1, {}, {}});
    open_ = true;
  }

  void step(std::string_view text) {
    if (!open_) fail("a step outside a fault");
    Fault& fault = catalogue_.faults.back();
    std::string_view rest = text;
    const std::string_view verb = next_word(rest);
    if (verb == "set" || verb == "append" || verb == "remove" || verb == "rename" || verb == "replace") {
      if (!fault.expected.empty()) fail("a change behind what is expected");
      fault.changes.emplace_back(text);
    } else if (fault.expected.empty()) {
      fault.expected = text;
    } else {
      fail("one issue is expected, not several");
    }
  }

  void finish() {
    if (open_ && (catalogue_.faults.back().changes.empty() || catalogue_.faults.back().expected.empty()))
      fail(catalogue_.faults.back().name + " has no change, or expects nothing");
    open_ = false;
  }

  Catalogue& catalogue_;
  std::string where_;
  bool body_ = false, open_ = false;
};

// The value at a path and what holds it.
struct Place {
  Value* holder;
  std::string name;   // member of the holder; empty: item `index` of it
  size_t index = 0;
};

Place find(Value& root, std::string_view path) {
  Place place{&root, {}, 0};
  bool first = true;
  while (!path.empty()) {
    if (!first) {
      place.holder = place.name.empty() ? &place.holder->items().at(place.index) : &place.holder->in(place.name);
      place.name.clear();
    }
    first = false;
    if (path[0] == '[') {
      const size_t end = path.find(']');
      place.index = std::stoul(std::string(path.substr(1, end - 1)));
      path.remove_prefix(end + 1);
    } else {
      const size_t end = std::min(path.find_first_of(".["), path.size());
      place.name = path.substr(0, end);
      path.remove_prefix(end);
    }
    if (!path.empty() && path[0] == '.') path.remove_prefix(1);
  }
  return place;
}

void change_value(Value& root, std::string_view change) {
  std::string_view rest = change;
  const std::string_view verb = next_word(rest), path = next_word(rest);
  const Place place = find(root, path);
  rest = trim(rest);
  if (verb == "remove" && place.name.empty()) {
    place.holder->items().erase(place.holder->items().begin() + static_cast<std::ptrdiff_t>(place.index));
  } else if (verb == "remove") {
    place.holder->remove(place.name);
  } else if (verb == "rename") {
    for (auto& [name, value] : place.holder->members())
      if (name == place.name) name = rest;
  } else {
    // As an item of an array, a JSON text may be any value.
    Value value = Value::parse("[" + std::string(rest) + "]").items().at(0);
    if (verb == "append")
      place.holder->in(place.name).add(std::move(value));
    else if (place.name.empty())
      place.holder->items().at(place.index) = std::move(value);
    else
      place.holder->set(place.name, std::move(value));
  }
}

std::string with_line_feeds(std::string_view text) {
  std::string out(text);
  for (size_t at = out.find("\\n"); at != out.npos; at = out.find("\\n", at)) out.replace(at, 2, "\n");
  return out;
}

std::string change_text(const std::string& text, std::string_view change) {
  const std::string_view rest = change.substr(8);
  const size_t arrow = rest.find(" => ");
  if (arrow == rest.npos) throw std::runtime_error("replace OLD => NEW");
  const std::string old = with_line_feeds(rest.substr(0, arrow));
  std::string out = text;
  const size_t at = out.find(old);
  if (at == out.npos) throw std::runtime_error("nothing to replace: " + old);
  return out.replace(at, old.size(), with_line_feeds(rest.substr(arrow + 4)));
}

}  // namespace

Catalogue read_catalogue(const std::filesystem::path& folder) {
  Catalogue catalogue;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) Reader(catalogue).read(file);
  return catalogue;
}

std::string planted(const Sound& sound, const Fault& fault) {
  std::string text = sound.text;
  for (const std::string& change : fault.changes) {
    const std::string before = text;
    if (change.starts_with("replace ")) {
      text = change_text(text, change);
    } else {
      Value root = Value::parse(text);
      const Value unchanged = root;
      change_value(root, change);
      if (root == unchanged) throw std::runtime_error("nothing is changed by: " + change);
      text = root.json();
    }
  }
  return text;
}

}  // namespace witmed::fhir::planted
