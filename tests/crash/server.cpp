#include "crash/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace witmed::crash {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPatience = std::chrono::seconds(60);

uint16_t free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no free port");
  close(fd);
  return ntohs(address.sin_port);
}

// After fork only what is safe there: the texts are made before.
pid_t spawn(const std::vector<std::string>& command, const std::string& log,
            const std::vector<std::string>& environment) {
  std::vector<char*> arguments, variables;
  for (const auto& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  for (const auto& each : environment) variables.push_back(const_cast<char*>(each.c_str()));
  for (char** each = environ; *each; ++each) variables.push_back(*each);
  arguments.push_back(nullptr);
  variables.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("fork");
  if (pid > 0) return pid;
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  execvpe(arguments[0], arguments.data(), variables.data());
  _exit(127);
}

int status_of(int raw) { return WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw); }

}  // namespace

Server::Server(std::string program, std::string data, std::vector<std::string> environment)
    : program_(std::move(program)), data_(std::move(data)), environment_(std::move(environment)) {}

double Server::start() {
  port_ = free_port();
  const auto begin = Clock::now();
  pid_ = spawn({program_, "serve", "--port", std::to_string(port_), "--data", data_}, data_ + ".log",
               environment_);
  support::Client client({"127.0.0.1", port_, ""});
  while (Clock::now() - begin < kPatience) {
    if (!runs()) throw std::runtime_error("the server ended while starting: see " + data_ + ".log");
    try {
      if (client.request("GET", "/healthz").status == 200)
        return std::chrono::duration<double>(Clock::now() - begin).count();
    } catch (const std::exception&) {
      // not listening yet
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  throw std::runtime_error("the server does not answer: see " + data_ + ".log");
}

void Server::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

bool Server::stop() {
  if (pid_ <= 0) return false;
  ::kill(pid_, SIGTERM);
  const auto begin = Clock::now();
  while (Clock::now() - begin < kPatience) {
    int raw = 0;
    if (waitpid(pid_, &raw, WNOHANG) == pid_) {
      pid_ = -1;
      return status_of(raw) == 0;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  kill();
  return false;
}

bool Server::runs() {
  if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

int run(const std::vector<std::string>& command, const std::string& log,
        const std::vector<std::string>& environment) {
  int raw = 0;
  waitpid(spawn(command, log, environment), &raw, 0);
  return status_of(raw);
}

}  // namespace witmed::crash
