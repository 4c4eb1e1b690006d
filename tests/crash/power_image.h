// The files of a folder as a power cut may leave them: what was synced, and of the rest whatever the disk
// liked.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "crash/power_log.h"

namespace witmed::crash {

struct Record {
  Header header;
  std::string_view name, data;
};
// The records of a log, views into `log`. A record that is not whole ends it.
std::vector<Record> read_log(std::string_view log);

class Image {
 public:
  // The next record of the log; events are no business of files.
  void apply(const Record& record);
  // Writes one possible state after a cut here: of what was not synced each write with probability one half,
  // one in four of those torn at 512 bytes; of the names not synced the first few, in order.
  void cut(const std::filesystem::path& folder, std::mt19937_64& random) const;
  size_t unsafe_writes() const;

 private:
  struct Change {
    bool truncates;
    uint64_t number;
    std::string_view data;
    void apply(std::string& content) const;
  };
  struct File {
    std::string safe;             // content that was synced
    std::vector<Change> pending;  // since then, in order
    size_t dropped = 0;  // changes that left `pending` in all: positions of marks count from the beginning
  };
  struct Naming {
    std::string name;
    std::shared_ptr<File> file;  // null: the name goes
    std::string replaces;        // rename: the name that goes with it
  };
  struct Mark {
    uint64_t file;
    size_t changes, namings;
  };
  using Names = std::map<std::string, std::shared_ptr<File>>;

  static void apply(const Naming& naming, Names& names);
  void begin(const Record& record);
  void end(const Record& record);
  std::string torn(const Change& change, std::string content, std::mt19937_64& random) const;

  std::map<uint64_t, std::shared_ptr<File>> by_inode_;
  Names now_, safe_;
  std::vector<Naming> namings_;  // not synced
  size_t namings_dropped_ = 0;
  std::map<uint64_t, Mark> marks_;
};

}  // namespace witmed::crash
