// How the official terminology suite compares an answer with the one it expects (its tests/readme.md): members and items of both
// must be the same, items in any order, but for what its "$…$" templates and "$…$" members leave open.
#pragma once
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/pattern.h"
#include "fhir/json/value.h"

namespace witmed::conformance {

class SuiteComparison {
 public:
  using Value = fhir::Value;
  using Kind = fhir::Kind;
  // `open`: what is not expected may be there too.
  explicit SuiteComparison(bool open) : open_(open) {}

  // Where they differ; empty: they do not.
  std::string difference(const Value& expected, const Value& found, const std::string& at = "$") const {
    switch (expected.kind()) {
      case Kind::object: return objects(expected, found, at);
      case Kind::array: return found.kind() == Kind::array ? lists(expected.items(), found.items(), at) : at + ": no list";
      case Kind::string:
        return found.kind() == Kind::string && texts(std::string(expected.text()), std::string(found.text()))
                   ? std::string()
                   : at + ": expected " + expected.json() + ", found " + found.json();
      default: return expected == found ? std::string() : at + ": expected " + expected.json() + ", found " + found.json();
    }
  }

  // Diagnostics and narratives are free; places too, since the suite's own expectations of `location` contradict each other.
  static void scrub(Value& value) {
    if (value.text("resourceType") == "OperationOutcome") {
      value.remove("text");
      value.remove("meta");
      if (value.at("issue"))
        for (Value& issue : value.in("issue").items()) {
          issue.remove("diagnostics");
          issue.remove("location");
        }
    }
    for (auto& [name, member] : value.members()) scrub(member);
    for (Value& item : value.items()) scrub(item);
  }

 private:
  static std::vector<std::string> split(std::string_view text, char by) {
    std::vector<std::string> out;
    for (size_t at = 0;;) {
      const size_t end = text.find(by, at);
      out.emplace_back(text.substr(at, end - at));
      if (end == text.npos) return out;
      at = end + 1;
    }
  }
  static std::string lower(std::string text) {
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
  }
  static bool has_all(const std::string& text, std::string_view fragments) {
    const std::string low = lower(text);
    const auto parts = split(fragments, '|');
    return std::all_of(parts.begin(), parts.end(), [&](const std::string& each) { return low.find(lower(each)) != low.npos; });
  }
  static bool is(const std::string& text, const char* pattern) { return Pattern::read(pattern).value().takes(text); }

  static bool fits(std::string_view name, const std::string& text) {
    if (name.starts_with("choice:")) {
      const auto choices = split(name.substr(7), '|');
      return std::find(choices.begin(), choices.end(), text) != choices.end();
    }
    if (name.starts_with("fragments:")) return has_all(text, name.substr(10));
    if (name.starts_with("external:")) {  // a message of the server's own; with its fragments where they are given
      const size_t colon = name.find(':', 9);
      return colon == name.npos || has_all(text, name.substr(colon + 1));
    }
    if (name.empty()) return true;
    if (name == "instant") return is(text, R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d))");
    if (name == "date") return is(text, R"(\d{4}(-\d\d(-\d\d(T.*)?)?)?)");
    if (name == "uuid") return is(text, "urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    if (name == "id") return is(text, "[A-Za-z0-9.-]{1,64}");
    if (name == "url") return text.find("://") != text.npos || text.starts_with("urn:");
    if (name == "token") return is(text, R"(\S+)");
    if (name == "semver") return is(text, R"(\d+\.\d+(\.\d+)?.*)");
    if (name == "string") return text.find_first_not_of(' ') != text.npos;
    if (name == "version") return text.starts_with("4.0");
    throw std::runtime_error("a template that is not known: " + std::string(name));
  }

  static bool texts(std::string expected, const std::string& found) {
    if (expected.size() > 1 && expected.front() == '$' && expected.back() == '$')
      return fits(std::string_view(expected).substr(1, expected.size() - 2), found);
    for (size_t at; (at = expected.find("$version$")) != expected.npos;) expected.replace(at, 9, "4.0.1");
    if (expected == found) return true;
    // Several messages in one, in any order.
    return expected.find("; ") != expected.npos && sentences(expected) == sentences(found);
  }
  static std::multiset<std::string> sentences(const std::string& text) {
    std::multiset<std::string> out;
    for (size_t at = 0;;) {
      const size_t end = text.find("; ", at);
      out.insert(text.substr(at, end - at));
      if (end == text.npos) return out;
      at = end + 2;
    }
  }

  static std::set<std::string, std::less<>> names(const Value& list) {
    std::set<std::string, std::less<>> out;
    for (const Value& each : list.items()) out.emplace(each.text());
    return out;
  }
  // An item that need not be there: always, in other modes than ours ("!mode"), as a warning, or in R4.
  static bool optional(const Value& value) {
    const std::string_view said = value.at("$optional$").text();
    return said == "true" || said.starts_with('!') || said.starts_with("warning:") || said == "version:4";
  }

  std::string objects(const Value& expected, const Value& found, const std::string& at) const {
    if (found.kind() != Kind::object) return at + ": no object";
    const auto may = names(expected.at("$optional-properties$")), counted = names(expected.at("$count-arrays$"));
    for (const auto& [name, value] : found.members()) {
      const Value& its = expected.at(name);
      if (!its) {
        if (!open_) return at + ": unexpected " + name + " = " + value.json().substr(0, 200);
      } else if (counted.contains(name)) {
        if (its.items().size() != value.items().size()) return at + "." + name + ": as many items are expected";
      } else if (std::string where = difference(its, value, at + "." + name); !where.empty()) {
        return where;
      }
    }
    for (const auto& [name, value] : expected.members())
      if (!name.starts_with('$') && !may.contains(name) && !found.at(name)) return at + ": missing " + name + " = " + value.json().substr(0, 200);
    return {};
  }

  // Those that must be there choose first.
  std::string lists(const std::vector<Value>& expected, const std::vector<Value>& found, const std::string& at) const {
    std::vector<const Value*> wanted, left;
    for (const Value& each : expected) wanted.push_back(&each);
    for (const Value& each : found) left.push_back(&each);
    std::stable_partition(wanted.begin(), wanted.end(), [](const Value* each) { return !optional(*each); });
    for (const Value* each : wanted) {
      const auto its = std::find_if(left.begin(), left.end(), [&](const Value* one) { return difference(*each, *one).empty(); });
      if (its != left.end()) left.erase(its);
      else if (!optional(*each)) return at + ": missing item " + each->json().substr(0, 400) + (left.empty() ? "" : " among " + left.front()->json().substr(0, 400));
    }
    return left.empty() || open_ ? std::string() : at + ": unexpected item " + left.front()->json().substr(0, 400);
  }

  bool open_;
};

}  // namespace witmed::conformance
