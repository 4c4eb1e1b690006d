#include "record/import/remote.h"

#include <charconv>
#include <chrono>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/http_client.h"
#include "base/time.h"
#include "record/import/source.h"

namespace witmed::record {
namespace {

using fhir::Definitions;
using fhir::Rejection;

constexpr size_t kBatch = 200;       // entries of a batch Bundle
constexpr int kPatience = 60;        // times that a busy server is asked again, a second apart

std::string bundle_of(const std::vector<Operation>& operations, bool together) {
  std::string text = together ? R"({"resourceType":"Bundle","type":"transaction","entry":[)" : R"({"resourceType":"Bundle","type":"batch","entry":[)";
  for (size_t i = 0; i < operations.size(); ++i) {
    const auto& op = operations[i];
    const std::string type(Definitions::r4().type(op.type).name);
    text += i ? ",{" : "{";
    if (!op.full_url.empty()) text.append("\"fullUrl\":").append(fhir::quote(op.full_url)).push_back(',');
    text.append("\"resource\":").append(op.body).append(",\"request\":{");
    if (op.verb == Operation::Verb::create)
      text.append("\"method\":\"POST\",\"url\":\"").append(type).append("\",\"ifNoneExist\":").append(fhir::quote(*op.condition));
    else
      text.append("\"method\":\"PUT\",\"url\":\"").append(type).append("/").append(op.id).append("\"");
    text += "}}";
  }
  return text + "]}";
}

fhir::Issue first_issue(fhir::Node outcome) {
  fhir::Issue issue{fhir::Severity::error, "processing", "the server refused it", "服务器拒绝", {}, 0, 0};
  if (!outcome || !outcome["issue"]) return issue;
  for (const auto node : outcome["issue"]) {
    if (node["diagnostics"]) issue.en = node["diagnostics"].string();
    if (node["details"] && node["details"]["text"]) issue.zh = node["details"]["text"].string();
    if (node["expression"])
      for (const auto place : node["expression"]) issue.expression = place.string();
    break;
  }
  return issue;
}

class Remote {
 public:
  Remote(const std::string& base, const ImportSettings& settings) : settings_(settings), client_(address(base)) {}

  ImportReport run(const std::vector<std::string>& files) {
    uint64_t before = 0;
    for (const auto& file : files) {
      Source source(file);
      while (auto item = source.next()) {
        ++report_.read;
        take(file, std::move(*item));
        if (settings_.progress && report_.read % 64 == 0) settings_.progress(before + source.bytes_read());
      }
      before += source.bytes_read();
    }
    flush();
    for (size_t left = SIZE_MAX; !later_.empty() && later_.size() < left;) {
      left = later_.size();
      for (auto& waiting : std::exchange(later_, {})) send(std::move(waiting), true, false);
    }
    for (auto& waiting : std::exchange(later_, {})) send(std::move(waiting), true, true);
    return report_;
  }

 private:
  struct Entry {
    std::string file;
    uint64_t line;
  };
  struct Parcel {
    std::vector<Operation> operations;
    std::vector<Entry> places;
  };

  static client::Address address(const std::string& base) {
    auto a = client::parse_url(base);
    if (a.base.empty()) a.base = "/fhir";
    return a;
  }

  void take(const std::string& file, Source::Item item) {
    try {
      if (item.too_long) throw Rejection(413, "too-long", "The document is longer than a server takes", "文档超过长度上限");
      auto intake = read_document(item.text);
      if (intake.together) {
        Parcel parcel{std::move(intake.operations), {{file, item.line}}};
        send(std::move(parcel), true, false);
        return;
      }
      for (auto& op : intake.operations) {
        waiting_.operations.push_back(std::move(op));
        waiting_.places.push_back({file, item.line});
      }
      if (waiting_.operations.size() >= kBatch) flush();
    } catch (const Rejection& r) {
      refuse({file, item.line}, {}, r.issues);
    }
  }

  void flush() {
    if (!waiting_.operations.empty()) send(std::exchange(waiting_, {}), false, true);
  }

  void send(Parcel parcel, bool together, bool last_try) {
    const auto response = post(bundle_of(parcel.operations, together));
    const auto document = fhir::Document::parse(response.body);
    if (response.status >= 400) {
      if (response.status == 412 && !last_try) return later_.push_back(std::move(parcel));  // refers to what comes later
      for (const auto& place : parcel.places) refuse(place, {}, {first_issue(document.root())});
      return;
    }
    size_t i = 0;
    for (const auto entry : document.root()["entry"]) {
      const auto& place = parcel.places[together ? 0 : i];
      count(entry["response"], place, together ? "Bundle.entry[" + std::to_string(i) + "]" : std::string());
      ++i;
    }
  }

  void count(fhir::Node response, const Entry& place, std::string entry) {
    const std::string status = response["status"].string();
    if (status.starts_with("201")) ++report_.created;
    else if (status.starts_with("2")) ++(unchanged(response) ? report_.unchanged : report_.updated);
    else refuse(place, std::move(entry), {first_issue(response["outcome"])});
  }

  // An update that changed something has just been stored; what was equal keeps the time it had before this import.
  bool unchanged(fhir::Node response) const {
    const auto time = response["lastModified"] ? parse_instant(response["lastModified"].string()) : std::nullopt;
    return time && *time < begin_;
  }

  client::Response post(const std::string& body) {
    for (int attempt = 0;; ++attempt) {
      try {
        auto response = client_.request("POST", "", body, "Content-Type: application/fhir+json\r\nPrefer: return=minimal\r\n");
        if (response.status != 503 || attempt == kPatience) return response;
      } catch (const std::exception& error) {
        if (attempt == kPatience) throw Failure(std::string("the server does not answer: ") + error.what());
      }
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }

  void refuse(const Entry& place, std::string entry, std::vector<fhir::Issue> issues) {
    ++report_.refused;
    if (settings_.problem) settings_.problem({place.file, place.line, std::move(entry), std::move(issues)});
  }

  const ImportSettings& settings_;
  client::Client client_;
  int64_t begin_ = wall_micros();
  ImportReport report_;
  Parcel waiting_;
  std::vector<Parcel> later_;
};

}  // namespace

ImportReport import_remote(const std::string& base, const std::vector<std::string>& files, const ImportSettings& settings) {
  return Remote(base, settings).run(files);
}

}  // namespace witmed::record
