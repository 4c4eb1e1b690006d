// Planted faults, as readable text. A file holds resources, each followed by the faults that are planted in it:
//
//   file     = { resource | fault | comment }
//   resource = "resource" name { profile } LF { line of JSON } empty line      valid, and so by the profiles named
//   fault    = "fault" name " — " 中文 " · " English LF { change } expected
//   change   = "  set" path JSON | "  append" path JSON | "  remove" path | "  rename" path name
//            | "  replace" old " => " new (of the text; "\n" is a line feed)
//   expected = "  error" | "  warning" | "  information" rule place | "  refused" issue-type line:column
//   path     = name { "." name | "[" index "]" }
//   comment  = "#" …
//
// Nothing else than what is expected may be reported. place is FHIRPath, "$this" the empty expression.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "fhir/json/value.h"

namespace witmed::fhir::planted {

struct Sound {
  std::string name, where;  // file:line
  std::string text;         // as written, so that lines and columns mean something
  std::vector<std::string> profiles;
};

struct Fault {
  std::string name, where, why;
  size_t resource = 0;  // index in Catalogue::resources
  std::vector<std::string> changes;
  std::string expected;
};

struct Catalogue {
  std::vector<Sound> resources;
  std::vector<Fault> faults;
};

// Throws std::runtime_error with file and line for what is not written as above.
Catalogue read_catalogue(const std::filesystem::path& folder);
// The resource with the fault in it. Throws when a change changes nothing.
std::string planted(const Sound& sound, const Fault& fault);

}  // namespace witmed::fhir::planted
