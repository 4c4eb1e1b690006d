#include "services/overview/overview.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "services/overview/figures.h"
#include "services/overview/tally_file.h"

namespace witmed::services {
namespace {

using record::Version;

constexpr uint32_t kChanges = 5000;    // looked at between two looks at the clock
constexpr uint64_t kFarBehind = 1000;  // more changes than this and than resources: counting is quicker
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
  uint64_t countable() const;
  void first_count();
  void load();
  void save();
  Digest mark() const;
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

  Kept kept;             // the thread's own
  bool counted = false;  // the first count is done, or was read from the file
  uint64_t saved = 0;    // position of the file
  int64_t saved_at = 0;  // steady microseconds; 0 = not by us

  std::mutex mutex;
  std::condition_variable wake, news;
  bool stop = false, wanted = false;  // guarded, as the rest
  std::shared_ptr<const std::string> published;
  int64_t published_at = 0;  // steady microseconds
  uint64_t published_position = 0;
  std::atomic<uint64_t> visited{0}, to_visit{0}, read{0};
  std::thread thread;  // last: it uses the rest
};

// What a version counts for. Residents know their former facts themselves; of the others the former version
// is taken away.
void Overview::Impl::put(const Version& version, int sign) {
  ++read;
  if (version.type == types.encounter) {
    if (auto facts = visit_facts(version)) kept.tally.visit(*facts, sign, version.time);
  } else if (version.type == types.condition) {
    if (auto facts = diagnosis_facts(version)) kept.tally.diagnosis(*facts, sign);
  } else if (sign < 0) {
    return;
  } else if (version.type == types.patient) {
    kept.tally.resident(version.id, resident_facts(version));
  } else if (version.type == types.organization) {
    kept.tally.institution(version.id, institution_facts(version));
  } else if (version.type == types.location) {
    kept.tally.place(version.id, place_facts(version));
  }
}

void Overview::Impl::change(const Version& version) {
  const bool has_former =
      version.version > 1 && (version.type == types.encounter || version.type == types.condition);
  if (has_former)
    if (auto former = record.vread(access, version.type, version.id, version.version - 1)) put(*former, -1);
  put(version, 1);
}

uint64_t Overview::Impl::countable() const {
  uint64_t total = 0;
  for (const auto& [type, count] : record.counts(access))
    if (std::find(types.all.begin(), types.all.end(), type) != types.all.end()) total += count;
  return total;
}

void Overview::Impl::first_count() {
  to_visit = countable();
  visited = 0;
  kept.tally = Tally();
  bool whole = true;
  kept.position = record.each(access, types.all, [&](const Version& version) {
    put(version, 1);
    whole = (++visited % kChanges != 0) || !stopping();
    return whole;
  });
  counted = whole;
}

void Overview::Impl::follow() {
  const bool far = record.last_sequence() > kept.position + std::max(countable(), kFarBehind);
  if (!counted || far) first_count();
  int64_t shown = steady_micros();
  while (counted && kept.position < record.last_sequence() && !stopping()) {
    const auto passage = record.changes(access, kept.position, kChanges, types.all);
    for (const auto& each : passage.changes) change(each.version);
    kept.position = passage.position;
    if (steady_micros() - shown < kPublishMicros) continue;
    publish();
    shown = steady_micros();
  }
  if (counted) publish();
}

void Overview::Impl::publish() {
  auto text = std::make_shared<const std::string>(
      figures_text(kept.tally, record.counts(access), {wall_micros(), kept.position, settings.zone_minutes}));
  std::lock_guard lock(mutex);
  published = std::move(text);
  published_at = steady_micros();
  published_position = kept.position;
  news.notify_all();
}

// The version that stands at the position: where another one does, the file is of another history.
Digest Overview::Impl::mark() const {
  if (kept.position == 0) return {};
  const auto last = record.changes(access, kept.position - 1, 1).changes;
  if (last.empty()) return {};
  const Version& version = last[0].version;
  return sm3(std::to_string(last[0].sequence), version.id + "/" + std::to_string(version.version),
             "@" + std::to_string(version.time));
}

void Overview::Impl::load() {
  if (settings.file.empty() || !std::filesystem::exists(settings.file)) return;
  try {
    kept = read_tally(settings.file);
    if (kept.position > record.last_sequence() || kept.mark != mark())
      throw Failure(settings.file + " is of another record");
    counted = true;
    saved = kept.position;
    log::info("overview.read", {{"position", kept.position}});
  } catch (const std::exception& error) {
    log::warning("overview.recount", {{"because", error.what()}});
  }
}

// Without the file the next start counts: nothing else is lost.
void Overview::Impl::save() {
  if (settings.file.empty() || !counted || kept.position == saved) return;
  try {
    kept.mark = mark();
    write_tally(settings.file, kept);
    saved = kept.position;
  } catch (const std::exception& error) {
    log::error("overview.not_saved", {{"error", error.what()}});
  }
  saved_at = steady_micros();
}

void Overview::Impl::run() {
  load();
  for (;;) {
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stop || wanted; });
      if (stop) break;
      wanted = false;
    }
    try {
      follow();
      if (saved_at == 0 || steady_micros() - saved_at >= settings.save_micros) save();
    } catch (const std::exception& error) {
      log::error("overview.failed", {{"error", error.what()}, {"position", kept.position}});
      counted = false;  // a half-counted change would stay wrong: begin again
    }
  }
  save();
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

uint64_t Overview::resources_read() const { return impl_->read; }

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
