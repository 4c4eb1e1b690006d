// A real `witmed serve` on a free port with a folder of its own, and a client that speaks FHIR to it.
#pragma once
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/json/document.h"
#include "rest/raw_client.h"

namespace witmed::test {

class Serve {
 public:
  explicit Serve(std::vector<std::string> flags = {}) : flags_(std::move(flags)) {
    folder_ =
        testing::TempDir() + "witmed_serve_" + std::to_string(getpid()) + "_" + std::to_string(++count());
    std::filesystem::create_directories(folder_);
    start();
  }
  ~Serve() {
    stop(SIGKILL);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Serve(const Serve&) = delete;
  Serve& operator=(const Serve&) = delete;

  void start() {
    std::filesystem::remove(log_path());
    std::vector<std::string> command = {program(), "serve", "--port", "0", "--data", data()};
    command.insert(command.end(), flags_.begin(), flags_.end());
    std::vector<char*> arguments;
    for (auto& part : command) arguments.push_back(part.data());
    arguments.push_back(nullptr);
    std::string log = log_path();
    pid_ = fork();
    if (pid_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves no server behind
      if (!freopen(log.c_str(), "w", stderr)) _exit(126);
      execv(arguments[0], arguments.data());
      _exit(127);
    }
    wait_until_ready();
  }
  // The exit status; -1 when it was killed.
  int stop(int signal = SIGTERM) {
    if (pid_ <= 0) return -1;
    kill(pid_, signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  bool lives() const { return pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) == 0; }
  uint16_t port() const { return port_; }
  std::string data() const { return folder_ + "/data"; }
  std::string log() const {
    std::ostringstream text;
    text << std::ifstream(log_path()).rdbuf();
    return text.str();
  }
  static std::string program() { return std::string(WITMED_BINARY_DIR) + "/witmed"; }

 private:
  static int& count() {
    static int number = 0;
    return number;
  }
  std::string log_path() const { return folder_ + "/log"; }
  void wait_until_ready() {
    for (int i = 0; i < 2000; ++i) {
      std::string text = log();
      size_t at = text.find("url=http://127.0.0.1:");
      if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
        port_ = static_cast<uint16_t>(std::stoi(text.substr(at + 21)));
        return;
      }
      if (!lives()) throw std::runtime_error("witmed serve ended: " + text);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    throw std::runtime_error("witmed serve does not answer: " + log());
  }
  std::vector<std::string> flags_;
  std::string folder_;
  pid_t pid_ = 0;
  uint16_t port_ = 0;
};

// Items of a FHIRPath expression on a JSON text, joined by commas; strings without quotes.
inline std::string at(const std::string& json, const std::string& expression) {
  auto document = fhir::Document::parse(json);
  fhir::EvalContext context;
  context.resource = context.root_resource = document.root();
  std::string out;
  for (const auto& value :
       fhir::Expression::compile(expression).evaluate(document.root(), document.resource_type(), context)) {
    if (!out.empty()) out += ',';
    switch (value.kind) {
      case fhir::PathValue::Kind::node:
        out += value.node.kind() == fhir::Kind::string ? value.node.string() : value.node.raw();
        break;
      case fhir::PathValue::Kind::boolean: out += value.truth ? "true" : "false"; break;
      case fhir::PathValue::Kind::integer: out += std::to_string(value.integer); break;
      default: out += value.text;
    }
  }
  return out;
}

inline std::string kind_of(const std::string& json) {
  auto document = fhir::Document::parse(json);
  fhir::Node kind = document.root()["resourceType"];
  return kind ? kind.string() : "";
}

class FhirClient {
 public:
  explicit FhirClient(uint16_t port) : raw(port), host("127.0.0.1:" + std::to_string(port)) {}
  // `headers`: lines ended by CR LF.
  RawResponse ask(const std::string& method, const std::string& path, const std::string& body = {},
                  const std::string& headers = {}) {
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers;
    if (!body.empty()) {
      if (headers.find("Content-Type:") == std::string::npos)
        text += "Content-Type: application/fhir+json\r\n";
      text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    raw.send(text + "\r\n" + body);
    return raw.receive(method == "HEAD");
  }
  RawResponse get(const std::string& path, const std::string& headers = {}) {
    return ask("GET", path, {}, headers);
  }
  RawResponse post(const std::string& path, const std::string& body, const std::string& headers = {}) {
    return ask("POST", path, body, headers);
  }
  RawResponse put(const std::string& path, const std::string& body, const std::string& headers = {}) {
    return ask("PUT", path, body, headers);
  }
  RawResponse remove(const std::string& path, const std::string& headers = {}) {
    return ask("DELETE", path, {}, headers);
  }

  RawClient raw;
  std::string host;
};

}  // namespace witmed::test
