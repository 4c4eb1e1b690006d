#include "crash/workload.h"

#include <fmt/format.h>

#include <random>

#include "crash/ledger.h"

namespace witmed::crash {

// One client with resources of its own, so that it knows what each should be.
class Workload::Writer {
 public:
  Writer(Workload& load, unsigned number)
      : load_(load),
        client_(load.address_),
        random_(load.seed_ * 1000 + number),
        name_(fmt::format("c{}-{}", load.seed_, number)) {}

  void run() {
    try {
      while (!load_.stopping_) step();
    } catch (const std::exception&) {
      // the server is gone; what was under way stands in the journal as intended, not as done
    }
  }

 private:
  struct Own {
    std::string id;
    int revision = kAbsent, next = 1;
  };

  void step() {
    const unsigned dice = std::uniform_int_distribution<unsigned>(0, 99)(random_);
    if (dice < 35 || own_.empty())
      create_with_own_id();
    else if (dice < 55)
      create();
    else if (dice < 80)
      update(pick());
    else if (dice < 85)
      remove(pick());
    else
      transaction(pick());
  }

  Own& pick() { return own_[std::uniform_int_distribution<size_t>(0, own_.size() - 1)(random_)]; }

  // True when acknowledged. 4xx must have changed nothing; 5xx may or may not.
  bool write(const std::string& name, int revision, std::string_view method, const std::string& body) {
    load_.journal_(fmt::format("intend {} {}", name, revision));
    const auto answer = client_.request(method, "/" + name, body);
    const bool done = answer.status < 300;
    if (done)
      load_.journal_(fmt::format("done {} {}", name, revision));
    else if (answer.status < 500)
      load_.journal_(fmt::format("refused {}", name));
    ++(done ? load_.acknowledged_ : load_.refused_);
    return done;
  }

  void create_with_own_id() {
    own_.push_back({fmt::format("{}-{}", name_, ++count_), kAbsent, 1});
    update(own_.back());
  }

  void update(Own& own) {
    const int revision = own.next++;
    if (write("Patient/" + own.id, revision, "PUT", patient(own.id, revision))) own.revision = revision;
  }

  void remove(Own& own) {
    if (own.revision >= 0 && write("Patient/" + own.id, kDeleted, "DELETE", {})) own.revision = kDeleted;
  }

  void create() {
    const auto answer = client_.request("POST", "/Observation",
                                        observation(fmt::format("{}-o{}", name_, ++count_), 1, subject()));
    if (answer.status != 201) {
      ++load_.refused_;
      return;
    }
    const std::string location(answer.header("Location"));
    const size_t type = location.find("Observation/");
    if (type == std::string::npos) throw std::logic_error("a create was answered without Location");
    const size_t id_end = location.find('/', type + 12);
    load_.journal_(fmt::format("done {} 1",
                               location.substr(type, id_end == std::string::npos ? id_end : id_end - type)));
    ++load_.acknowledged_;
  }

  void transaction(Own& own) {
    const std::string nonce = fmt::format("{}-t{}", name_, ++count_);
    const int members = std::uniform_int_distribution<int>(2, 12)(random_), revision = own.next++;
    std::string body = R"({"resourceType":"Bundle","type":"transaction","entry":[)";
    for (int i = 0; i < members; ++i)
      body += fmt::format(
          R"({{"fullUrl":"urn:uuid:00000000-0000-4000-8000-{:012}","resource":{},"request":{{"method":"POST","url":"Observation"}}}},)",
          i, observation(nonce, i, "Patient/" + own.id));
    body += fmt::format(R"({{"resource":{},"request":{{"method":"PUT","url":"Patient/{}"}}}}]}})",
                        patient(own.id, revision), own.id);
    load_.journal_(fmt::format("intend-group {} {} Patient/{} {}", nonce, members, own.id, revision));
    const int status = client_.request("POST", "", body).status;
    const bool done = status == 200;
    if (status < 500) load_.journal_(fmt::format("{} {}", done ? "done-group" : "refused-group", nonce));
    if (done) own.revision = revision;
    ++(done ? load_.acknowledged_ : load_.refused_);
  }

  std::string subject() const { return "Patient/" + own_.front().id; }

  Workload& load_;
  support::Client client_;
  std::mt19937_64 random_;
  std::string name_;
  std::vector<Own> own_;
  unsigned count_ = 0;
};

Workload::Workload(support::Address address, Journal journal, unsigned clients, uint64_t seed)
    : address_(std::move(address)), journal_(std::move(journal)), clients_(clients), seed_(seed) {}

void Workload::start() {
  stopping_ = false;
  for (unsigned i = 0; i < clients_; ++i) threads_.emplace_back([this, i] { Writer(*this, i).run(); });
}

void Workload::stop() {
  stopping_ = true;
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace witmed::crash
