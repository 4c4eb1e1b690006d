// Many query shapes, each asked of one or two servers in turn: does cost stay flat as the data grows?
//   shapes_bench --shapes bench/shapes.txt --url http://127.0.0.1:8081/fhir --url http://127.0.0.1:8082/fhir
// The first server is the one that is judged, the second holds less. The file:
//   let NAME… = TARGET : PATH…   values for {NAME}: what stands at PATH in the resources that TARGET finds, paged up to a few
//                                thousand; a coding or identifier becomes system|code, a reference its id. Several names draw
//                                from one resource; a name that comes twice in a shape draws from two
//   TITLE | selective|wide | TARGET
// Each {NAME} is drawn anew for every request. A shape answered otherwise than 200 is a fault.
#include <fmt/format.h>
#include <simdjson.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>

#include "base/text.h"
#include "support/http.h"

namespace {

using namespace witmed;
using Element = simdjson::dom::element;
using Row = std::vector<std::string>;  // of one resource, a value a name

constexpr size_t kRows = 5'000;

struct Let {
  std::vector<std::string> names, paths;
  std::string target;
};
struct Place {
  size_t let, column;
};
struct Values {
  std::vector<std::vector<Row>> rows;  // a let each
  std::map<std::string, Place, std::less<>> places;
};
struct Shape {
  std::string title, target;
  bool selective;
};
struct Figures {
  double p50 = 0, p99 = 0;  // milliseconds
  uint64_t looked_at = 0, given = 0;  // resources read, and found, by the median request of each
  double empty = 0;                   // share of answers that found nothing
};

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_') out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

std::string member(Element object, const char* name) {
  std::string_view text;
  return object[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

// system|code of a coding or identifier, id of a reference, else the text.
std::string value_of(Element found) {
  std::string_view text;
  if (found.get(text) == simdjson::SUCCESS) return std::string(text);
  if (auto reference = member(found, "reference"); !reference.empty()) return reference.substr(reference.find('/') + 1);
  const std::string code = member(found, "code").empty() ? member(found, "value") : member(found, "code");
  return code.empty() ? "" : member(found, "system") + "|" + code;
}

void collect(Element at, std::string_view path, std::vector<std::string>& out) {
  simdjson::dom::array items;
  if (at.get(items) == simdjson::SUCCESS) {
    if (items.size() > 0) collect(items.at(0), path, out);
    return;
  }
  if (path.empty()) {
    if (auto value = value_of(at); !value.empty()) out.push_back(std::move(value));
    return;
  }
  const size_t dot = std::min(path.find('.'), path.size());
  Element next;
  if (at[path.substr(0, dot)].get(next) == simdjson::SUCCESS) collect(next, path.substr(std::min(dot + 1, path.size())), out);
}

void add_row(Element resource, const Let& let, std::vector<Row>& out) {
  Row row;
  for (const auto& path : let.paths) {
    std::vector<std::string> found;
    collect(resource, path, found);
    if (found.empty()) return;
    row.push_back(std::move(found.front()));
  }
  out.push_back(std::move(row));
}

void learn(support::Client& client, const support::Address& server, const Let& let, Values& values) {
  simdjson::dom::parser parser;
  for (size_t i = 0; i < let.names.size(); ++i) values.places[let.names[i]] = {values.rows.size(), i};
  auto& out = values.rows.emplace_back();
  for (std::string target = let.target; !target.empty() && out.size() < kRows;) {
    const auto answer = client.request("GET", target);
    if (answer.status != 200) throw std::runtime_error(fmt::format("{} answered {}: {}", target, answer.status, answer.body));
    const Element bundle = parser.parse(answer.body);
    simdjson::dom::array entries, links;
    if (bundle["entry"].get(entries) == simdjson::SUCCESS)
      for (const Element entry : entries) add_row(entry["resource"].value(), let, out);
    target.clear();
    if (bundle["link"].get(links) == simdjson::SUCCESS)
      for (const Element link : links)
        if (member(link, "relation") == "next") {
          const std::string url = member(link, "url");
          target = url.substr(url.find(server.base + "/") + server.base.size());
        }
  }
  if (out.empty()) throw std::runtime_error("nothing found for {" + let.names[0] + "} at " + let.target);
}

std::string filled(const std::string& pattern, const Values& values, std::mt19937_64& random) {
  std::string out;
  std::map<size_t, size_t> drawn;      // let → row
  std::map<std::string, size_t> uses;  // of each name so far
  for (size_t at = 0; at < pattern.size();) {
    const size_t open = std::min(pattern.find('{', at), pattern.size());
    out += pattern.substr(at, open - at);
    if (open == pattern.size()) break;
    const size_t close = pattern.find('}', open);
    const std::string name = pattern.substr(open + 1, close - open - 1);
    const Place place = values.places.at(name);
    const auto& rows = values.rows[place.let];
    const size_t row = drawn.try_emplace(place.let, random() % rows.size()).first->second;
    out += encoded(rows[(row + 17 * uses[name]++) % rows.size()][place.column]);
    at = close + 1;
  }
  return out;
}

double quantile(std::vector<double>& sorted, double share) {
  return sorted[std::min(sorted.size() - 1, static_cast<size_t>(share * static_cast<double>(sorted.size())))];
}

// "…; 412 read" of the plan that Prefer: explain brings.
uint64_t resources_read(std::string_view plan) {
  const size_t end = plan.rfind(" read");
  if (end == std::string_view::npos) return 0;
  const size_t begin = plan.rfind(' ', end - 1);
  return std::stoull(std::string(plan.substr(begin + 1, end - begin - 1)));
}

struct Server {
  support::Address address;
  Values values;
};

// One shape asked of one server, a request at a time.
class Asking {
 public:
  Asking(const Server& server, const Shape& shape) : server_(server), shape_(shape), client_(server.address) {}

  void once(bool measured) {
    const std::string target = filled(shape_.target, server_.values, random_);
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = client_.request("GET", target, {}, "Prefer: explain\r\n");
    const auto end = std::chrono::steady_clock::now();
    if (answer.status != 200) throw std::runtime_error(fmt::format("{} answered {}: {}", target, answer.status, answer.body.substr(0, 300)));
    if (!measured) return;
    times_.push_back(std::chrono::duration<double, std::milli>(end - begin).count());
    plan = answer.header("Server-Timing");
    read_.push_back(resources_read(plan));
    size_t entries = 0;
    for (size_t at = answer.body.find("\"fullUrl\""); at != std::string::npos; at = answer.body.find("\"fullUrl\"", at + 1)) ++entries;
    given_.push_back(entries);
    empty_ += entries == 0 && answer.body.find("\"total\":0") != std::string::npos;
  }

  Figures figures() {
    std::ranges::sort(times_);
    return {quantile(times_, 0.5), quantile(times_, 0.99), *std::ranges::max_element(read_), *std::ranges::max_element(given_),
            static_cast<double>(empty_) / static_cast<double>(times_.size())};
  }
  std::string plan;

 private:
  const Server& server_;
  const Shape& shape_;
  support::Client client_;
  std::mt19937_64 random_{7};
  std::vector<double> times_;
  std::vector<uint64_t> read_, given_;
  unsigned empty_ = 0;
};

// The servers in turn, request by request, so that what else the machine does falls on both alike.
std::vector<Figures> ask(const std::vector<Server>& servers, const Shape& shape, unsigned requests, std::string& plan) {
  constexpr unsigned kWarm = 10;
  std::vector<std::unique_ptr<Asking>> asking;
  for (const auto& server : servers) asking.push_back(std::make_unique<Asking>(server, shape));
  for (unsigned i = 0; i < requests + kWarm; ++i)
    for (auto& each : asking) each->once(i >= kWarm);
  std::vector<Figures> out;
  for (auto& each : asking) out.push_back(each->figures());
  plan = asking.front()->plan;
  return out;
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

void read_file(const std::string& path, std::vector<Let>& lets, std::vector<Shape>& shapes) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  for (std::string line; std::getline(in, line);) {
    if (trim(line).empty() || line.starts_with('#')) continue;
    if (line.starts_with("let ")) {
      const size_t equals = line.find(" = "), colon = line.rfind(" : ");
      lets.push_back({words(line.substr(4, equals - 4)), words(line.substr(colon + 3)), line.substr(equals + 3, colon - equals - 3)});
      continue;
    }
    const auto parts = split(line, '|');
    if (parts.size() < 3) throw std::runtime_error("not understood: " + line);
    const size_t target = line.find('|', line.find('|') + 1) + 1;
    shapes.push_back({std::string(trim(parts[0])), std::string(trim(std::string_view(line).substr(target))), trim(parts[1]) == "selective"});
  }
}

void run(const std::string& file, const std::vector<std::string>& urls, unsigned requests) {
  std::vector<Let> lets;
  std::vector<Shape> shapes;
  read_file(file, lets, shapes);
  std::vector<Server> servers;
  for (const auto& url : urls) {
    servers.push_back({support::parse_url(url), {}});
    auto& server = servers.back();
    support::Client client(server.address);
    for (const auto& let : lets) learn(client, server.address, let, server.values);
  }
  std::vector<double> ratios, selective;
  std::string worst, steepest;
  unsigned slow = 0, steep = 0;
  fmt::print("{:<58} {:>9} {:>9} {:>7} {:>7} {:>9} {:>6}   plan\n", "shape", "p50 ms", "p99 ms", "read", "given", "less p99", "ratio");
  for (const auto& shape : shapes) {
    std::string plan;
    const std::vector<Figures> figures = ask(servers, shape, requests, plan);
    const Figures& f = figures[0];
    const double ratio = figures.size() > 1 ? f.p50 / figures[1].p50 : 1;
    fmt::print("{:<58} {:>9.2f} {:>9.2f} {:>7} {:>7} {:>9.2f} {:>6.2f}   {}{}\n", shape.title + (shape.selective ? "" : " (wide)"), f.p50, f.p99,
               f.looked_at, f.given, figures.back().p99, ratio, plan, f.empty > 0.9 ? "   NOTHING FOUND" : "");
    std::fflush(stdout);
    if (!shape.selective) continue;
    if (selective.empty() || f.p99 > *std::ranges::max_element(selective)) worst = shape.title;
    if (ratios.empty() || ratio > *std::ranges::max_element(ratios)) steepest = shape.title;
    selective.push_back(f.p99);
    ratios.push_back(ratio);
    slow += f.p99 > 20;
    steep += ratio > 1.5;
  }
  std::ranges::sort(selective);
  std::ranges::sort(ratios);
  fmt::print("RESULT query shapes, {} of {} selective | p99: median {:.2f} ms, worst {:.2f} ms ({}) | {} over 20 ms | p99 ≤ 20 ms\n", selective.size(),
             shapes.size(), quantile(selective, 0.5), selective.back(), worst, slow);
  if (servers.size() > 1)
    fmt::print("RESULT the same against less data | median {:.2f}, worst {:.2f} ({}) of its p50 | {} over 1.5 | ≤ 1.5\n", quantile(ratios, 0.5),
               ratios.back(), steepest, steep);
}

}  // namespace

int main(int argc, char** argv) {
  std::string file = "bench/shapes.txt";
  std::vector<std::string> urls;
  unsigned requests = 100;
  CLI::App app("query shapes on one server, or on two that hold different amounts");
  app.add_option("--shapes", file, "the file of shapes");
  app.add_option("--url", urls, "base URL; the second holds less")->required();
  app.add_option("--requests", requests, "of each shape");
  CLI11_PARSE(app, argc, argv);
  try {
    run(file, urls, requests);
  } catch (const std::exception& error) {
    fmt::print(stderr, "shapes_bench: {}\n", error.what());
    return 1;
  }
}
