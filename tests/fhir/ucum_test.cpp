#include "fhir/ucum/ucum.h"

#include <gtest/gtest.h>

namespace witmed::fhir {
namespace {

struct Case {
  const char* code;
  double factor;
  const char* base;
};

class UcumCodes : public testing::TestWithParam<Case> {};

TEST_P(UcumCodes, Reduced) {
  auto unit = ucum::parse(GetParam().code);
  ASSERT_TRUE(unit) << GetParam().code;
  EXPECT_EQ(unit->base, GetParam().base);
  EXPECT_NEAR(unit->factor / GetParam().factor, 1, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, UcumCodes,
    testing::Values(Case{"mg/dL", 10, "m-3.g"}, Case{"g/L", 1000, "m-3.g"}, Case{"kg", 1000, "g"},
                    Case{"10*3/uL", 1e12, "m-3"}, Case{"10*9/L", 1e12, "m-3"}, Case{"10^3/uL", 1e12, "m-3"},
                    Case{"mm[Hg]", 133322, "m-1.s-2.g"}, Case{"kPa", 1e6, "m-1.s-2.g"},
                    Case{"{beats}/min", 1.0 / 60, "s-1"}, Case{"/min", 1.0 / 60, "s-1"}, Case{"Cel", 1, "K"},
                    Case{"mmol/L", 1, "m-3.mol"}, Case{"U/L", 1e-6 / 60 * 1000, "m-3.s-1.mol"},
                    Case{"[iU]/L", 1000, "m-3.[iU]"}, Case{"[IU]/L", 1000, "m-3.[iU]"}, Case{"%", 0.01, "1"},
                    Case{"kg/m2", 1000, "m-2.g"}, Case{"mL/min/{1.73_m2}", 1e-6 / 60, "m3.s-1"},
                    Case{"g/(24.h)", 1.0 / 86400, "s-1.g"}, Case{"[lb_av]", 453.59237, "g"},
                    Case{"m/s2", 1, "m.s-2"}, Case{"{score}", 1, "1"}));

TEST(Ucum, WhatIsNoUnit) {
  for (const char* code : {"", "foo", "mg/", "mg//dL", "(mg", "mg)", "{open", "mg dL", "mmHg", "度",
                           "Cel/min", "mg99999", "1e5"}) {
    EXPECT_FALSE(ucum::parse(code)) << code;
  }
  EXPECT_FALSE(ucum::parse(std::string(10'000, '(')));
}

TEST(Ucum, TemperaturesMeet) {
  auto fahrenheit = ucum::canonicalize(98.6, "[degF]"), celsius = ucum::canonicalize(37, "Cel");
  ASSERT_TRUE(fahrenheit && celsius);
  EXPECT_EQ(fahrenheit->unit, celsius->unit);
  EXPECT_NEAR(fahrenheit->value, celsius->value, 1e-9);
}

// A product is the product of its factors, a quotient the quotient: over pairs of common units.
TEST(Ucum, ProductsMultiply) {
  const char* units[] = {"mg", "dL", "mmol", "h", "mm[Hg]", "U", "cm", "10*3", "[lb_av]"};
  for (const char* a : units) {
    for (const char* b : units) {
      auto x = ucum::parse(a), y = ucum::parse(b);
      auto product = ucum::parse(std::string(a) + "." + b), quotient = ucum::parse(std::string(a) + "/" + b);
      ASSERT_TRUE(x && y && product && quotient);
      EXPECT_NEAR(product->factor / (x->factor * y->factor), 1, 1e-12);
      EXPECT_NEAR(quotient->factor / (x->factor / y->factor), 1, 1e-12);
    }
  }
}

}  // namespace
}  // namespace witmed::fhir
