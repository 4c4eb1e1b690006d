#include "terminology/system.h"

#include <algorithm>

#include "terminology/book/code_system_builder.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

constexpr std::string_view kSupplementType = "http://hl7.org/fhir/StructureDefinition/codesystem-supplement-type";
constexpr std::string_view kSnomed = "http://snomed.info/sct";
constexpr std::string_view kSnomedPreferred = "900000000000548007", kSnomedSynonym = "900000000000013009";

fhir::Value parse_list(std::string_view json) { return json.empty() ? fhir::Value() : fhir::Value::parse(json); }

std::string extension_status(const fhir::Value& extensions) {
  for (const fhir::Value& each : extensions.items())
    if (each.text("url") == kStandardsStatus)
      for (const auto& [name, value] : each.members())
        if (name.starts_with("value")) return std::string(value.text());
  return {};
}

void append_names(const System& system, ConceptId id, const System* supplement, std::vector<Name>& out) {
  const CodeSystem& book = *system.book();
  if (const std::string_view display = book.display(id); !display.empty() && !supplement) {
    Name name;
    name.language = book.language();
    name.use_system = kUseSystem;
    name.use_code = kPreferredUse;
    name.use_display = "Preferred For Language";
    name.value = display;
    name.status = "active";
    name.main = true;
    out.push_back(std::move(name));
  }
  for (const Designation designation : book.designations(id)) {
    Name name;
    name.language = designation.language;
    name.use_system = designation.use_system;
    name.use_code = designation.use_code;
    name.use_display = designation.use_display;
    name.value = designation.value;
    name.extension = parse_list(designation.extension);
    name.status = extension_status(name.extension);
    if (name.status.empty()) name.status = "active";
    name.supplement = supplement;
    out.push_back(std::move(name));
  }
}

void append_properties(const CodeSystem& book, ConceptId id, std::vector<Property>& out) {
  const auto definitions = book.properties();
  for (const PropertyValue value : book.values(id)) {
    const PropertyDefinition definition = definitions[value.property];
    out.push_back({definition.code, definition.uri, value.text, value.type, value.system, value.version, value.display});
  }
}

bool is_preferred(const Name& name) {
  return name.shown_first() || (name.use_system == kSnomed && name.use_code == kSnomedSynonym);
}

// First of the names that `test` holds of.
template <typename Test>
const Name* first(const std::vector<Name>& names, Test test) {
  const auto found = std::find_if(names.begin(), names.end(), test);
  return found == names.end() ? nullptr : &*found;
}

const Name* best_without_language(const std::vector<Name>& names) {
  if (const Name* name = first(names, [](const Name& n) { return is_preferred(n) && n.active(); })) return name;
  if (const Name* name = first(names, is_preferred)) return name;
  return names.empty() ? nullptr : &names.front();
}

const Name* best_in(const std::vector<Name>& names, std::string_view language) {
  for (const bool active : {true, false}) {
    for (const Agreement how : {Agreement::whole, Agreement::region, Agreement::language}) {
      const auto fits = [&](const Name& n) { return agree(language, n.language, how) && (!active || n.active()); };
      if (const Name* name = first(names, [&](const Name& n) { return fits(n) && is_preferred(n); })) return name;
      if (const Name* name = first(names, fits)) return name;
    }
  }
  return nullptr;
}

}  // namespace

System::System(CodeSystem book) : book_(std::move(book)) {
  definition.url = book_->url();
  definition.version = book_->version();
  definition.name = book_->name();
  definition.title = book_->title();
  definition.status = book_->status();
  definition.language = book_->language();
  definition.experimental = book_->experimental();
  if (book_->resource().empty()) return;
  const fhir::Document resource = fhir::Document::parse(book_->resource());
  definition = Definition::of(resource.root());
  language_pack_ = extension_text(resource.root(), kSupplementType) == "lang-pack";
}

System::System(const Grammar& grammar) : grammar_(&grammar) {
  definition.url = grammar.url;
  definition.name = grammar.name;
  definition.title = grammar.title_zh;
  definition.status = "active";
}

SystemPtr System::parse(std::string_view text) {
  const fhir::Document document = fhir::Document::parse(text);
  return std::make_shared<const System>(CodeSystem(Image::keep(CodeSystemBuilder::from_resource(document.root()).finish())));
}

