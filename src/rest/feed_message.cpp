#include "rest/feed_message.h"

#include "base/text.h"
#include "base/time.h"
#include "fhir/json/document.h"

namespace witmed::rest {
namespace {

using fhir::Document;
using fhir::Node;

std::string_view method_name(record::Version::Method method) {
  switch (method) {
    case record::Version::Method::put_new:
    case record::Version::Method::create: return "created";
    case record::Version::Method::update: return "updated";
    case record::Version::Method::remove: return "removed";
  }
  return "updated";
}

// The first of these that is there says what a resource is about, whatever its type.
constexpr std::string_view kAbout[] = {"code", "medicationCodeableConcept", "vaccineCode", "type"};
// … and these, whose it is and which institution answers for it.
constexpr std::string_view kWhose[] = {"subject", "patient", "beneficiary"};
constexpr std::string_view kInstitution[] = {
    "serviceProvider", "managingOrganization", "performer", "author", "custodian", "requester"};

void append_member(std::string& out, std::string_view name, Node node) {
  out.append(",\"").append(name).append("\":").append(fhir::minify(node));
}

void append_about(std::string& out, Node root) {
  if (Node name = root["name"]) return append_member(out, "name", name);
  for (std::string_view key : kAbout) {
    Node about = root[key];
    if (about && about.kind() == fhir::Kind::array && about.size() > 0) about = *about.begin();
    if (about && about.kind() == fhir::Kind::object) return append_member(out, "about", about);
  }
}

void append_patient(std::string& out, Node root) {
  for (std::string_view key : kWhose) {
    Node whose = root[key];
    if (!whose || whose.kind() != fhir::Kind::object) continue;
    Node reference = whose["reference"];
    if (reference && reference.string().starts_with("Patient/"))
      return append_member(out, "patient", reference);
  }
}

void append_institution(std::string& out, Node root) {
  for (std::string_view key : kInstitution) {
    Node who = root[key];
    if (who && who.kind() == fhir::Kind::array && who.size() > 0) who = *who.begin();
    if (!who || who.kind() != fhir::Kind::object) continue;
    Node reference = who["reference"];
    if (reference && reference.string().starts_with("Organization/"))
      return append_member(out, "institution", who);
  }
}

void append_entry(std::string& out, const record::Version& version) {
  out.append(R"({"method":")").append(method_name(version.method));
  out.append(R"(","type":")").append(fhir::Definitions::r4().type(version.type).name);
  out.append(R"(","id":")").append(version.id);
  out.append(R"(","version":)").append(std::to_string(version.version));
  if (version.text && !version.removed()) {
    auto document = Document::parse(*version.text);
    append_about(out, document.root());
    append_patient(out, document.root());
    append_institution(out, document.root());
  }
  out += '}';
}

using Changes = std::vector<record::Record::Change>;

void append_message(std::string& out, Changes::const_iterator from, Changes::const_iterator to) {
  const record::Record::Change& last = *(to - 1);
  out.append("id: ").append(std::to_string(last.sequence)).append("\nevent: commit\ndata: {\"sequence\":");
  out.append(std::to_string(last.sequence)).append(",\"time\":\"");
  append_instant(out, last.version.time);
  out.append("\",\"changes\":").append(std::to_string(to - from));
  if (!last.last_of_commit) out += ",\"part\":true";
  out += ",\"entry\":[";
  for (auto at = from; at != to && at - from < static_cast<ptrdiff_t>(kFeedEntries); ++at) {
    if (at != from) out += ',';
    append_entry(out, at->version);
  }
  out += "]}\n\n";
}

}  // namespace

FeedPiece feed_piece(const record::Record& record, const record::AccessContext& access, uint64_t position) {
  FeedPiece piece;
  piece.position = position;
  const auto passage = record.changes(access, position, kFeedChanges);
  const Changes& changes = passage.changes;
  const bool full = passage.position - position == kFeedChanges;
  auto begin = changes.begin();
  for (auto at = changes.begin(); at != changes.end(); ++at) {
    // The first commit goes out in parts when it is longer than what was read; a later one waits for the next
    // piece.
    bool cut = at + 1 == changes.end() && begin == changes.begin() && full;
    if (!at->last_of_commit && !cut) continue;
    append_message(piece.text, begin, at + 1);
    piece.position = at->sequence;
    begin = at + 1;
    if (piece.text.size() >= kFeedPieceBytes) break;
  }
  if (begin == changes.end()) piece.position = passage.position;
  return piece;
}

}  // namespace witmed::rest
