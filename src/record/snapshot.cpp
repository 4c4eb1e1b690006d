#include "record/snapshot.h"

#include "record/impl.h"

namespace witmed::record {

Snapshot::Snapshot(store::Store& store, const fhir::ExtractSettings& settings, const AccessContext& asker)
    : keys(store.keys()), extract(settings), filter(asker.filter), deadline(asker.deadline) {
  // Parameters that are ready before the view is made have their rows in it; had one begun to leave meanwhile, some might be gone.
  std::shared_ptr<const fhir::CustomParams::Set> set;
  do {
    set = settings.custom->load();
    view = store.view();
  } while (set->generation != settings.custom->load()->generation);
  generation = set->generation;
  extract.custom = std::make_shared<fhir::CustomParams>(std::move(set));
}

bool Snapshot::visible(store::Rid rid) const {
  if (!filter || store::contains(*view, *filter, rid)) return true;
  const auto now = view->current(rid, store::View::Body::without);
  if (!now || now->method != store::Method::remove) return false;
  const auto last = view->version(rid, now->version - 1);
  if (!last || !last->text) return false;
  return store::contains(rows_of(keys, extract, last->type, last->id, fhir::Document::parse(*last->text)).rows, *filter, rid);
}

std::optional<store::Stored> Snapshot::current(store::Rid rid) const {
  return visible(rid) ? view->current(rid) : std::nullopt;
}

store::Node Snapshot::within(store::Node node) const {
  if (!filter) return node;
  return store::Node::all({std::move(node), *filter});
}

}  // namespace witmed::record
