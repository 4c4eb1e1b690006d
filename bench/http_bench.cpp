// The HTTP layer alone: answers every request with the same body until its standard input ends, so that any
// load tool can be pointed at it.   http_bench [PORT] [THREADS] [BYTES]
#include <cstdio>
#include <cstdlib>
#include <string>

#include "rest/http/server.h"

int main(int argc, char** argv) {
  using namespace witmed::http;
  ServerSettings settings;
  settings.port = static_cast<uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0);
  settings.threads = static_cast<unsigned>(argc > 2 ? std::atoi(argv[2]) : 2);
  auto body =
      std::make_shared<const std::string>(static_cast<size_t>(argc > 3 ? std::atoi(argv[3]) : 1024), 'x');
  Server server(settings, [body](std::shared_ptr<Exchange> exchange) {
    Response response;
    response.content_type = "application/fhir+json;charset=utf-8";
    response.body = body;
    response.add("ETag", "W/\"1\"").add("Last-Modified", "Thu, 29 Feb 2024 08:00:00 GMT");
    exchange->respond(std::move(response));
  });
  server.start();
  std::printf("http://127.0.0.1:%u/\n", server.port());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  server.stop(1);
}
