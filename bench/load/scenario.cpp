#include "load/scenario.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <stdexcept>
#include <tuple>

namespace witmed::load {
namespace {

using support::Address;

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_' || c == '~')
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string text_of(simdjson::dom::element object, const char* name) {
  std::string_view found;
  return object[name].get(found) == simdjson::SUCCESS ? std::string(found) : std::string();
}

// Calls `each` with every resource of a search, following the next links, until it returns false.
template <class Each>
void pages(const Address& server, std::string target, Each each) {
  support::Client client(server);
  simdjson::dom::parser parser;
  while (!target.empty()) {
    const auto answer = client.request("GET", target);
    if (answer.status != 200) throw std::runtime_error(fmt::format("{} answered {}", target, answer.status));
    const simdjson::dom::element bundle = parser.parse(answer.body);
    simdjson::dom::array entries, links;
    if (bundle["entry"].get(entries) == simdjson::SUCCESS)
      for (const simdjson::dom::element entry : entries)
        if (!each(entry["resource"].value())) return;
    target.clear();
    if (bundle["link"].get(links) != simdjson::SUCCESS) return;
    for (const simdjson::dom::element link : links) {
      if (text_of(link, "relation") != "next") continue;
      const std::string url = text_of(link, "url");
      const size_t base = url.find(server.base + "/");
      target = base == std::string::npos ? "/" + url : url.substr(base + server.base.size());
      // Some servers page at the base itself: "…/fhir?page=…".
      if (const size_t query = url.find(server.base + "?"); query != std::string::npos)
        target = url.substr(query + server.base.size());
    }
  }
}

size_t total(const Address& server, const std::string& target) {
  support::Client client(server);
  simdjson::dom::parser parser;
  const auto answer = client.request("GET", target);
  uint64_t found = 0;
  return answer.status == 200 && parser.parse(answer.body)["total"].get(found) == simdjson::SUCCESS ? found : 0;
}

std::string request(const Address& server, const char* method, const std::string& target,
                    const std::string& body = {}) {
  std::string bytes = fmt::format("{} {}{} HTTP/1.1\r\nHost: {}:{}\r\nAccept: application/fhir+json\r\n",
                                  method, server.base, target, server.host, server.port);
  if (!body.empty())
    bytes += fmt::format("Content-Type: application/fhir+json\r\nContent-Length: {}\r\n", body.size());
  return bytes + "\r\n" + body;
}

template <class T>
const T& any(const std::vector<T>& all, std::mt19937_64& random) {
  if (all.empty()) throw std::invalid_argument("the server holds nothing to ask for");
  return all[random() % all.size()];
}

// A vital sign as a monitor in a village clinic sends it: about 700 bytes.
std::string vital_sign(const Known& known, std::mt19937_64& random) {
  static std::atomic<uint64_t> serial = 0;
  struct Sign {
    const char *code, *name, *unit;
    int low, high;
  };
  static constexpr Sign kSigns[] = {{"8867-4", "Heart rate", "/min", 50, 120},
                                    {"8480-6", "Systolic blood pressure", "mm[Hg]", 95, 190},
                                    {"8462-4", "Diastolic blood pressure", "mm[Hg]", 55, 110},
                                    {"2339-0", "Glucose", "mg/dL", 70, 250}};
  const Sign& sign = kSigns[random() % std::size(kSigns)];
  const auto day = random() % 28 + 1, month = random() % 12 + 1, hour = random() % 24, minute = random() % 60;
  const std::string time = fmt::format("2024-{:02}-{:02}T{:02}:{:02}:00+08:00", month, day, hour, minute);
  return fmt::format(
      R"({{"resourceType":"Observation","identifier":[{{"system":"urn:witmed:load","value":"{}-{}"}}],"status":"final",)"
      R"("category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"Vital Signs"}}]}}],)"
      R"("code":{{"coding":[{{"system":"http://loinc.org","code":"{}","display":"{}"}}],"text":"{}"}},)"
      R"("subject":{{"reference":"Patient/{}"}},"effectiveDateTime":"{}","issued":"{}",)"
      R"("valueQuantity":{{"value":{},"unit":"{}","system":"http://unitsofmeasure.org","code":"{}"}}}})",
      getpid(), serial++, sign.code, sign.name, sign.name, any(known.patients, random), time, time,
      sign.low + static_cast<int>(random() % static_cast<unsigned>(sign.high - sign.low)), sign.unit,
      sign.unit);
}

