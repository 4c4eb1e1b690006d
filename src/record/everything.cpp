// Patient/$everything (http://hl7.org/fhir/R4/patient-operation-everything.html): the patient, its compartment, and what the
// compartment speaks of but cannot hold itself.
#include <string.h>  // memmem

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "fhir/search/timeline.h"
#include "record/impl.h"
#include "store/search/page_cursor.h"

namespace witmed::record {
namespace {

using fhir::Definitions;

// Things that care is about and that lie outside the Patient compartment. Who and where (Practitioner, Organization, Location …)
// are not part of a person's record: they are read when asked for.
constexpr std::string_view kSpokenOf[] = {"Medication", "Substance", "Device"};

// Numbers of referenced resources of those types, from the text of one resource as it is stored: without white space.
void spoken_of(std::string_view text, store::View& view, std::set<store::Rid>& out) {
  constexpr std::string_view kReference = "\"reference\":\"";
  // memmem, not find(): the first character of the pattern is the commonest of the text.
  while (const void* found = memmem(text.data(), text.size(), kReference.data(), kReference.size())) {
    text.remove_prefix(static_cast<size_t>(static_cast<const char*>(found) - text.data()) + kReference.size());
    for (const auto type : kSpokenOf) {
      if (!text.starts_with(type) || text.substr(type.size(), 1) != "/") continue;
      const auto id = text.substr(type.size() + 1, text.find('"') - type.size() - 1);
      if (const auto rid = view.find(Definitions::r4().type_id(type), id)) out.insert(*rid);
    }
  }
}

class Everything {
 public:
  Everything(const Snapshot& snapshot, const EverythingQuery& query) : snapshot_(snapshot), view_(*snapshot.view), query_(query) {}

  Page page(store::Rid patient) {
    const auto& cursor = query_.cursor;
    const size_t count = std::clamp(query_.count, 1u, limits::kPageMax);
    Page page;
    store::PageCursor from;
    if (!cursor.empty()) from = store::PageCursor::decode(cursor);
    const auto pinned = cursor.empty() ? view_.sequence() : std::min(from.pinned, view_.sequence());
    page.commit = static_cast<uint64_t>(pinned);
    uint64_t total = 0;
    std::set<store::Rid> others;
    // The patient first, then the rest by number; what is spoken of after all of them (values = {1}).
    const bool in_others = !from.values.empty();
    const auto give = [&](const store::Stored& stored, bool other) {
      ++total;
      if (!cursor.empty() && (other ? in_others && stored.rid <= from.rid : in_others || (stored.rid != patient ? stored.rid <= from.rid : true))) return;
      if (page.matches.size() == count) {
        if (page.next.empty()) page.next = next(pinned, page.matches.back().version, last_rid_, last_other_);
        return;
      }
      page.matches.push_back({to_version(stored), Page::Match::Mode::match});
      last_rid_ = stored.rid == patient ? 0 : stored.rid;
      last_other_ = other;
    };
    if (const auto stored = view_.current(patient); stored && stored->text && wanted(*stored)) give(*stored, false);
    const auto compartment = snapshot_.within(store::Node::of(snapshot_.keys.compartment(query_.patient)));
    for (auto walk = store::cursor(view_, compartment); walk->at() != store::Cursor::kEnd; walk->next()) {
      if (walk->at() == patient) continue;
      const auto stored = view_.current(walk->at());
      if (!stored || !stored->text || stored->sequence > pinned) continue;
      spoken_of(*stored->text, view_, others);
      if (wanted(*stored)) give(*stored, false);
    }
    for (const auto rid : others) {
      const auto stored = snapshot_.current(rid);
      if (stored && stored->text && stored->sequence <= pinned && wanted(*stored)) give(*stored, true);
    }
    page.total = total;
    return page;
  }

 private:
  static std::string next(store::Sequence pinned, const Version&, store::Rid rid, bool other) {
    store::PageCursor c{pinned, rid, {}};
    if (other) c.values.push_back({true, 1, {}});
    return c.encode();
  }

  // Of a type that was asked for, and within the time of care that was asked for.
  bool wanted(const store::Stored& stored) {
    const auto& [patient, types, start, end, since, count, cursor] = query_;
    if (!types.empty() && std::find(types.begin(), types.end(), stored.type) == types.end()) return false;
    if (since && stored.time < *since) return false;
    if (!start && !end) return true;
    const auto* info = fhir::timeline(stored.type);
    if (info == nullptr) return true;  // has no time of care: always part of the record
    const auto document = fhir::Document::parse(*stored.text);
    fhir::Extraction found;
    fhir::SearchIndex::r4().extract(document.root(), stored.type, snapshot_.extract, found, info->time);
    return found.entries.empty() || std::any_of(found.entries.begin(), found.entries.end(), [&](const auto& e) {
      return (!query_.start || e.high > *query_.start) && (!query_.end || e.low < *query_.end);
    });
  }

  const Snapshot& snapshot_;
  store::View& view_;
  const EverythingQuery& query_;
  store::Rid last_rid_ = 0;
  bool last_other_ = false;
};

}  // namespace

Page Record::everything(const AccessContext& context, const EverythingQuery& query) const {
  const auto snapshot = impl_->snapshot(context);
  const auto rid = snapshot.view->find(Definitions::r4().type_id("Patient"), query.patient);
  if (!rid || !snapshot.visible(*rid)) throw fhir::Rejection(404, "not-found", "There is no Patient/" + query.patient, "没有居民 Patient/" + query.patient);
  if (snapshot.view->current(*rid, store::View::Body::without)->method == store::Method::remove)
    throw fhir::Rejection(410, "deleted", "Patient/" + query.patient + " was deleted", "居民 Patient/" + query.patient + " 已删除");
  return Everything(snapshot, query).page(*rid);
}

}  // namespace witmed::record
