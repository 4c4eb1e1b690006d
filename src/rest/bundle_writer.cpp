#include "rest/bundle_writer.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/time.h"
#include "rest/http/http.h"

namespace witmed::rest {
namespace {

constexpr size_t kEntryOverhead = 160;  // fullUrl, search mode and punctuation

void append_etag(std::string& out, uint64_t version) {
  out += R"("etag":"W/\")";
  out += std::to_string(version);
  out += R"(\"")";
}

std::string_view method_name(record::Version::Method method) {
  switch (method) {
    case record::Version::Method::create: return "POST";
    case record::Version::Method::remove: return "DELETE";
    default: return "PUT";
  }
}

}  // namespace

BundleWriter::BundleWriter(std::string_view base, std::string_view type, size_t expected_bytes)
    : base_(base) {
  out_.reserve(512 + expected_bytes + expected_bytes / 1024 * kEntryOverhead);
  out_ += R"({"resourceType":"Bundle","meta":{"lastUpdated":")";
  append_instant(out_, wall_micros());
  out_ += R"("},"type":")";
  out_ += type;
  out_ += '"';
}

void BundleWriter::total(uint64_t number) {
  out_ += ",\"total\":";
  out_ += std::to_string(number);
}

void BundleWriter::link(std::string_view relation, std::string_view url) {
  out_ += links_ ? "," : ",\"link\":[";
  links_ = true;
  out_ += R"({"relation":")";
  out_ += relation;
  out_ += R"(","url":)";
  append_json_string(out_, url);
  out_ += '}';
}

void BundleWriter::begin_entry() {
  if (entries_) {
    out_ += ',';
    return;
  }
  if (links_) out_ += ']';
  out_ += ",\"entry\":[";
  entries_ = true;
}

void BundleWriter::full_url(std::string_view resource_type, std::string_view id) {
  out_ += R"("fullUrl":")";
  out_ += base_;
  out_ += '/';
  out_ += resource_type;
  out_ += '/';
  out_ += id;
  out_ += '"';
}

void BundleWriter::match(std::string_view resource_type, std::string_view id, std::string_view text,
                         std::string_view mode) {
  begin_entry();
  out_ += '{';
  full_url(resource_type, id);
  out_ += ",\"resource\":";
  out_ += text;
  out_ += R"(,"search":{"mode":")";
  out_ += mode;
  out_ += "\"}}";
}

void BundleWriter::outcome(std::string_view text) {
  begin_entry();
  out_ += "{\"resource\":";
  out_ += text;
  out_ += R"(,"search":{"mode":"outcome"}})";
}

void BundleWriter::history(std::string_view resource_type, const record::Version& version,
                           std::string_view text) {
  begin_entry();
  out_ += '{';
  full_url(resource_type, version.id);
  if (!version.removed()) {
    out_ += ",\"resource\":";
    out_ += text;
  }
  out_ += R"(,"request":{"method":")";
  out_ += method_name(version.method);
  out_ += R"(","url":")";
  out_ += resource_type;
  if (version.method != record::Version::Method::create) {
    out_ += '/';
    out_ += version.id;
  }
  out_ += R"("},"response":{"status":")";
  out_ += version.removed() ? "204" : version.created() ? "201" : "200";
  out_ += "\",";
  append_etag(out_, version.version);
  out_ += R"(,"lastModified":")";
  append_instant(out_, version.time);
  out_ += "\"}}";
}

void BundleWriter::answer(const Answer& answer) {
  begin_entry();
  out_ += '{';
  if (!answer.resource.empty()) {
    out_ += "\"resource\":";
    out_ += answer.resource;
    out_ += ',';
  }
  out_ += R"("response":{"status":")";
  out_ += std::to_string(answer.status);
  out_ += ' ';
  out_ += http::reason(answer.status);
  out_ += '"';
  if (!answer.location.empty()) {
    out_ += ",\"location\":";
    append_json_string(out_, answer.location);
  }
  if (answer.version != 0) {
    out_ += ',';
    append_etag(out_, answer.version);
  }
  if (answer.time != 0) {
    out_ += R"(,"lastModified":")";
    append_instant(out_, answer.time);
    out_ += '"';
  }
  if (!answer.outcome.empty()) {
    out_ += ",\"outcome\":";
    out_ += answer.outcome;
  }
  out_ += "}}";
}

std::string BundleWriter::finish() {
  if (entries_ || links_) out_ += ']';
  out_ += '}';
  return std::move(out_);
}

}  // namespace witmed::rest