// 50 entries, as a visit with its results is sent.
std::string transaction(const Known& known, std::mt19937_64& random) {
  std::string body = R"({"resourceType":"Bundle","type":"transaction","entry":[)";
  for (int i = 0; i < 50; ++i)
    body += fmt::format(
        R"({}{{"fullUrl":"urn:uuid:{:08x}-0000-4000-8000-{:012x}","resource":{},"request":{{"method":"POST","url":"Observation"}}}})",
        i ? "," : "", static_cast<uint32_t>(random()), i, vital_sign(known, random));
  return body + "]}";
}

}  // namespace

Known discover(const Address& server, size_t patients) {
  Known known;
  pages(server, "/Patient?_count=1000&_elements=id,identifier", [&](simdjson::dom::element patient) {
    known.patients.push_back(text_of(patient, "id"));
    simdjson::dom::array identifiers;
    if (patient["identifier"].get(identifiers) == simdjson::SUCCESS && identifiers.size() > 0)
      known.identifiers.push_back(
          encoded(text_of(identifiers.at(0), "system") + "|" + text_of(identifiers.at(0), "value")));
    return known.patients.size() < patients;
  });
  std::map<std::string, size_t> codes;
  for (size_t i = 0, step = known.patients.size() / 300 + 1; i < known.patients.size(); i += step) {
    size_t held = 0;
    pages(server, fmt::format("/Observation?patient={}&_count=1000&_elements=code", known.patients[i]),
          [&](simdjson::dom::element each) {
            simdjson::dom::element coding;
            if (each["code"]["coding"].at(0).get(coding) == simdjson::SUCCESS)
              ++codes[encoded(text_of(coding, "system") + "|" + text_of(coding, "code"))];
            return ++held < 20'000;
          });
  }
  std::vector<std::pair<size_t, std::string>> by_observations;
  for (size_t i = 0, step = known.patients.size() / 5000 + 1; i < known.patients.size(); i += step)
    by_observations.emplace_back(total(server, fmt::format("/Observation?patient={}&_summary=count", known.patients[i])), known.patients[i]);
  std::ranges::sort(by_observations, std::greater<>());
  if (!by_observations.empty()) std::tie(known.fullest_observations, known.fullest) = by_observations.front();
  for (const auto& [observations, patient] : by_observations) {
    const size_t resources = total(server, "/Patient/" + patient + "/$everything?_count=1");
    if (resources < 2000 && !known.large.empty()) break;
    known.large = patient, known.large_resources = resources;
  }
  std::vector<std::pair<size_t, std::string>> by_use;
  for (const auto& [code, uses] : codes) by_use.emplace_back(uses, code);
  std::ranges::sort(by_use, std::greater<>());
  for (auto& [uses, code] : by_use)
    if (known.codes.size() < 10) known.codes.push_back(std::move(code));
  return known;
}

const std::vector<std::string>& scenario_names() {
  static const std::vector<std::string> names = {"read",       "search", "hottest",     "fullest", "everything",
                                                 "identifier", "create", "transaction", "mixed"};
  return names;
}

Scenario scenario(const std::string& name, const Address& server, const Known& known) {
  auto get = [&server](const std::string& target) { return Request{request(server, "GET", target), 200}; };
  auto newest = [](const std::string& patient, const std::string& code) {
    return fmt::format("/Observation?{}code={}&_sort=-date&_count=20",
                       patient.empty() ? "" : "patient=" + patient + "&", code);
  };
  if (name == "read")
    return [=, &known](auto& random) { return get("/Patient/" + any(known.patients, random)); };
  if (name == "search")
    return [=, &known](auto& random) {
      return get(newest(any(known.patients, random), any(known.codes, random)));
    };
  if (name == "hottest") return [=, &known](auto&) { return get(newest("", known.codes.at(0))); };
  if (name == "fullest")
    return [=, &known](auto& random) { return get(newest(known.fullest, any(known.codes, random))); };
  if (name == "everything")
    return [=, &known](auto&) { return get("/Patient/" + known.large + "/$everything?_count=10000"); };
  if (name == "identifier")
    return [=, &known](auto& random) { return get("/Patient?identifier=" + any(known.identifiers, random)); };
  if (name == "create")
    return [&](auto& random) {
      return Request{request(server, "POST", "/Observation", vital_sign(known, random)), 201};
    };
  if (name == "transaction")
    return [&](auto& random) {
      return Request{request(server, "POST", "", transaction(known, random)), 200};
    };
  if (name == "mixed") {
    std::vector<Scenario> parts;
    for (const char* part : {"read", "search", "identifier", "create"})
      parts.push_back(scenario(part, server, known));
    return [parts](auto& random) {
      const auto dice = random() % 100;
      return parts[dice < 60 ? 0 : dice < 85 ? 1 : dice < 90 ? 2 : 3](random);
    };
  }
  throw std::invalid_argument("no such scenario: " + name);
}

}  // namespace witmed::load
