#include "services/terminology/follower.h"

#include <filesystem>

#include "base/clock.h"
#include "base/log.h"
#include "terminology/book_shelf.h"

namespace witmed::services {
namespace {

using terminology::Kind;
using terminology::Shelf;

namespace fs = std::filesystem;

constexpr uint32_t kChanges = 1000;         // looked at in one step
constexpr int64_t kLookEvery = 1'000'000;  // microseconds between two looks at the folder of books

struct Types {
  fhir::TypeId code_system, value_set, concept_map;
  std::vector<fhir::TypeId> all;
};

const Types& types() {
  static const Types found = [] {
    const auto& r4 = fhir::Definitions::r4();
    Types out{r4.type_id("CodeSystem"), r4.type_id("ValueSet"), r4.type_id("ConceptMap"), {}};
    out.all = {out.code_system, out.value_set, out.concept_map};
    return out;
  }();
  return found;
}

Kind kind_of(fhir::TypeId type) {
  return type == types().code_system ? Kind::code_system : type == types().value_set ? Kind::value_set : Kind::concept_map;
}

void put(Shelf& shelf, const record::Version& version) {
  if (version.removed() || !version.text) return;
  try {
    shelf.put(version.text);
  } catch (const std::exception& error) {
    log::warning("terminology.unread", {{"id", version.id}, {"why", error.what()}});
  }
}

const record::AccessContext& everything() {
  static const record::AccessContext access = record::AccessContext::open();  // definitions are nobody's secret
  return access;
}

}  // namespace

terminology::Service& TerminologyFollower::current() {
  const bool followed = loaded_ && position_ >= record_.last_terminology();
  if (followed && steady_micros() - looked_ < kLookEvery) return service_;
  std::lock_guard lock(mutex_);
  const bool books = books_changed();
  if (!loaded_) load();
  else follow();
  if (books) publish();
  return service_;
}

// Opens the books again when a file came, went or was replaced.
bool TerminologyFollower::books_changed() {
  if (books_ && steady_micros() - looked_ < kLookEvery) return false;
  looked_ = steady_micros();
  std::string state;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const auto time = entry.last_write_time(error).time_since_epoch().count();
    state += entry.path().filename().string() + " " + std::to_string(entry.is_regular_file(error) ? entry.file_size(error) : 0) + " " +
             std::to_string(time) + "\n";
  }
  if (books_ && state == books_state_) return false;
  books_state_ = std::move(state);
  books_ = terminology::open_books(folder_, [](const std::string& path, const std::string& why) {
    log::warning("terminology.book", {{"path", path}, {"why", why}});
  });
  return true;
}

void TerminologyFollower::load() {
  shelf_ = std::make_shared<Shelf>();
  position_ = record_.each(everything(), types().all, [&](const record::Version& version) {
    put(*shelf_, version);
    return true;
  });
  publish();
  loaded_ = true;
}

void TerminologyFollower::follow() {
  bool changed = false;
  while (position_ < record_.last_sequence()) {
    const auto passage = record_.changes(everything(), position_, kChanges, types().all);
    for (const auto& change : passage.changes) {
      if (!changed) shelf_ = std::make_shared<Shelf>(*shelf_);
      changed = true;
      shelf_->remove(kind_of(change.version.type), change.version.id);
      put(*shelf_, change.version);
    }
    if (passage.position == position_) break;
    position_ = passage.position;
  }
  if (changed) publish();
}

void TerminologyFollower::publish() { service_.set_shelves({shelf_, books_}); }

}  // namespace witmed::services