bool Name::shown_first() const {
  return use_code.empty() || (use_system == kUseSystem && use_code == kPreferredUse) ||
         (use_system == kSnomed && use_code == kSnomedPreferred);
}

bool Source::has_supplement(std::string_view canonical) const {
  const Canonical wanted = split_canonical(canonical);
  return std::any_of(supplements_.begin(), supplements_.end(), [&](const SystemPtr& each) {
    return each->definition.url == wanted.url && version_matches(wanted.version, each->definition.version);
  });
}

std::optional<Place> Source::locate(std::string_view code) const {
  if (code.empty()) return std::nullopt;
  if (const Grammar* grammar = system_->grammar())
    return grammar->judge(code, {}, nullptr) ? std::optional<Place>(Place{kNoConcept, std::string(code)}) : std::nullopt;
  const ConceptId id = book()->find(code);
  if (id == kNoConcept) return std::nullopt;
  return Place{id, std::string(book()->code(id))};
}

std::string Source::display(const Place& place) const {
  if (book()) return std::string(book()->display(place.id));
  std::string out;
  system_->grammar()->judge(place.code, {}, &out);
  return out;
}

std::string Source::definition(const Place& place) const {
  return book() ? std::string(book()->definition(place.id)) : std::string();
}

bool Source::inactive(const Place& place) const {
  if (!book()) return false;
  return book()->inactive(place.id) || extension_status(parse_list(book()->extension(place.id))) == "withdrawn";
}

bool Source::abstract(const Place& place) const { return book() && book()->abstract(place.id); }

bool Source::deprecated(const Place& place) const { return book() && book()->deprecated(place.id); }

std::string Source::status(const Place& place) const {
  if (!book()) return {};
  std::string_view said;
  const auto definitions = book()->properties();
  for (const PropertyValue value : book()->values(place.id)) {
    const PropertyDefinition property = definitions[value.property];
    if (property.code == "status" || property.uri == "http://hl7.org/fhir/concept-properties#status") return std::string(value.text);
    if (said.empty() && value.text == "true")
      for (const std::string_view flag : {"deprecated", "inactive", "retired"})
        if (property.code == flag) said = flag;
  }
  return said.empty() ? extension_status(parse_list(book()->extension(place.id))) : std::string(said);
}

std::vector<Name> Source::names(const Place& place, std::string_view language) const {
  std::vector<Name> out;
  if (const Grammar* grammar = system_->grammar()) {
    Name name;
    if (!grammar->judge(place.code, language, &name.value) || name.value.empty()) return out;
    name.language = language.empty() ? "en" : language;
    name.status = "active";
    name.main = true;
    out.push_back(std::move(name));
    return out;
  }
  append_names(*system_, place.id, nullptr, out);
  for (const SystemPtr& each : supplements_)
    if (const ConceptId id = each->book()->find(place.code); id != kNoConcept) append_names(*each, id, each.get(), out);
  return out;
}

std::vector<Property> Source::properties(const Place& place) const {
  std::vector<Property> out;
  if (!book()) return out;
  append_properties(*book(), place.id, out);
  for (const SystemPtr& each : supplements_)
    if (const ConceptId id = each->book()->find(place.code); id != kNoConcept) append_properties(*each->book(), id, out);
  return out;
}

std::vector<fhir::Value> Source::extensions(const Place& place) const {
  std::vector<fhir::Value> out;
  if (!book()) return out;
  const auto append = [&](std::string_view json) {
    fhir::Value list = parse_list(json);
    for (fhir::Value& each : list.items()) out.push_back(std::move(each));
  };
  append(book()->extension(place.id));
  for (const SystemPtr& each : supplements_)
    if (const ConceptId id = each->book()->find(place.code); id != kNoConcept) append(each->book()->extension(id));
  return out;
}

const Name* best_name(const std::vector<Name>& names, const Languages& languages) {
  if (languages.empty()) return best_without_language(names);
  for (const Languages::Wish& wish : languages.wishes()) {
    if (wish.quality <= 0) continue;
    const Name* name = wish.tag == "*" ? best_without_language(names) : best_in(names, wish.tag);
    if (name) return name;
  }
  return first(names, [](const Name& n) { return n.language.empty() && n.shown_first(); });
}

}  // namespace witmed::terminology
