// The web application's files: types, caching, compression, the application's own addresses, and no way out
// of the folder.
#include "rest/static_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace witmed::rest {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("witmed_web_" + std::to_string(getpid()));
    fs::create_directories(folder_ / "web/assets");
    write("web/index.html", "<title>Witmed</title>");
    write("web/assets/app-1a2b.js", std::string(5000, 'j'));
    write("web/.hidden", "hidden");
    write("secret.txt", "secret");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  http::Response get(const std::string& target, const std::string& header = {},
                     const std::string& value = {}) {
    http::Request request;
    request.set_line("GET", target);
    if (!header.empty()) request.add_header(header, value);
    return files_->answer(request);
  }
  static bool has(const http::Response& response, const std::string& text) {
    return response.headers.find(text) != std::string::npos;
  }
  fs::path folder_;
  std::unique_ptr<StaticFiles> files_ = std::make_unique<StaticFiles>(
      (fs::path(testing::TempDir()) / ("witmed_web_" + std::to_string(getpid())) / "web").string());
};

TEST_F(StaticFilesTest, TypesAndCaching) {
  auto page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(*page.body, "<title>Witmed</title>");
  EXPECT_EQ(page.content_type, "text/html;charset=utf-8");
  EXPECT_TRUE(has(page, "Cache-Control: no-cache"));
  EXPECT_TRUE(has(page, "Content-Security-Policy: default-src 'self'"));
  auto script = get("/assets/app-1a2b.js?v=1");
  EXPECT_EQ(script.content_type, "text/javascript;charset=utf-8");
  EXPECT_TRUE(has(script, "immutable"));
}

TEST_F(StaticFilesTest, GzipAndConditional) {
  EXPECT_FALSE(get("/assets/app-1a2b.js").gzipped);
  auto packed = get("/assets/app-1a2b.js", "Accept-Encoding", "gzip, br");
  EXPECT_TRUE(packed.gzipped);
  EXPECT_LT(packed.body->size(), 200u);
  size_t at = packed.headers.find("ETag: ") + 6;
  std::string etag = packed.headers.substr(at, packed.headers.find('\r', at) - at);
  EXPECT_EQ(get("/assets/app-1a2b.js", "If-None-Match", etag).status, 304);
  EXPECT_EQ(get("/assets/app-1a2b.js", "If-None-Match", "\"1\"").status, 200);
}

TEST_F(StaticFilesTest, AddressesOfTheApplicationGetItsPage) {
  EXPECT_EQ(*get("/residents/p-1").body, "<title>Witmed</title>");
  EXPECT_EQ(get("/assets/gone.js").status, 404);
}

TEST_F(StaticFilesTest, NothingOutsideTheFolderIsServed) {
  for (std::string path :
       {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt", "/.hidden",
        "/assets//../../secret.txt", "/%00", "/..\\secret.txt", "/%zz"}) {
    auto response = get(path);
    bool quiet = response.status == 404 || *response.body == "<title>Witmed</title>";
    EXPECT_TRUE(quiet) << path;
  }
}

TEST_F(StaticFilesTest, ANewBuildIsSeen) {
  get("/");
  write("web/index.html", "<title>New page</title>");
  EXPECT_EQ(*get("/").body, "<title>New page</title>");
}

TEST_F(StaticFilesTest, WithoutAFolderThereIsNoPage) {
  StaticFiles none("");
  http::Request request;
  request.set_line("GET", "/");
  EXPECT_EQ(none.answer(request).status, 404);
}

}  // namespace
}  // namespace witmed::rest
