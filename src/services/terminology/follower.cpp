#include "services/terminology/follower.h"

#include "base/log.h"
#include "fhir/issue.h"

namespace witmed::services {
namespace {

using terminology::Kind;
using terminology::Shelf;

constexpr uint32_t kChanges = 1000;  // looked at in one step

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
  if (loaded_ && position_ >= record_.last_terminology()) return service_;
  std::lock_guard lock(mutex_);
  if (!loaded_) load();
  else follow();
  return service_;
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

void TerminologyFollower::publish() { service_.set_shelves({shelf_}); }

}  // namespace witmed::services
