// How long it takes to evaluate a precompiled expression, and to extract the index entries of a resource.
#include <fmt/format.h>

#include <chrono>
#include <string>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/search/query.h"
#include "fhir/ucum/ucum.h"

namespace {

using namespace witmed::fhir;

const char* kPatient =
    R"({"resourceType":"Patient","id":"p1","active":true,"identifier":[{"system":"urn:id","value":"110101199003071231"}],
"name":[{"use":"official","family":"张","given":["伟"]},{"use":"usual","given":["Wei"]}],"telecom":[{"system":"phone","value":"13800000000"}],
"gender":"male","birthDate":"1990-03-07","address":[{"city":"北京","district":"东城区","line":["长安街1号"]}]})";

const char* kObservation =
    R"({"resourceType":"Observation","id":"o1","status":"final","category":[{"coding":[{"system":
"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"Vital Signs"}]}],"code":{"coding":[{"system":
"http://loinc.org","code":"85354-9","display":"Blood pressure"}],"text":"血压"},"subject":{"reference":"Patient/p1"},"encounter":{"reference":
"Encounter/e1"},"effectiveDateTime":"2024-05-06T07:08:09+08:00","issued":"2024-05-06T07:10:00.123+08:00","performer":[{"reference":
"Practitioner/d1"}],"component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":128,"unit":"mmHg",
"system":"http://unitsofmeasure.org","code":"mm[Hg]"}},{"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":
{"value":82,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]})";

template <typename Body>
void measure(std::string_view what, size_t rounds, Body body) {
  double best = 1e30;
  for (int run = 0; run < 5; ++run) {
    auto start = std::chrono::steady_clock::now();
    for (size_t i = 0; i < rounds; ++i) body();
    std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count() / double(rounds));
  }
  fmt::print("{:<60} {:>8.3f} µs\n", what, best);
}

void measure_path(const Document& document, std::string_view text) {
  TypeId type = document.resource_type();
  Expression compiled = Expression::compile(text, type);
  EvalContext context;
  context.resource = document.root();
  measure(text, 200'000, [&] { compiled.holds(context.resource, type, context); });
}

void measure_values(const Document& document, std::string_view text) {
  TypeId type = document.resource_type();
  Expression compiled = Expression::compile(text, type);
  EvalContext context;
  context.resource = document.root();
  measure(text, 200'000, [&] { compiled.evaluate(context.resource, type, context); });
}

void measure_extract(const Document& document, std::string_view what) {
  Extraction out;
  ExtractSettings settings;
  size_t entries = 0;
  measure(what, 100'000, [&] {
    out.clear();
    SearchIndex::r4().extract(document.root(), document.resource_type(), settings, out);
    entries = out.entries.size();
  });
  fmt::print("  {} entries\n", entries);
}

}  // namespace

int main() {
  Document patient = Document::parse(kPatient), observation = Document::parse(kObservation);
  measure_values(patient, "Patient.name.where(use='official').given");
  measure_values(patient, "Patient.name.given");
  measure_path(patient, "name.exists() or telecom.exists() or address.exists() or organization.exists()");
  measure_path(
      observation,
      "value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()");
  measure_path(observation, "contained.contained.empty()");
  measure_extract(patient, "extract Patient");
  measure_extract(observation, "extract Observation");
  measure("UCUM mg/dL, remembered", 1'000'000, [] { ucum::parse("mg/dL"); });
  measure("normalise Müller", 200'000, [] { normalize_text("Müller"); });
  measure("normalise 张伟", 1'000'000, [] { normalize_text("张伟"); });
}
