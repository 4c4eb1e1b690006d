#include "fhir/temporal.h"

#include <gtest/gtest.h>

#include <random>

namespace witmed::fhir {
namespace {

TEST(Temporal, ReadsWhatFhirWrites) {
  for (const char* text :
       {"2013", "2013-04", "2013-04-05", "2013-04-05T10:20:30Z", "2013-04-05T10:20:30.123+08:00",
        "2013-04-05T10:20", "2024-02-29", "0001-01-01", "9999-12-31T23:59:59-12:00"}) {
    auto value = parse_date_time(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(to_text(*value), text);
  }
  for (const char* text : {"", "13", "2013-4", "2013-13", "2013-02-29", "2013-04-05T", "2013-04-05T24:00",
                           "2013-04-05T10:20:30+15:00", "2013-04-05 10:20", "2013-04-05T10:20:30.Z",
                           "2013-04-05T10:61", "20130405"}) {
    EXPECT_FALSE(parse_date_time(text)) << text;
  }
}

TEST(Temporal, SpansWhatIsNotSaid) {
  constexpr int64_t kSecond = 1'000'000, kDay = 86'400 * kSecond;
  auto length = [](const char* text) {
    Span s = span(*parse_date_time(text), 0);
    return s.high - s.low;
  };
  EXPECT_EQ(length("2024"), 366 * kDay);
  EXPECT_EQ(length("2023-02"), 28 * kDay);
  EXPECT_EQ(length("2023-02-03"), kDay);
  EXPECT_EQ(length("2023-02-03T10:20"), 60 * kSecond);
  EXPECT_EQ(length("2023-02-03T10:20:30Z"), kSecond);
  EXPECT_EQ(length("2023-02-03T10:20:30.123Z"), 1000);
}

TEST(Temporal, ZoneOfTheRegionOnlyWithoutOne) {
  EXPECT_EQ(span(*parse_date_time("1970-01-01"), 480).low, -8ll * 3600 * 1'000'000);
  EXPECT_EQ(span(*parse_date_time("1970-01-01T00:00:00Z"), 480).low, 0);
}

// Any moment, in any zone, comes back.
TEST(Temporal, MomentsRoundTrip) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 10'000; ++i) {
    int64_t moment = int64_t(random() % 250'000'000'000'000'000ull) - 60'000'000'000'000'000;
    int zone = int(random() % 1681) - 840;
    Temporal value = from_instant(moment, zone);
    EXPECT_EQ(instant(value, 0), moment);
    auto again = parse_date_time(to_text(value));
    ASSERT_TRUE(again) << to_text(value);
    EXPECT_EQ(instant(*again, 0), moment);
  }
}

}  // namespace
}  // namespace witmed::fhir
