// The simulated disk itself: what it may lose, and what it must keep.
#include "crash/power_image.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace witmed::crash {
namespace {

namespace fs = std::filesystem;

Record write(uint64_t file, uint64_t offset, std::string_view data) {
  return {{.op = Op::write, .data_length = data.size(), .file = file, .number = offset}, {}, data};
}
Record create(uint64_t file, std::string_view name) { return {{.op = Op::create, .file = file}, name, {}}; }
Record sync(Op op, uint64_t file, uint64_t mark) {
  return {{.op = op, .file = file, .number = mark}, {}, {}};
}

// Contents of the only file after a hundred cuts; "-" where its name is lost.
std::set<std::string> outcomes(const Image& image) {
  const fs::path folder = fs::temp_directory_path() / ("witmed-image-" + std::to_string(getpid()));
  std::mt19937_64 random(1);
  std::set<std::string> found;
  for (int i = 0; i < 100; ++i) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    image.cut(folder, random);
    std::ifstream in(folder / "a");
    found.insert(in ? std::string(std::istreambuf_iterator<char>(in), {}) : "-");
  }
  fs::remove_all(folder);
  return found;
}

void name_is_safe(Image& image) {
  image.apply(sync(Op::sync_begin, 0, 900));
  image.apply(sync(Op::sync_end, 0, 900));
}

TEST(PowerImage, KeepsWhatWasSyncedAndMayDropTheRest) {
  Image image;
  image.apply(create(1, "a"));
  name_is_safe(image);
  image.apply(write(1, 0, "one"));
  image.apply(sync(Op::sync_begin, 1, 1));
  image.apply(sync(Op::sync_end, 1, 1));
  image.apply(write(1, 3, "two"));
  EXPECT_EQ(outcomes(image), (std::set<std::string>{"one", "onetwo"}));
}

TEST(PowerImage, ForgetsNamesThatNobodySynced) {
  Image image;
  image.apply(create(1, "a"));
  image.apply(write(1, 0, "one"));
  image.apply(sync(Op::sync_begin, 1, 1));
  image.apply(sync(Op::sync_end, 1, 1));
  EXPECT_EQ(outcomes(image), (std::set<std::string>{"-", "one"}));
  name_is_safe(image);
  EXPECT_EQ(outcomes(image), (std::set<std::string>{"one"}));
}

TEST(PowerImage, WhatIsWrittenDuringASyncIsNotSafeAfterIt) {
  Image image;
  image.apply(create(1, "a"));
  name_is_safe(image);
  image.apply(sync(Op::sync_begin, 1, 1));
  image.apply(write(1, 0, "one"));
  image.apply(sync(Op::sync_end, 1, 1));
  EXPECT_TRUE(outcomes(image).contains(""));
}

TEST(PowerImage, TearsAtSectors) {
  Image image;
  const std::string data = std::string(512, 'x') + std::string(512, 'y');
  image.apply(create(1, "a"));
  name_is_safe(image);
  image.apply(write(1, 0, data));
  EXPECT_TRUE(outcomes(image).contains(std::string(512, 'x')));
  EXPECT_TRUE(outcomes(image).contains(std::string(512, '\0') + std::string(512, 'y')));
}

TEST(PowerImage, ReadsALogUpToItsTornEnd) {
  const Header header{.op = Op::event, .name_length = 4};
  std::string log(reinterpret_cast<const char*>(&header), sizeof header);
  log += "done";
  log += log.substr(0, 34);
  const auto records = read_log(log);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].name, "done");
}

}  // namespace
}  // namespace witmed::crash
