// Any text as a search: it is read or refused, and what is read can be matched. First byte: which type is
// searched.
#include <cstdint>

#include "base/text.h"
#include "fhir/search/query.h"

using namespace witmed;
using namespace witmed::fhir;

namespace {

const char* kResource =
    R"({"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"s","code":"c","display":"d"}],"text":"t"},
"subject":{"reference":"Patient/1"},"effectivePeriod":{"start":"2020"},"component":[{"code":{"coding":[{"code":"x"}]},"valueQuantity":{"value":1,
"system":"http://unitsofmeasure.org","code":"mg"}}],"valueString":"Text"})";

std::vector<std::pair<std::string, std::string>> decoded(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> params;
  for (std::string_view pair : split(text, '&')) {
    size_t equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
    if (name && value) params.emplace_back(std::move(*name), std::move(*value));
  }
  return params;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Document document = Document::parse(kResource);
  static const Extraction extraction = [] {
    Extraction out;
    SearchIndex::r4().extract(document.root(), document.resource_type(), {}, out);
    return out;
  }();
  if (size == 0) return 0;
  TypeId type = data[0] % 4 == 0 ? TypeId(0) : document.resource_type();
  ParseSettings settings;
  settings.lenient = data[0] % 2 == 1;
  try {
    SearchQuery query =
        parse_query(type, decoded({reinterpret_cast<const char*>(data) + 1, size - 1}), settings);
    for (const Condition& condition : query.all) {
      if (condition.kind == Condition::Kind::value && condition.param->base == document.resource_type())
        matches(condition, extraction.entries);
    }
  } catch (const Rejection&) {
  }
  return 0;
}
