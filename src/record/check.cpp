// Validation by what the record knows: its StructureDefinitions, and the targets of references.
#include <algorithm>
#include <deque>

#include "fhir/reference.h"
#include "fhir/validate/validator.h"
#include "record/impl.h"

namespace witmed::record {
namespace {

using fhir::Document;
using fhir::Node;

constexpr size_t kTargets = 2000;  // resources that one validation reads

// What the asker may see, and what is being written with it.
class RecordResolver : public fhir::Resolver {
 public:
  RecordResolver(const Snapshot& snapshot, const WrittenWith* written) : snapshot_(snapshot), written_(written) {}

  Node find(std::string_view reference) override {
    if (written_) {
      if (const Node here = (*written_)(reference)) return here;
    }
    const fhir::ReferenceParts parts = fhir::split_reference(reference);
    if (parts.type == 0 || !parts.base.empty()) return {};
    const auto known = std::find_if(read_.begin(), read_.end(), [&](const Target& t) { return t.type == parts.type && t.id == parts.id; });
    if (known != read_.end()) return known->document ? known->document->root() : Node();
    if (read_.size() == kTargets)
      throw fhir::Rejection(422, "too-costly", "validation would have to read too many referenced resources", "校验需要读取的被引用资源过多");
    Target& target = read_.emplace_back(Target{parts.type, std::string(parts.id), std::nullopt});
    if (const auto rid = snapshot_.view->find(parts.type, target.id)) {
      const auto stored = snapshot_.current(*rid);
      if (stored && stored->text && stored->method != store::Method::remove) target.document = Document::parse(*stored->text);
    }
    return target.document ? target.document->root() : Node();
  }

 private:
  struct Target {
    fhir::TypeId type;
    std::string id;
    std::optional<Document> document;
  };
  const Snapshot& snapshot_;
  const WrittenWith* written_;
  std::deque<Target> read_;
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
