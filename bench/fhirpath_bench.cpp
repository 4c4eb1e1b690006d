// How long it takes to evaluate a precompiled expression, and to extract the index entries of a resource.
// With --expressions FILE: a line of JSON for each of its expressions (name, kind, nanoseconds, result),
// which bench/fhirpath.sh lays beside those of fhirpath.js.
#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "base/text.h"
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

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string json_of(const PathValue& value) {
  if (value.kind == PathValue::Kind::node) return std::string(value.node.raw());
  const bool bare = value.kind == PathValue::Kind::boolean || value.kind == PathValue::Kind::integer ||
                    value.kind == PathValue::Kind::decimal;
  return bare ? shown(value) : quote(shown(value));
}

// The best of many short runs: what else the machine does falls between them.
template <typename Body>
double nanoseconds(Body body) {
  using Clock = std::chrono::steady_clock;
  const auto run = [&](size_t rounds) {
    auto start = Clock::now();
    for (size_t i = 0; i < rounds; ++i) body();
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / double(rounds);
  };
  const size_t rounds = std::max<size_t>(10, size_t(2e6 / run(20)));
  double best = 1e30;
  for (int i = 0; i < 60; ++i) best = std::min(best, run(rounds));
  return best;
}

void compare_line(std::string_view line, std::map<std::string, Document>& documents,
                  const std::string& folder) {
  std::vector<std::string> cell;
  std::string_view rest = line;
  for (int i = 0; i < 3; ++i) {
    size_t bar = rest.find(" | ");
    cell.emplace_back(witmed::trim(rest.substr(0, bar)));
    rest.remove_prefix(bar + 3);
  }
  auto found = documents.find(cell[2]);
  if (found == documents.end())
    found = documents.emplace(cell[2], Document::parse(read_file(folder + "/" + cell[2] + ".json"))).first;
  const Document& document = found->second;
  const TypeId type = document.resource_type();
  const Expression compiled = Expression::compile(witmed::trim(rest), type);
  EvalContext context;
  context.resource = document.root();
  std::string result;
  for (const PathValue& value : compiled.evaluate(context.resource, type, context))
    result += (result.empty() ? "" : ",") + json_of(value);
  const double took = nanoseconds([&] { compiled.evaluate(context.resource, type, context); });
  fmt::print("{{\"name\":{},\"kind\":{},\"ns\":{:.1f},\"result\":[{}]}}\n", quote(cell[0]), quote(cell[1]),
             took, result);
}

void compare(const std::string& file) {
  std::map<std::string, Document> documents;
  const std::string folder = file.substr(0, file.rfind('/'));
  std::istringstream lines(read_file(file));
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && line[0] != '#') compare_line(line, documents, folder);
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 3 && std::string_view(arguments[1]) == "--expressions") {
    compare(arguments[2]);
    return 0;
  }
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
