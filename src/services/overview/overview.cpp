#include "services/overview/overview.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "base/log.h"
#include "services/overview/figures.h"

namespace witmed::services {
namespace {

using record::Version;

constexpr uint32_t kChanges = 5000;            // looked at between two looks at the clock
constexpr int64_t kPublishMicros = 2'000'000;  // figures under way are shown this often

struct Types {
  fhir::TypeId patient, encounter, condition, organization, location;
  std::vector<fhir::TypeId> all;  // residents before what is counted by their age
};

Types followed() {
  const auto& r4 = fhir::Definitions::r4();
  Types types{r4.type_id("Patient"),      r4.type_id("Encounter"), r4.type_id("Condition"),
              r4.type_id("Organization"), r4.type_id("Location"),  {}};
  types.all = {types.organization, types.location, types.patient, types.condition, types.encounter};
  return types;
}

}  // namespace

struct Overview::Impl {
  Impl(record::Record& record, OverviewSettings settings)
      : record(record), settings(settings), types(followed()), thread([this] { run(); }) {}

  void run();
  void follow();
  void first_count();
  void put(const Version& version, int sign);
  void change(const Version& version);
  void publish();
  bool stopping() {
    std::lock_guard lock(mutex);
    return stop;
  }

  record::Record& record;
  const OverviewSettings settings;
  const Types types;
  const record::AccessContext access = record::AccessContext::open();

  Tally tally;            // the thread's own
  uint64_t position = 0;  // of the last change counted
  bool counted = false;   // the first count is done

  std::mutex mutex;
  std::condition_variable wake, news;
  bool stop = false, wanted = false;  // guarded, as the rest
  std::shared_ptr<const std::string> published;
  int64_t published_at = 0;  // steady microseconds
  uint64_t published_position = 0;
  std::atomic<uint64_t> visited{0}, to_visit{0};
  std::thread thread;  // last: it uses the rest
};

// What a version counts for. Residents know their former facts themselves; of the others the former version
// is taken away.
void Overview::Impl::put(const Version& version, int sign) {
  if (version.type == types.encounter) {
    if (auto facts = visit_facts(version)) tally.visit(*facts, sign, version.time);
  } else if (version.type == types.condition) {
    if (auto facts = diagnosis_facts(version)) tally.diagnosis(*facts, sign);
  } else if (sign < 0) {
    return;
  } else if (version.type == types.patient) {
    tally.resident(version.id, resident_facts(version));
  } else if (version.type == types.organization) {
    tally.institution(version.id, institution_facts(version));
  } else if (version.type == types.location) {
    tally.place(version.id, place_facts(version));
  }
}

void Overview::Impl::change(const Version& version) {
  const bool has_former =
      version.version > 1 && (version.type == types.encounter || version.type == types.condition);
  if (has_former)
    if (auto former = record.vread(access, version.type, version.id, version.version - 1)) put(*former, -1);
  put(version, 1);
}

void Overview::Impl::first_count() {
  uint64_t total = 0;
  for (const auto& [type, count] : record.counts(access))
    if (std::find(types.all.begin(), types.all.end(), type) != types.all.end()) total += count;
  to_visit = total;
  visited = 0;
  tally = Tally();
  bool whole = true;
  position = record.each(access, types.all, [&](const Version& version) {
    put(version, 1);
    whole = (++visited % kChanges != 0) || !stopping();
    return whole;
  });
  counted = whole;
}

void Overview::Impl::follow() {
  if (!counted) first_count();
  int64_t shown = steady_micros();
  while (counted && position < record.last_sequence() && !stopping()) {
    const auto passage = record.changes(access, position, kChanges, types.all);
    for (const auto& each : passage.changes) change(each.version);
    position = passage.position;
    if (steady_micros() - shown < kPublishMicros) continue;
    publish();
    shown = steady_micros();
  }
  if (counted) publish();
}

void Overview::Impl::publish() {
  auto text = std::make_shared<const std::string>(
      figures_text(tally, record.counts(access), {wall_micros(), position, settings.zone_minutes}));
  std::lock_guard lock(mutex);
  published = std::move(text);
  published_at = steady_micros();
  published_position = position;
  news.notify_all();
}

void Overview::Impl::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stop || wanted; });
      if (stop) return;
      wanted = false;
    }
    try {
      follow();
    } catch (const std::exception& error) {
      log::error("overview.failed", {{"error", error.what()}, {"position", position}});
      counted = false;  // a half-counted change would stay wrong: begin again
    }
  }
}

Overview::Overview(record::Record& record, OverviewSettings settings)
    : impl_(std::make_unique<Impl>(record, settings)) {}

Overview::~Overview() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stop = true;
  }
  impl_->wake.notify_one();
  impl_->thread.join();
}

std::shared_ptr<const std::string> Overview::text() {
  Impl& impl = *impl_;
  const uint64_t last = impl.record.last_sequence();
  std::unique_lock lock(impl.mutex);
  const int64_t now = steady_micros();
  const bool current = impl.published && impl.published_position >= last;
  // Ages grow and months end without any change.
  const bool fresh = impl.published && now - impl.published_at < impl.settings.fresh_micros;
  if (current ? now - impl.published_at < 60'000'000 : fresh) return impl.published;
  const int64_t asked = now;
  impl.wanted = true;
  impl.wake.notify_one();
  const int64_t patience = impl.published ? impl.settings.wait_micros : impl.settings.first_micros;
  impl.news.wait_for(lock, std::chrono::microseconds(patience), [&] { return impl.published_at >= asked; });
  if (impl.published) return impl.published;
  const uint64_t total = std::max<uint64_t>(impl.to_visit, 1);
  const auto percent = static_cast<unsigned>(std::min<uint64_t>(99, impl.visited * 100 / total));
  return std::make_shared<const std::string>(preparing_text(wall_micros(), percent));
}

}  // namespace witmed::services
