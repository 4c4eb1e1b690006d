#include "record/record.h"

#include "record/impl.h"
#include "record/indexer.h"

namespace witmed::record {
namespace {

constexpr int kAttempts = 20;  // how often a change is prepared again when others change the same resources meanwhile

// One change on its way: prepared, handed to the writer, prepared again on a conflict.
struct Pending : std::enable_shared_from_this<Pending> {
  Pending(Record::Impl& impl, const AccessContext& asker, std::vector<Operation> operations, bool independent, Record::Done done)
      : impl(impl), asker(asker), operations(std::move(operations)), independent(independent), done(std::move(done)) {}

  // Throws Rejection when the change is refused.
  void attempt() {
    prepared = independent ? prepare_round(impl, asker, operations) : prepare(impl, asker, operations);
    if (prepared.commit.writes.empty()) return answer({});
    // Kept besides the commit: the writer takes the writes with it.
    prepared.commit.done = [self = shared_from_this()](auto status, auto written, auto failure) {
      self->finish(status, written, failure);
    };
    impl.store->submit(std::move(prepared.commit));
  }

  void finish(store::Commit::Status status, const std::vector<store::Commit::Written>& written, std::exception_ptr failure) {
    switch (status) {
      case store::Commit::Status::done: return answer(written);
      case store::Commit::Status::failed: return done({{}, std::nullopt, failure});
      case store::Commit::Status::busy:
        return done({{}, fhir::Rejection(503, "throttled", "Too many changes are waiting: try again in a moment", "正在等待写入的修改太多，请稍后再试"), nullptr});
      case store::Commit::Status::conflict: break;
    }
    if (++attempts == kAttempts)
      return done({{}, fhir::Rejection(409, "conflict", "Others keep changing the same resources: try again", "同一资源正被频繁修改，请重试"), nullptr});
    impl.retries.run([self = shared_from_this()] { self->again(); });
  }

  void again() {
    try {
      attempt();
    } catch (const fhir::Rejection& r) {
      done({{}, r, nullptr});
    } catch (...) {
      done({{}, std::nullopt, std::current_exception()});
    }
  }

  void answer(const std::vector<store::Commit::Written>& written) {
    for (size_t i = 0; i < prepared.results.size(); ++i) {
      const int at = prepared.written[i];
      if (at < 0) continue;
      auto& v = prepared.results[i].version;
      const auto& w = written[static_cast<size_t>(at)];
      v.sequence = static_cast<uint64_t>(w.sequence);
      v.time = w.time;
      if (v.removed()) {
        tell_keepers(v);
        continue;
      }
      auto text = std::make_shared<std::string>(store::stored_head(v.type, v.id, static_cast<int64_t>(v.version), v.time));
      *text += *prepared.tails[static_cast<size_t>(at)];
      v.text = std::move(text);
      tell_keepers(v);
    }
    if (prepared.deferred.empty()) return done({std::move(prepared.results), std::nullopt, nullptr});
    next_round();
  }

  void tell_keepers(const Version& version) {
    static const auto parameter = fhir::Definitions::r4().type_id("SearchParameter");
    static const auto definition = fhir::Definitions::r4().type_id("StructureDefinition");
    if (version.type == parameter) impl.indexer->written(version);
    if (tells_meaning(version.type)) impl.last_terminology = version.sequence;
    if (version.type == definition) impl.profiles.put(version.id, version.text ? std::string_view(*version.text) : std::string_view());
  }

  // What had to wait goes into a round of its own; its results take their places among these.
  void next_round() {
    std::vector<Operation> rest;
    for (const size_t i : prepared.deferred) rest.push_back(std::move(operations[i]));
    auto next = std::make_shared<Pending>(impl, asker, std::move(rest), true, [self = shared_from_this()](Record::Outcome outcome) {
      if (outcome.rejection || outcome.failure != nullptr) return self->done(std::move(outcome));
      for (size_t k = 0; k < self->prepared.deferred.size(); ++k)
        self->prepared.results[self->prepared.deferred[k]] = std::move(outcome.results[k]);
      self->done({std::move(self->prepared.results), std::nullopt, nullptr});
    });
    impl.retries.run([next] { next->again(); });
  }

