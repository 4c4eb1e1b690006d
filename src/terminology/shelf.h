// Definitions of terminology, found by canonical url and read when first asked for. Immutable once it is shared.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "terminology/concept_map.h"
#include "terminology/system.h"
#include "terminology/value_set.h"

namespace witmed::terminology {

enum class Kind : uint8_t { code_system, supplement, value_set, concept_map };

// What is said of a definition before it is read.
struct Label {
  Kind kind = Kind::code_system;
  std::string id, url, version;
  std::string supplements;  // canonical of the system that a supplement adds to
  std::string value_set;    // of a code system: canonical of the value set of all its codes
  Content content = Content::complete;
};

template <class T>
class Held {
 public:
  using Make = std::function<std::shared_ptr<const T>()>;
  Held(Label label, Make make) : label(std::move(label)), make_(std::move(make)) {}
  Held(Label label, std::shared_ptr<const T> made) : label(std::move(label)), made_(std::move(made)) { std::call_once(once_, [] {}); }
  const Label label;
  // nullptr: it cannot be read (and is as if it were not there).
  const std::shared_ptr<const T>& get() const {
    std::call_once(once_, [this] { make(); });
    return made_;
  }

 private:
  void make() const {
    try {
      made_ = make_();
    } catch (const fhir::Rejection&) {  // its writer was told; here it is nothing
    }
  }
  const Make make_;
  mutable std::once_flag once_;
  mutable std::shared_ptr<const T> made_;
};
template <class T>
using HeldPtr = std::shared_ptr<const Held<T>>;

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

class Shelf {
 public:
  // A resource as JSON; `text` is read now for its label, and again when it is asked for. False: it is no definition of
  // terminology, or has no url. Throws Rejection(400) when it is no JSON.
  bool put(std::shared_ptr<const std::string> text);
  void put(HeldPtr<System> held);
  void put(HeldPtr<ValueSet> held);
  void put(HeldPtr<ConceptMap> held);
  // Takes off what was put under this type and id.
  void remove(Kind kind, std::string_view id);

  using Systems = std::vector<HeldPtr<System>>;
  using ValueSets = std::vector<HeldPtr<ValueSet>>;
  using ConceptMaps = std::vector<HeldPtr<ConceptMap>>;
  // By url; empty when there is none.
  const Systems& systems(std::string_view url) const { return find(systems_, url); }
  // By the url of the system they add to; by their own.
  const Systems& supplements(std::string_view url) const { return find(supplements_, url); }
  const Systems& supplements_called(std::string_view url) const { return find(supplements_by_name_, url); }
  const Systems& systems_of_value_set(std::string_view url) const { return find(by_value_set_, url); }
  const ValueSets& value_sets(std::string_view url) const { return find(value_sets_, url); }
  const ConceptMaps& concept_maps() const { return concept_maps_; }
  const ByText<Systems>& all_systems() const { return systems_; }
  const ByText<ValueSets>& all_value_sets() const { return value_sets_; }

 private:
  template <class T>
  static const T& find(const ByText<T>& map, std::string_view url) {
    static const T none;
    const auto found = map.find(url);
    return found == map.end() ? none : found->second;
  }
  ByText<Systems> systems_, supplements_, supplements_by_name_, by_value_set_;
  ByText<ValueSets> value_sets_;
  ConceptMaps concept_maps_;
};

// The label of a resource, nullopt when it is no definition of terminology or has no url.
std::optional<Label> label_of(fhir::Node resource);

}  // namespace witmed::terminology
