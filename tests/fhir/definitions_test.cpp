#include "fhir/definitions/definitions.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace witmed::fhir {
namespace {

const Definitions& r4() { return Definitions::r4(); }

const Element* element(std::string_view type, std::string_view name) {
  return r4().type(r4().type_id(type)).element(r4().name(name));
}

std::string type_of(std::string_view type, std::string_view name) {
  const Element* e = element(type, name);
  return e ? std::string(r4().type(e->type).name) : "no such element";
}

std::string expression(std::string_view type, std::string_view code) {
  const SearchParam* p = r4().search_param(r4().type_id(type), code);
  return p ? std::string(p->expression) : "no such parameter";
}

std::set<std::string> targets(std::span<const TypeId> ids) {
  std::set<std::string> out;
  for (TypeId id : ids) out.emplace(r4().type(id).name);
  return out;
}

TEST(Definitions, KnowsEveryResourceTypeOf401AndNoOther) {
  EXPECT_EQ(r4().resource_types().size(), 146u);
  EXPECT_TRUE(r4().is_resource(r4().type_id("Patient")));
  EXPECT_FALSE(r4().is_resource(r4().type_id("DomainResource")));
  EXPECT_FALSE(r4().is_resource(r4().type_id("HumanName")));
  EXPECT_EQ(r4().type_id("SubscriptionStatus"), 0);  // R4B
  EXPECT_EQ(r4().type_id("Patiennt"), 0);
  EXPECT_EQ(r4().type_id(""), 0);
}

TEST(Definitions, InternsEveryPropertyName) {
  for (std::string_view text : {"birthDate", "_birthDate", "valueQuantity", "value", "resourceType", "id"}) {
    ASSERT_NE(r4().name(text), 0) << text;
    EXPECT_EQ(r4().text(r4().name(text)), text);
  }
  EXPECT_EQ(r4().name("birthdate"), 0);
  EXPECT_EQ(r4().name(""), 0);
  EXPECT_EQ(r4().plain(r4().name("_birthDate")), r4().name("birthDate"));
  EXPECT_EQ(r4().sibling(r4().name("birthDate")), r4().name("_birthDate"));
  EXPECT_EQ(r4().plain(r4().name("birthDate")), 0);
  EXPECT_EQ(r4().sibling(r4().name("contact")), 0);
}

TEST(Definitions, FindsEveryElementOfEveryTypeByItsName) {
  for (const Type& type : r4().types()) {
    for (const Element& e : type.elements) EXPECT_EQ(type.element(e.name), &e) << e.path;
    EXPECT_EQ(type.element(0), nullptr);
    EXPECT_EQ(r4().type_id(type.name), type.id);
  }
}

TEST(Definitions, ElementsHaveTypeAndCardinality) {
  const Element* contact = element("Patient", "contact");
  ASSERT_TRUE(contact);
  EXPECT_EQ(r4().type(contact->type).name, "Patient.contact");
  EXPECT_EQ(r4().type(contact->type).kind, TypeKind::backbone);
  EXPECT_EQ(contact->max, 0xffff);
  EXPECT_TRUE(contact->array);
  EXPECT_EQ(type_of("Patient.contact", "name"), "HumanName");
  EXPECT_EQ(element("Observation", "status")->min, 1);
  EXPECT_EQ(element("Observation", "status")->binding,
            "http://hl7.org/fhir/ValueSet/observation-status|4.0.1");
  EXPECT_EQ(element("Observation", "status")->binding_strength, 4);
  EXPECT_TRUE(element("Observation", "status")->modifier);
  EXPECT_EQ(targets(element("Observation", "subject")->targets),
            (std::set<std::string>{"Patient", "Group", "Device", "Location"}));
  EXPECT_TRUE(element("Observation", "focus")->targets.empty());
  EXPECT_EQ(type_of("Patient", "id"), "id");
  EXPECT_EQ(type_of("HumanName", "id"), "string");
  EXPECT_EQ(type_of("Extension", "url"), "uri");
  EXPECT_EQ(type_of("Patient", "contained"), "Resource");
  EXPECT_EQ(type_of("Timing", "repeat"), "Timing.repeat");
}

TEST(Definitions, ChoicesAreOneElementForEachAlternative) {
  const Element* quantity = element("Observation", "valueQuantity");
  ASSERT_TRUE(quantity);
  EXPECT_TRUE(quantity->choice);
  EXPECT_EQ(quantity->base, r4().name("value"));
  EXPECT_EQ(quantity->path, "Observation.value[x]");
  EXPECT_EQ(quantity->group, element("Observation", "valueString")->group);
  EXPECT_NE(quantity->group, element("Observation", "effectivePeriod")->group);
  EXPECT_EQ(element("Observation", "value"), nullptr);
  EXPECT_EQ(element("Observation", "valueAddress"), nullptr);
  EXPECT_EQ(type_of("Extension", "valueBase64Binary"), "base64Binary");
}

TEST(Definitions, ContentReferencesAreResolved) {
  EXPECT_EQ(type_of("Questionnaire.item", "item"), "Questionnaire.item");
  EXPECT_EQ(type_of("Observation.component", "referenceRange"), "Observation.referenceRange");
  EXPECT_EQ(type_of("Bundle.entry", "link"), "Bundle.link");
}

TEST(Definitions, DerivationIsKnown) {
  const auto is_a = [](std::string_view a, std::string_view b) {
    return r4().is_a(r4().type_id(a), r4().type_id(b));
  };
  EXPECT_TRUE(is_a("Patient", "DomainResource"));
  EXPECT_TRUE(is_a("Patient", "Resource"));
  EXPECT_FALSE(is_a("Bundle", "DomainResource"));
  EXPECT_TRUE(is_a("Age", "Quantity"));
  EXPECT_TRUE(is_a("code", "string"));
  EXPECT_TRUE(is_a("Patient.contact", "BackboneElement"));
  EXPECT_FALSE(is_a("string", "code"));
}

TEST(Definitions, InvariantsStandWhereTheyAreStated) {
  const auto keys = [](std::string_view type) {
    std::set<std::string> out;
    for (const Invariant& i : r4().type(r4().type_id(type)).invariants) out.emplace(i.key);
    return out;
  };
  EXPECT_EQ(keys("Patient"), std::set<std::string>{});
  EXPECT_EQ(keys("Patient.contact"), std::set<std::string>{"pat-1"});
  EXPECT_EQ(keys("Element"), std::set<std::string>{"ele-1"});
  EXPECT_EQ(keys("DomainResource"), (std::set<std::string>{"dom-2", "dom-3", "dom-4", "dom-5", "dom-6"}));
  EXPECT_EQ(keys("Period"), std::set<std::string>{"per-1"});
}

TEST(Definitions, PrimitivesCarryTheirRegularExpression) {
  EXPECT_EQ(r4().type(r4().type_id("id")).regex, "[A-Za-z0-9\\-\\.]{1,64}");
  EXPECT_EQ(r4().type(r4().type_id("positiveInt")).regex, "[1-9][0-9]*");
  EXPECT_EQ(r4().type(r4().type_id("id")).kind, TypeKind::primitive);
}

TEST(Definitions, SearchParametersAreSplitOverTheirTypes) {
  EXPECT_EQ(expression("Patient", "birthdate"), "Patient.birthDate");
  EXPECT_EQ(expression("Patient", "gender"), "Patient.gender");
  EXPECT_EQ(expression("AllergyIntolerance", "code"),
            "AllergyIntolerance.code | AllergyIntolerance.reaction.substance");
  EXPECT_EQ(expression("Condition", "code"), "Condition.code");
  EXPECT_EQ(expression("MedicationRequest", "code"), "(MedicationRequest.medication as CodeableConcept)");
  EXPECT_EQ(expression("Observation", "combo-code"), "Observation.code | Observation.component.code");
  EXPECT_EQ(expression("InsurancePlan", "name"), "name | alias");
  EXPECT_EQ(expression("Patient", "_id"), "Resource.id");
  EXPECT_EQ(expression("Bundle", "_tag"), "Resource.meta.tag");
  EXPECT_EQ(expression("Patient", "nothing"), "no such parameter");
  EXPECT_EQ(r4().search_param(r4().type_id("Bundle"), "_text"), nullptr);  // only on DomainResources
}

TEST(Definitions, SearchParametersOfATypeAreSortedByCode) {
  for (TypeId type : r4().resource_types()) {
    const auto params = r4().search_params(type);
    for (size_t i = 0; i < params.size(); ++i) {
      EXPECT_EQ(params[i].base, type);
      if (i) {
        EXPECT_LT(params[i - 1].code, params[i].code);
      }
    }
  }
}

TEST(Definitions, CompositesKnowTheirComponents) {
  const SearchParam* p = r4().search_param(r4().type_id("Observation"), "code-value-quantity");
  ASSERT_TRUE(p);
  ASSERT_EQ(p->type, SearchType::composite);
  ASSERT_EQ(p->components.size(), 2u);
  EXPECT_EQ(p->components[0].param->code, "code");
  EXPECT_EQ(p->components[0].expression, "code");
  EXPECT_EQ(p->components[1].param->code, "value-quantity");
  EXPECT_EQ(p->components[1].param->type, SearchType::quantity);
}

TEST(Definitions, ReferenceParametersKnowTheirTargets) {
  EXPECT_EQ(targets(r4().search_param(r4().type_id("Observation"), "patient")->targets),
            std::set<std::string>{"Patient"});
}

TEST(Definitions, CompartmentsOfR4) {
  for (std::string_view name : {"Patient", "Encounter", "Practitioner", "RelatedPerson", "Device"}) {
    const auto rules = r4().compartment(name);
    ASSERT_FALSE(rules.empty()) << name;
    bool self = false;
    for (const CompartmentRule& rule : rules) {
      for (std::string_view param : rule.params) {
        if (param == "{def}") {
          self |= rule.type == r4().type_id(name);
        } else {
          EXPECT_TRUE(r4().search_param(rule.type, param))
              << name << " " << r4().type(rule.type).name << " " << param;
        }
      }
    }
    EXPECT_TRUE(self) << name;
  }
  EXPECT_TRUE(r4().compartment("Organization").empty());
}

}  // namespace
}  // namespace witmed::fhir
