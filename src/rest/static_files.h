// The web application's files from one folder: held in memory, gzip'd once, with ETags. An address that is no
// file and has no extension gets index.html, so that the application's own addresses can be opened directly.
#pragma once
#include <memory>
#include <string>

#include "rest/http/http.h"

namespace witmed::rest {

class StaticFiles {
 public:
  // A folder that is absent is no error: addresses answer 404 until it is there.
  explicit StaticFiles(std::string folder);
  ~StaticFiles();
  // GET and HEAD only.
  http::Response answer(const http::Request& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::rest
