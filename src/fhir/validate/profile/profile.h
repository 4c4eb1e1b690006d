// A StructureDefinition that constrains (http://hl7.org/fhir/R4/profiling.html), compiled: a tree of only what it says beyond R4 itself,
// inherited constraints included. Immutable; walked beside the document (walk.h).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fhir/json/document.h"
#include "fhir/validate/rule_book.h"

namespace witmed::fhir {

// A type that a value may have, with the profiles that it, or what it refers to, must conform to one of.
struct TypeRef {
  TypeId type = 0;
  std::vector<std::string> profiles, targets;
};

// One step of a discriminator's path.
struct Step {
  enum class Kind : uint8_t { child, extension, resolve, of_type } kind = Kind::child;
  NameId name = 0;   // child
  std::string url;   // extension
  TypeId type = 0;   // of_type
};

struct Discriminator {
  enum class Kind : uint8_t { value, exists, pattern, type, profile } kind = Kind::value;
  std::vector<Step> path;  // empty: $this
};

struct Slicing {
  enum class Rules : uint8_t { open, closed, open_at_end } rules = Rules::open;
  bool ordered = false;
  std::vector<Discriminator> by;  // none: a slice has whatever conforms to all it says
};

inline constexpr uint32_t kMany = 0xffff;

// What is said of an element, or of one slice of it.
struct Clause {
  std::string path;   // "Observation.component.code"
  std::string slice;  // "systolic"; empty for the element itself
  NameId name = 0;    // FHIRPath name: "value" of value[x]; 0 at the root
  TypeId type = 0;    // of the value, when R4 or the profile leaves one; 0 else
  uint32_t min = 0, max = kMany;
  std::vector<TypeRef> types;  // narrower than R4's; empty: not narrowed
  Node fixed, pattern, min_value, max_value;  // in one of Profile::documents
  uint32_t max_length = 0;                    // characters; 0: not limited
  std::string value_set;
  uint8_t strength = 0;  // as Element::binding_strength
  std::vector<std::shared_ptr<const Rule>> rules;
  std::optional<Slicing> slicing;
  bool by_shortcut = false;  // of a choice: `types` are those that paths like "valueQuantity" name
  std::vector<Clause> slices, children;
};

struct ExtensionContext {
  enum class Kind : uint8_t { element, extension, fhirpath } kind = Kind::element;
  std::string expression;
};

struct Profile {
  std::string url, version, title;
  TypeId type = 0;
  Clause root;
  std::vector<ExtensionContext> contexts;  // of an extension
  bool modifier = false;                   // an extension that may change the meaning
  std::vector<std::shared_ptr<const Document>> documents;
};

// Profiles by canonical url.
class Profiles {
 public:
  virtual ~Profiles() = default;
  // "url" or "url|version"; null: not known, or not one that can be compiled.
  virtual std::shared_ptr<const Profile> find(std::string_view canonical) const = 0;
};

}  // namespace witmed::fhir
