// Reads zip archives (APPNOTE 6.3: stored and deflated members, no encryption, no ZIP64) as office files are made of. Nothing a
// damaged archive says is believed: offsets are checked, and what a member unfolds to is bounded.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace witmed {

class Zip {
 public:
  explicit Zip(std::string_view bytes);  // must outlive this; throws Failure when it is no zip archive

  struct Member {
    std::string name;
    uint32_t offset, packed;  // of its local header; bytes
    uint16_t method;
  };
  const std::vector<Member>& members() const { return members_; }
  const Member* find(std::string_view name) const;

  // What a member unfolds to, piece by piece. Throws Failure when it is damaged or more than `most` bytes.
  class Reader {
   public:
    Reader(const Zip& zip, const Member& member, uint64_t most);
    ~Reader();
    std::string_view next();  // the next piece, empty at the end; valid until the next call
    double part() const;      // read so far, 0 to 1

   private:
    struct Inflater;
    std::string_view packed_;
    size_t at_ = 0;
    uint64_t left_;
    bool stored_;
    std::unique_ptr<Inflater> inflater_;
    std::string piece_;
  };
  std::string read(const Member& member, uint64_t most) const;

 private:
  std::string_view bytes_;
  std::vector<Member> members_;
};

}  // namespace witmed
