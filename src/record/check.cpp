// Validation by what the record knows: its StructureDefinitions, its Questionnaires, and the targets of references.
#include <algorithm>
#include <deque>
#include <map>

#include "fhir/reference.h"
#include "fhir/search/type_index.h"
#include "fhir/validate/validator.h"
#include "record/impl.h"
#include "terminology/version.h"

namespace witmed::record {
namespace {

using fhir::Document;
using fhir::Node;

constexpr size_t kTargets = 2000;  // resources that one validation reads
constexpr size_t kVersions = 100;  // of one definition, that are looked at

// What the asker may see, and what is being written with it.
class RecordResolver : public fhir::Resolver {
 public:
  RecordResolver(const Snapshot& snapshot, const WrittenWith* written) : snapshot_(snapshot), written_(written) {}

  Node find(std::string_view reference) override {
    if (written_) {
      if (const Node here = written_->find(reference)) return here;
    }
    const fhir::ReferenceParts parts = fhir::split_reference(reference);
    if (parts.type == 0 || !parts.base.empty()) return {};
    const auto known = std::find_if(read_.begin(), read_.end(), [&](const Target& t) { return t.type == parts.type && t.id == parts.id; });
    if (known != read_.end()) return known->document ? known->document->root() : Node();
    spare();
    Target& target = read_.emplace_back(Target{parts.type, std::string(parts.id), std::nullopt});
    if (const auto rid = snapshot_.view->find(parts.type, target.id)) {
      const auto stored = snapshot_.current(*rid);
      if (stored && stored->text && stored->method != store::Method::remove) target.document = Document::parse(*stored->text);
    }
    return target.document ? target.document->root() : Node();
  }

  Node definition(fhir::TypeId type, std::string_view canonical) override {
    if (written_) {
      if (const Node here = written_->definition(type, canonical)) return here;
    }
    const std::pair key(type, std::string(canonical));
    auto known = definitions_.find(key);
    if (known == definitions_.end()) {
      spare();
      known = definitions_.emplace(key, newest(type, terminology::split_canonical(canonical))).first;
    }
    return known->second ? known->second->root() : Node();
  }

 private:
  void spare() const {
    if (read_.size() + definitions_.size() >= kTargets)
      throw fhir::Rejection(422, "too-costly", "validation would have to read too many referenced resources", "校验需要读取的被引用资源过多");
  }

  // By the index of the search parameter `url`.
  std::optional<Document> newest(fhir::TypeId type, terminology::Canonical wanted) const {
    const auto* parameter = fhir::Definitions::r4().search_param(type, "url");
    if (!parameter || wanted.url.empty()) return std::nullopt;
    std::optional<Document> best;
    std::string best_version;
    size_t looked = 0;
    const auto& index = fhir::SearchIndex::r4();
    for (const auto id : index.parts(*parameter)) {
      const auto node = snapshot_.within(store::Node::of(snapshot_.keys.uri(index.part(id).identity, wanted.url)));
      for (auto walk = store::cursor(*snapshot_.view, node); walk->at() != store::Cursor::kEnd && looked < kVersions; walk->next(), ++looked) {
        const auto stored = snapshot_.view->current(walk->at());
        if (!stored || !stored->text) continue;
        auto document = Document::parse(*stored->text);
        const auto member = [&](std::string_view key) {
          const Node value = document.root()[key];
          return value ? value.string() : std::string();
        };
        const std::string version = member("version");
        if (member("url") != wanted.url || (!wanted.version.empty() && version != wanted.version)) continue;
        if (best && terminology::compare_versions(version, best_version) < 0) continue;
        best = std::move(document);
        best_version = version;
      }
    }
    return best;
  }

  struct Target {
    fhir::TypeId type;
    std::string id;
    std::optional<Document> document;
  };
  const Snapshot& snapshot_;
  const WrittenWith* written_;
  std::deque<Target> read_;
  std::map<std::pair<fhir::TypeId, std::string>, std::optional<Document>> definitions_;
};

}  // namespace

void check_write(const Record::Impl& impl, const Snapshot& snapshot, const Document& document, const WrittenWith& written) {
  if (impl.checks.level == CheckSettings::Level::structure) return;
  RecordResolver resolver(snapshot, &written);
  fhir::ValidateOptions options;
  options.structure = false;  // has been looked at
  options.warnings = false;
  options.publishing = false;
  options.profiles = impl.checks.level == CheckSettings::Level::profiles;
  options.references = impl.checks.references;
  const auto terminology = impl.terminology();
  auto issues = fhir::validate(document, {terminology.get(), &impl.profiles, &resolver}, options);
  if (std::any_of(issues.begin(), issues.end(), [](const fhir::Issue& issue) { return issue.severity >= fhir::Severity::error; }))
    throw fhir::Rejection(422, std::move(issues));
}

bool tells_meaning(fhir::TypeId type) {
  static const auto& r4 = fhir::Definitions::r4();
  static const auto system = r4.type_id("CodeSystem"), set = r4.type_id("ValueSet"), map = r4.type_id("ConceptMap");
  return type == system || type == set || type == map;
}

void load_definitions(Record::Impl& impl) {
  impl.last_terminology = static_cast<uint64_t>(impl.store->sequence());
  const auto type = fhir::Definitions::r4().type_id("StructureDefinition");
  const auto view = impl.store->view();
  for (auto walk = view->postings(impl.store->keys().type(type)); walk->at() != store::Cursor::kEnd; walk->next()) {
    const auto stored = view->current(walk->at());
    if (stored && stored->text) impl.profiles.put(stored->id, *stored->text);
  }
}

std::vector<fhir::Issue> Record::validate(const AccessContext& access, const Document& document, const fhir::ValidateOptions& options) const {
  const Snapshot snapshot = impl_->snapshot(access);
  RecordResolver resolver(snapshot, nullptr);
  const auto terminology = impl_->terminology();
  return fhir::validate(document, {terminology.get(), &impl_->profiles, &resolver}, options);
}

const fhir::Profiles& Record::profiles() const { return impl_->profiles; }
void Record::use(TerminologySource terminology) { impl_->terminology = std::move(terminology); }
uint64_t Record::last_terminology() const { return impl_->last_terminology; }

}  // namespace witmed::record
