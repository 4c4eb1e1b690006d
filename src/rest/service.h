// Everything that is served on one port: the FHIR API, the web application, health and metrics.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "rest/api.h"
#include "rest/http/http.h"

namespace witmed::rest {

class Service {
 public:
  // `web_folder` may be empty. `ready`: whether the store takes requests; thread-safe.
  Service(Api api, std::string web_folder, std::function<bool()> ready);
  ~Service();
  void handle(std::shared_ptr<http::Exchange> exchange);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::rest