  Record::Impl& impl;
  AccessContext asker;
  std::vector<Operation> operations;
  bool independent;  // each operation for itself, else all or nothing
  Record::Done done;
  Prepared prepared;
  int attempts = 0;
};

}  // namespace

Retries::Retries() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return stop_ || !tasks_.empty(); });
      if (stop_) return;
      auto task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  });
}

Retries::~Retries() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Retries::run(std::function<void()> task) {
  {
    std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
}

AccessContext AccessContext::open() { return {}; }
AccessContext AccessContext::limited(store::Node filter) {
  AccessContext context;
  context.filter = std::make_shared<const store::Node>(std::move(filter));
  return context;
}

Record::Record(std::shared_ptr<store::Store> store, fhir::ExtractSettings settings, CheckSettings checks)
    : impl_(std::make_unique<Impl>()) {
  impl_->store = std::move(store);
  impl_->settings = std::move(settings);
  impl_->checks = checks;
  impl_->settings.custom = impl_->store->custom_params();
  impl_->indexer = std::make_unique<Indexer>(*impl_);
  load_definitions(*impl_);
}
Record::~Record() = default;
Record::Impl::Impl() = default;
Record::Impl::~Impl() = default;

std::optional<SearchParameterStatus> Record::search_parameter_status(const AccessContext& context, const std::string& id) const {
  const auto version = read(context, fhir::Definitions::r4().type_id("SearchParameter"), id);
  return version && !version->removed() ? std::optional(impl_->indexer->status(id, *version)) : std::nullopt;
}
uint64_t Record::indexing_left() const { return impl_->indexer->left(); }

const fhir::ExtractSettings& Record::settings() const { return impl_->settings; }
uint64_t Record::last_sequence() const { return static_cast<uint64_t>(impl_->store->sequence()); }

std::vector<std::pair<fhir::TypeId, uint64_t>> Record::counts(const AccessContext& context) const {
  std::vector<std::pair<fhir::TypeId, uint64_t>> out;
  for (const auto& [type, n] : impl_->store->counts()) out.emplace_back(type, static_cast<uint64_t>(n));
  if (!context.filter) return out;
  const auto snapshot = impl_->snapshot(context);
  for (auto& [type, n] : out) {
    const auto visible = snapshot.within(store::Node::of(snapshot.keys.type(type)));
    n = 0;
    for (auto walk = store::cursor(*snapshot.view, visible); walk->at() != store::Cursor::kEnd; walk->next()) ++n;
  }
  std::erase_if(out, [](const auto& counted) { return counted.second == 0; });
  return out;
}

std::optional<Version> Record::read(const AccessContext& context, fhir::TypeId type, std::string_view id) const {
  std::optional<store::Stored> stored;
  if (!context.filter) {
    stored = impl_->store->read(type, id);
  } else {
    const auto snapshot = impl_->snapshot(context);
    if (const auto rid = snapshot.view->find(type, id)) stored = snapshot.current(*rid);
  }
  return stored ? std::optional(to_version(*stored)) : std::nullopt;
}

std::optional<Version> Record::vread(const AccessContext& context, fhir::TypeId type, std::string_view id, uint64_t version) const {
  const auto snapshot = impl_->snapshot(context);
  const auto rid = snapshot.view->find(type, id);
  if (!rid || version > INT64_MAX || !snapshot.visible(*rid)) return std::nullopt;
  const auto stored = snapshot.view->version(*rid, static_cast<int64_t>(version));
  return stored ? std::optional(to_version(*stored)) : std::nullopt;
}

void Record::commit(const AccessContext& context, std::vector<Operation> operations, Done done) {
  std::make_shared<Pending>(*impl_, context, std::move(operations), false, std::move(done))->attempt();
}

void Record::batch(const AccessContext& context, std::vector<Operation> operations, Done done) {
  std::make_shared<Pending>(*impl_, context, std::move(operations), true, std::move(done))->attempt();
}

}  // namespace witmed::record
