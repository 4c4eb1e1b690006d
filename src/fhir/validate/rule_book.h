// R4's own rules as validation needs them, worked out once per process: for each type its invariants, compiled, and for each
// element what has to be looked at beside its structure. Immutable.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "fhir/fhirpath/fhirpath.h"

namespace witmed::fhir {

struct Rule {
  std::string key;  // "obs-6"
  std::string human;
  bool warning;
  Expression expression;
};

// How an element carries a code.
enum class Coded : uint8_t { none, code, coding, codeable, quantity, text };

struct ElementWork {
  Coded coded = Coded::none;
  bool look = false;  // has anything to do beside walking on: a primitive without it is passed over
  bool local = false;  // canonical, uri, url: may name a contained resource by "#id"
  std::vector<const Rule*> rules;  // stated on the element, not on its type
};

// What is done by hand on the values of a type.
enum class Special : uint8_t { none, reference, extension, attachment, coding };

struct TypeWork {
  std::vector<const Rule*> rules;  // inherited ones too
  Special special = Special::none;
  std::vector<ElementWork> elements;  // parallel to Type::elements
};

class RuleBook {
 public:
  static const RuleBook& r4();
  const TypeWork& of(TypeId type) const { return types_[type]; }
  const ElementWork& of(const Type& type, const Element& element) const {
    return types_[type.id].elements[static_cast<size_t>(&element - type.elements.data())];
  }
  // Those with a by-hand equivalent in base_walk.cpp and contained.cpp (ele-1, ext-1, dom-2 … dom-6, ref-1, txt-1, txt-2), which are not
  // in `of`: for the tests that compare both.
  const std::vector<const Rule*>& by_hand() const { return by_hand_; }

 private:
  RuleBook();
  std::vector<std::unique_ptr<Rule>> rules_;
  std::vector<const Rule*> by_hand_;
  std::vector<TypeWork> types_;
};

}  // namespace witmed::fhir
