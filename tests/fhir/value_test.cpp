#include "fhir/json/value.h"

#include <gtest/gtest.h>

namespace witmed::fhir {
namespace {

TEST(Value, KeepsOrderAndEveryCharacterOfNumbers) {
  const std::string json = R"({"b":1.00,"a":[true,null,"\u738b\n\"x\""],"c":{"d":-1e5}})";
  EXPECT_EQ(Value::parse(json).json(), "{\"b\":1.00,\"a\":[true,null,\"王\\n\\\"x\\\"\"],\"c\":{\"d\":-1e5}}");
}

TEST(Value, IsChangedInPlace) {
  Value value = Value::parse(R"({"name":[{"text":"a"}],"gender":"male"})");
  value.set("gender", "female");
  value.in("name").items().front().set("use", "old");
  value.in("name").add(Value::object({{"text", "b"}, {"absent", Value()}}));
  value.set("name2", Value());
  value.remove("nothing");
  EXPECT_EQ(value.json(), R"({"name":[{"text":"a","use":"old"},{"text":"b"}],"gender":"female"})");
  EXPECT_FALSE(value.at("absent"));
  EXPECT_FALSE(value.at("absent").at("deeper"));
  EXPECT_EQ(value.text("gender"), "female");
}

}  // namespace
}  // namespace witmed::fhir
