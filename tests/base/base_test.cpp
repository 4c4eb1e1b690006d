// Time, text, configuration, metrics: what everything else counts on.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/clock.h"
#include "base/config.h"
#include "base/error.h"
#include "base/metrics.h"
#include "base/progress.h"
#include "base/text.h"
#include "base/time.h"

namespace witmed {
namespace {

TEST(Time, EveryDayOfTwentyFiveCenturiesRoundTrips) {
  int64_t expected = days_from_civil({1, 1, 1});
  EXPECT_EQ(days_from_civil({1970, 1, 1}), 0);
  for (int64_t day = expected; day < 200'000; ++day) {
    CivilDate date = civil_from_days(day);
    ASSERT_EQ(days_from_civil(date), day);
  }
}

TEST(Time, InstantsAreWrittenAndRead) {
  int64_t leap = days_from_civil({2024, 2, 29}) * 86'400'000'000 + 8 * 3'600'000'000 + 123'456;
  EXPECT_EQ(format_instant(leap), "2024-02-29T08:00:00.123Z");
  EXPECT_EQ(format_instant(leap, 6, 480), "2024-02-29T16:00:00.123456+08:00");
  EXPECT_EQ(format_instant(leap, 0, -210), "2024-02-29T04:30:00-03:30");
  EXPECT_EQ(parse_instant("2024-02-29T16:00:00.123456+08:00"), leap);
  EXPECT_EQ(parse_instant("2024-02-29T08:00:00.1234569999Z"), leap);
  EXPECT_EQ(format_instant(-1), "1969-12-31T23:59:59.999Z");
}

TEST(Time, WhatIsNoInstantIsRefused) {
  for (const char* bad :
       {"", "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:00", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+8:00", "2024-01-01T00:00:00Zx",
        "2024-01-01T00:00:00+15:00", "2024-01-01 00:00:00Z", "0000-01-01T00:00:00Z"})
    EXPECT_FALSE(parse_instant(bad)) << bad;
}

TEST(Time, HttpDates) {
  int64_t t = *parse_instant("1994-11-06T08:49:37Z");
  EXPECT_EQ(format_http_date(t), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), t);
  EXPECT_EQ(format_http_date(-1'000'000), "Wed, 31 Dec 1969 23:59:59 GMT");
  EXPECT_FALSE(parse_http_date("Sun, 06 Nov 1994 08:49:37 UTC"));
  EXPECT_FALSE(parse_http_date("Sun, 06 Xyz 1994 08:49:37 GMT"));
}

TEST(Text, PercentDecoding) {
  EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decode("a+c", false), "a+c");
  EXPECT_EQ(percent_decode("%E5%BC%A0", true), "张");
  EXPECT_FALSE(percent_decode("%", true));
  EXPECT_FALSE(percent_decode("%4", true));
  EXPECT_FALSE(percent_decode("%zz", true));
  std::string out;
  append_percent_encoded(out, "张 a|b", "|");
  EXPECT_EQ(out, "%E5%BC%A0%20a|b");
}

