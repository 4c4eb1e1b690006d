// $expand: the codes of a value set written out, a page of them, with what was asked for of each
// (http://hl7.org/fhir/R4/valueset-operation-expand.html).
#pragma once
#include <memory>

#include "terminology/operations/context.h"
#include "terminology/operations/selection.h"

namespace witmed::terminology {

class Expansion {
 public:
  explicit Expansion(Context& context) : context_(context), wishes_(context.wishes) {}
  // A ValueSet with its expansion. Throws Refusal, Rejection(503).
  fhir::Value run(const std::shared_ptr<const ValueSet>& set);

 private:
  std::vector<Chosen> matches(const Selection& selection) const;
  std::vector<Chosen> page(const Selection& selection, uint32_t first, uint32_t count) const;
  fhir::Value flat(const std::vector<Chosen>& codes, const Selection& selection);
  fhir::Value nested(const Selection& selection);
  fhir::Value code(const Segment& segment, const Chosen& chosen, const Selection& selection);
  void add_names(const std::vector<Name>& names, fhir::Value& out, const Segment& segment);
  void add_properties(const Segment& segment, const Chosen& chosen, fhir::Value& out);
  void add_extensions(const std::vector<fhir::Value>& of_concept, const fhir::Value& of_reference, fhir::Value& out);
  void define(fhir::Value& out, std::string_view uri, std::string_view code, std::string_view type, fhir::Value value, bool repeats = false);
  bool designation_wanted(const Name& name) const;
  fhir::Value parameters(const Selection& selection) const;
  fhir::Value head(const ValueSet& set) const;

  Context& context_;
  const Wishes& wishes_;
  fhir::Value properties_ = fhir::Value::list();  // expansion.property
  std::vector<std::string> used_supplements_;
};

}  // namespace witmed::terminology
