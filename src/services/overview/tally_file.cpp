#include "services/overview/tally_file.h"

#include <cstring>
#include <fstream>
#include <sstream>
#include <type_traits>

#include "base/durable_file.h"
#include "base/error.h"

namespace witmed::services {
namespace {

constexpr std::string_view kMagic = "WMTALLY";

// Both directions in one, so that they cannot differ: only bytes() knows which it is.
class Form {
 public:
  Form() = default;                                              // writes
  explicit Form(std::string_view in) : in_(in), reads_(true) {}  // reads
  template <typename... Members>
  void operator()(Members&... members) {
    (one(members), ...);
  }
  std::string out;

 private:
  void bytes(void* at, size_t size) {
    if (!reads_) {
      out.append(static_cast<const char*>(at), size);
      return;
    }
    if (size > in_.size()) throw Failure("the tally is cut short");
    std::memcpy(at, in_.data(), size);
    in_.remove_prefix(size);
  }
  size_t length(size_t of) {
    uint64_t length = of;
    bytes(&length, sizeof length);
    if (reads_ && length > in_.size()) throw Failure("the tally is cut short");
    return length;
  }

  template <typename T>
  void one(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      bytes(&value, sizeof value);
    else
      value.members(*this);
  }
  void one(std::string& text) {
    text.resize(length(text.size()));
    bytes(text.data(), text.size());
  }
  template <typename T, size_t N>
  void one(std::array<T, N>& list) {
    for (T& each : list) one(each);
  }
  template <typename T>
  void one(std::vector<T>& list) {
    list.resize(length(list.size()));
    for (T& each : list) one(each);
  }
  template <typename K, typename V>
  void one(std::map<K, V>& table) {
    const size_t size = length(table.size());
    if (reads_) {
      for (size_t i = 0; i < size; ++i) {
        K key{};
        one(key);
        one(table[key]);
      }
      return;
    }
    for (auto& [key, value] : table) {
      K copy = key;
      (*this)(copy, value);
    }
  }
  template <typename V>
  void one(FlatTable<V>& table) {
    const size_t size = length(table.size());
    if (reads_) {
      table.reserve(size);
      for (size_t i = 0; i < size; ++i) {
        uint64_t key = 0;
        one(key);
        one(table.at(key));
      }
      return;
    }
    table.each([this](uint64_t key, V& value) { (*this)(key, value); });
  }

  std::string_view in_;
  bool reads_ = false;
};

}  // namespace

void write_tally(const std::string& path, Kept& kept) {
  Form form;
  form.out.append(kMagic).push_back(kMeaning);
  form(kept.position, kept.mark, kept.tally);
  const Digest digest = sm3(form.out);
  form.out.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  write_durably(path, form.out);
}

Kept read_tally(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  const std::string file = std::move(content).str();
  std::string_view text = file;
  Digest digest{};
  if (!text.starts_with(kMagic) || text.size() < kMagic.size() + 1 + digest.size() ||
      text[kMagic.size()] != kMeaning)
    throw Failure(path + " is no tally of this version");
  std::memcpy(digest.data(), text.data() + text.size() - digest.size(), digest.size());
  text.remove_suffix(digest.size());
  if (sm3(text) != digest) throw Failure(path + " is damaged");
  text.remove_prefix(kMagic.size() + 1);
  Kept kept;
  Form form(text);
  form(kept.position, kept.mark, kept.tally);
  return kept;
}

}  // namespace witmed::services