TEST(Text, JsonStringsAreAlwaysJson) {
  std::string out;
  append_json_string(out, "a\"\\\n\x01\xff张");
  EXPECT_EQ(out, "\"a\\\"\\\\\\n\\u0001\\ufffd张\"");
  EXPECT_TRUE(is_utf8("张🙂"));
  for (const char* bad : {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe5\xbc", "\x80"})
    EXPECT_FALSE(is_utf8(bad));
}

TEST(Text, NumbersAndParts) {
  EXPECT_EQ(parse_unsigned("18446744073709551615"), UINT64_MAX);
  for (const char* bad : {"", "+1", "-1", " 1", "1 ", "18446744073709551616", "1a"})
    EXPECT_FALSE(parse_unsigned(bad)) << bad;
  EXPECT_EQ(split("a,,b", ',').size(), 3u);
  EXPECT_EQ(split("", ',').size(), 1u);
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_TRUE(equal_nocase("Content-Length", "content-LENGTH"));
}

constexpr Setting kTable[] = {
    {"server.port", Setting::Kind::number, "8080", "", "port", 0, 65535},
    {"server.host", Setting::Kind::text, "127.0.0.1", "", "address"},
    {"log.json", Setting::Kind::truth, "false", "", "JSON lines"},
};

class ConfigFile : public testing::Test {
 protected:
  void write(const std::string& text) { std::ofstream(path_) << text; }
  void TearDown() override { std::filesystem::remove(path_); }
  std::string path_ = testing::TempDir() + "witmed_config_" + std::to_string(getpid()) + ".toml";
};

TEST_F(ConfigFile, RisingOrderAndOrigin) {
  write("[server]\nport = 1\nhost = \"::1\"\n[log]\njson = true\n");
  Config config(kTable);
  config.read_file(path_);
  setenv("WITMED_SERVER_PORT", "2", 1);
  config.read_environment();
  unsetenv("WITMED_SERVER_PORT");
  EXPECT_EQ(config.number("server.port"), 2);
  EXPECT_EQ(config.origin("server.port"), Config::Origin::environment);
  EXPECT_EQ(config.origin("server.host"), Config::Origin::file);
  config.set("server.port", "3", Config::Origin::flag, "--port");
  EXPECT_EQ(config.number("server.port"), 3);
  EXPECT_TRUE(config.truth("log.json"));
}

TEST_F(ConfigFile, WhatIsPrintedCanBeReadBack) {
  Config config(kTable);
  config.set("server.host", "a\"b", Config::Origin::flag, "--host");
  std::string printed = config.print();
  write(printed);
  Config again(kTable);
  again.read_file(path_);
  EXPECT_EQ(again.text("server.host"), "a\"b");
  EXPECT_NE(printed.find("# --host"), std::string::npos);
}

TEST_F(ConfigFile, MistakesAreNamed) {
  for (const char* bad : {"[server]\nport = 70000\n", "[server]\nport = \"x\"\n", "[server]\nprot = 1\n",
                          "port = 1\n", "[log]\njson = \"yes\"\n", "[server]\nport = 1.5\n", "[server\n",
                          "[?x]\n", "[[\n[head]\n", "\xC2\xA0[?]\n", "gb18030\xCD\xBE" "0", "[log]\n\xC3\xA9 = 1\n", "[log]\njson\xE3\x80\x81 = true\n", "[server]\nhost = \"\"\"a\\\n \xC3\xA9\"\"\"\n"}) {
    write(bad);
    Config config(kTable);
    EXPECT_THROW(config.read_file(path_), Failure) << bad;
  }
  Config config(kTable);
  EXPECT_THROW(config.read_file(path_ + ".absent"), Failure);
}

TEST(Metrics, TextFormat) {
  metrics::Registry registry;
  registry.counter("requests_total", "Requests", "status=\"200\"").add(3);
  EXPECT_EQ(&registry.counter("requests_total", "", "status=\"200\""),
            &registry.counter("requests_total", "", "status=\"200\""));
  auto& seconds = registry.histogram("seconds", "Latency");
  seconds.observe_micros(50);
  seconds.observe_micros(60);
  seconds.observe_micros(99'000'000);
  registry.watch("depth", "Queue", [] { return 7.0; });
  std::string text = registry.text();
  for (const char* line : {"# TYPE requests_total counter\nrequests_total{status=\"200\"} 3\n", "depth 7\n",
                           "seconds_bucket{le=\"5e-05\"} 1\n", "seconds_bucket{le=\"0.0001\"} 2\n",
                           "seconds_bucket{le=\"10\"} 2\n", "seconds_bucket{le=\"+Inf\"} 3\n",
                           "seconds_count 3\n", "seconds_sum 99.000110\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << "in\n" << text;
  EXPECT_THROW(registry.gauge("requests_total", ""), Failure);
}

TEST(Progress, LineSaysRateAndTimeLeft) {
  Progress progress("import", "resources", 1000);
  progress.add(250);
  EXPECT_EQ(progress.line(10),
            "import [#######.......................] 25% 250/1000 resources, 25/s, 0:30 left");
  progress.total(0);
  EXPECT_EQ(progress.line(10), "import 250 resources, 25/s, 0:10");
}

}  // namespace
}  // namespace witmed
