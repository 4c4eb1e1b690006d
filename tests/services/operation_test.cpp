// The table of operations: told apart, and described for those who use them.
#include "services/operation.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace witmed::services {
namespace {

TEST(Operations, EachStandsInTheDocumentation) {
  std::stringstream text;
  for (const char* page : {"/docs/keeping.md", "/docs/fhirpath.md"})
    text << std::ifstream(std::string(WITMED_SOURCE_DIR) + page).rdbuf();
  for (const Operation& each : operations())
    EXPECT_NE(text.str().find(each.code), std::string::npos) << each.code;
}

TEST(Operations, AreToldApart) {
  std::set<std::string> definitions, places;
  for (const Operation& each : operations()) {
    EXPECT_TRUE(definitions.emplace(each.definition).second) << each.definition;
    EXPECT_TRUE(places
                    .insert(std::string(each.type) + std::string(each.code) +
                            std::to_string(static_cast<int>(each.level)))
                    .second)
        << each.code;
    EXPECT_TRUE(each.code.starts_with('$') && !each.zh.empty() && !each.en.empty()) << each.code;
  }
}

}  // namespace
}  // namespace witmed::services
