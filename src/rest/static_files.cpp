#include "rest/static_files.h"

#include <sys/stat.h>

#include <fstream>
#include <mutex>
#include <optional>
#include <sstream>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "rest/http/gzip.h"

namespace witmed::rest {
namespace {

constexpr int kGzipLevel = 6;          // once a file
constexpr off_t kFileMost = 64 << 20;  // larger files have no business in a web application

struct ContentType {
  std::string_view extension, type;
  bool compressible;
};
constexpr ContentType kTypes[] = {
    {"html", "text/html;charset=utf-8", true},
    {"js", "text/javascript;charset=utf-8", true},
    {"css", "text/css;charset=utf-8", true},
    {"json", "application/json;charset=utf-8", true},
    {"svg", "image/svg+xml", true},
    {"webmanifest", "application/manifest+json", true},
    {"map", "application/json;charset=utf-8", true},
    {"txt", "text/plain;charset=utf-8", true},
    {"wasm", "application/wasm", true},
    {"png", "image/png", false},
    {"jpg", "image/jpeg", false},
    {"ico", "image/x-icon", false},
    {"woff2", "font/woff2", false},
    {"webp", "image/webp", false},
};
constexpr ContentType kUnknown{"", "application/octet-stream", false};

// The application speaks to its own server only.
constexpr std::string_view kSecurity =
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nX-Frame-Options: SAMEORIGIN\r\n"
    "Content-Security-Policy: default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
    "blob:; "
    "font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'\r\n";

const ContentType& type_of(std::string_view path) {
  size_t dot = path.rfind('.');
  if (dot != std::string_view::npos)
    for (const ContentType& type : kTypes)
      if (path.substr(dot + 1) == type.extension) return type;
  return kUnknown;
}

struct File {
  timespec changed{};
  off_t size = 0;
  std::shared_ptr<const std::string> plain, gzipped;
  std::string etag;
};

std::shared_ptr<const File> load(const std::string& path, const struct stat& info) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return nullptr;
  auto file = std::make_shared<File>();
  file->changed = info.st_mtim;
  file->size = info.st_size;
  file->plain = std::make_shared<const std::string>(std::move(text).str());
  file->etag = "\"" + std::to_string(fnv1a(*file->plain)) + "\"";
  if (type_of(path).compressible && file->plain->size() >= http::kGzipLeast)
    file->gzipped = std::make_shared<const std::string>(http::gzip(*file->plain, kGzipLevel));
  return file;
}

// "/assets/x.js" → "assets/x.js". Nothing for an address that could leave the folder or name a hidden file.
std::optional<std::string> safe_path(std::string_view path) {
  auto decoded = percent_decode(path, false);
  if (!decoded || decoded->find('\0') != std::string::npos || decoded->find('\\') != std::string::npos)
    return std::nullopt;
  std::string_view rest = *decoded;
  while (rest.starts_with('/')) rest.remove_prefix(1);
  if (rest.empty()) return "index.html";
  for (std::string_view part : split(rest, '/'))
    if (part.empty() || part.starts_with('.')) return std::nullopt;
  return std::string(rest);
}

bool has_extension(const std::string& path) {
  size_t slash = path.rfind('/');
  return path.find('.', slash == std::string::npos ? 0 : slash) != std::string::npos;
}

http::Response not_found() {
  http::Response response;
  response.status = 404;
  response.content_type = "text/plain;charset=utf-8";
  response.text("没有这个页面；FHIR 接口在 /fhir\nThere is no such page; the FHIR API is at /fhir\n");
  return response;
}

}  // namespace

struct StaticFiles::Impl {
  std::string folder;
  std::mutex mutex;
  std::unordered_map<std::string, std::shared_ptr<const File>> files;

  std::shared_ptr<const File> find(const std::string& path);
};

// From memory while the file on disk is the same, so that a new build is seen without a restart.
std::shared_ptr<const File> StaticFiles::Impl::find(const std::string& path) {
  std::string full = folder + "/" + path;
  struct stat info {};
  if (stat(full.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > kFileMost) return nullptr;
  std::lock_guard lock(mutex);
  auto& held = files[path];
  bool same = held && held->size == info.st_size && held->changed.tv_sec == info.st_mtim.tv_sec &&
              held->changed.tv_nsec == info.st_mtim.tv_nsec;
  if (!same) held = load(full, info);
  return held;
}

StaticFiles::StaticFiles(std::string folder) : impl_(std::make_unique<Impl>()) {
  impl_->folder = std::move(folder);
}
StaticFiles::~StaticFiles() = default;

http::Response StaticFiles::answer(const http::Request& request) {
  auto path = safe_path(request.path());
  if (!path || impl_->folder.empty()) return not_found();
  auto file = impl_->find(*path);
  if (!file && !has_extension(*path)) {
    path = "index.html";
    file = impl_->find(*path);
  }
  if (!file) return not_found();
  http::Response response;
  response.headers = kSecurity;
  response.add("ETag", file->etag);
  // Built files under assets/ carry a hash of their content in their name.
  response.add("Cache-Control",
               path->starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
  if (file->gzipped) response.add("Vary", "Accept-Encoding");
  if (request.header("If-None-Match").find(file->etag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  response.content_type = type_of(*path).type;
  response.gzipped = file->gzipped && http::accepts_gzip(request.header("Accept-Encoding"));
  response.body = response.gzipped ? file->gzipped : file->plain;
  return response;
}

}  // namespace witmed::rest
