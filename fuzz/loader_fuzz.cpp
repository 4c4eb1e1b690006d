// Files that are given to `witmed terminology load`: tables of every kind, workbooks, layouts, resources. The first byte says which.
// What can be read becomes a book that opens again and finds its own codes.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/error.h"
#include "fhir/issue.h"
#include "terminology/book/code_system.h"
#include "terminology/load/loader.h"

namespace {

using namespace witmed::terminology;
namespace fs = std::filesystem;

void load(const std::string& name, std::string_view text, const Layout* layout) {
  static const fs::path folder = [] {
    const fs::path made = fs::temp_directory_path() / ("witmed-loader-fuzz-" + std::to_string(getpid()));
    fs::create_directories(made);
    return made;
  }();
  const std::string path = (folder / name).string();
  std::ofstream(path, std::ios::binary) << text;
  LoadSettings settings;
  settings.folder = (folder / "terminology").string();
  settings.layout = layout;
  settings.force = true;
  settings.url = layout != nullptr ? "urn:fuzz" : "";
  for (const LoadedBook& book : load_file(path, settings)) {
    const Image image = Image::map(book.path);
    if (!image.verify()) std::abort();
    if (image.kind() == BookKind::code_system) {
      const CodeSystem system(image);
      for (ConceptId id = 0; id < system.size(); ++id)
        if (system.find(system.code(id)) != id) std::abort();
      system.search(text.substr(0, 20), {}, 20);
    }
    fs::remove(book.path);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    switch (data[0] % 8) {
      case 0: load("a.csv", text, layout("icd-10-insurance")); break;
      case 1: load("a.csv", text, layout("icd-10-clinical")); break;
      case 2: load("a.dat", text, layout("icd-9-cm-3-insurance-dat")); break;
      case 3: load("a.dat", text, layout("icd-10-map-dat")); break;
      case 4: load("a.csv", text, layout("loinc")); break;
      case 5: load("a.xlsx", "PK\x03\x04" + std::string(text), layout("plain")); break;
      case 6: load("a.json", text, nullptr); break;
      default: read_layout(text, "a.toml"); break;
    }
  } catch (const witmed::Failure&) {
  } catch (const witmed::fhir::Rejection&) {
  }
  return 0;
}
