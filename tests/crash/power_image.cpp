#include "crash/power_image.h"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace witmed::crash {
namespace {

constexpr size_t kSector = 512;

bool coin(std::mt19937_64& random, unsigned one_in = 2) { return random() % one_in == 0; }

}  // namespace

std::vector<Record> read_log(std::string_view log) {
  std::vector<Record> records;
  while (log.size() >= sizeof(Header)) {
    Record record;
    std::memcpy(&record.header, log.data(), sizeof(Header));
    const size_t whole = sizeof(Header) + record.header.name_length + record.header.data_length;
    if (log.size() < whole) break;
    record.name = log.substr(sizeof(Header), record.header.name_length);
    record.data = log.substr(sizeof(Header) + record.header.name_length, record.header.data_length);
    records.push_back(record);
    log.remove_prefix(whole);
  }
  return records;
}

void Image::Change::apply(std::string& content) const {
  if (truncates) {
    content.resize(number);
    return;
  }
  if (content.size() < number + data.size()) content.resize(number + data.size());
  content.replace(number, data.size(), data);
}

void Image::apply(const Naming& naming, Names& names) {
  if (!naming.replaces.empty()) names.erase(naming.replaces);
  if (naming.file)
    names[naming.name] = naming.file;
  else
    names.erase(naming.name);
}

void Image::apply(const Record& record) {
  const Header& h = record.header;
  const std::string name(record.name);
  auto rename = [&](Naming naming) {
    apply(naming, now_);
    namings_.push_back(std::move(naming));
  };
  switch (h.op) {
    case Op::open:
    case Op::create: {
      const bool is_new = h.op == Op::create || !now_.contains(name);
      if (is_new) rename({name, std::make_shared<File>(), {}});
      by_inode_[h.file] = now_[name];
      break;
    }
    case Op::write: by_inode_.at(h.file)->pending.push_back({false, h.number, record.data}); break;
    case Op::truncate: by_inode_.at(h.file)->pending.push_back({true, h.number, {}}); break;
    case Op::unlink: rename({name, nullptr, {}}); break;
    case Op::rename: {
      const auto file = now_.find(name);
      if (file != now_.end()) rename({std::string(record.data), file->second, name});
      break;
    }
    case Op::sync_begin: begin(record); break;
    case Op::sync_end: end(record); break;
    case Op::event: break;
  }
}

void Image::begin(const Record& record) {
  const Header& h = record.header;
  const File* file = h.file ? by_inode_.at(h.file).get() : nullptr;
  marks_[h.number] = {h.file, file ? file->dropped + file->pending.size() : 0,
                      namings_dropped_ + namings_.size()};
}

// What the file, or the folder, had at the begin is safe now.
void Image::end(const Record& record) {
  const auto found = marks_.find(record.header.number);
  if (found == marks_.end()) return;
  const Mark mark = found->second;
  marks_.erase(found);
  if (mark.file) {
    File& file = *by_inode_.at(mark.file);
    const size_t n =
        mark.changes > file.dropped ? std::min(mark.changes - file.dropped, file.pending.size()) : 0;
    for (size_t i = 0; i < n; ++i) file.pending[i].apply(file.safe);
    file.pending.erase(file.pending.begin(), file.pending.begin() + static_cast<ptrdiff_t>(n));
    file.dropped += n;
    return;
  }
  const std::string prefix = record.name.empty() ? "" : std::string(record.name) + "/";
  size_t n = mark.namings > namings_dropped_ ? std::min(mark.namings - namings_dropped_, namings_.size()) : 0;
  std::vector<Naming> rest;
  for (size_t i = 0; i < namings_.size(); ++i) {
    const std::string& name = namings_[i].name;
    const bool in_folder = name.starts_with(prefix) && name.find('/', prefix.size()) == std::string::npos;
    if (i < n && in_folder)
      apply(namings_[i], safe_);
    else
      rest.push_back(std::move(namings_[i]));
  }
  namings_dropped_ += namings_.size() - rest.size();
  namings_ = std::move(rest);
}

std::string Image::torn(const Change& change, std::string content, std::mt19937_64& random) const {
  for (size_t at = 0; at < change.data.size();) {
    const size_t step = std::min(kSector - (change.number + at) % kSector, change.data.size() - at);
    if (coin(random)) Change{false, change.number + at, change.data.substr(at, step)}.apply(content);
    at += step;
  }
  return content;
}

void Image::cut(const std::filesystem::path& folder, std::mt19937_64& random) const {
  Names names = safe_;
  const size_t kept = namings_.empty() ? 0 : random() % (namings_.size() + 1);
  for (size_t i = 0; i < kept; ++i) apply(namings_[i], names);
  for (const auto& [name, file] : names) {
    std::string content = file->safe;
    for (const Change& change : file->pending) {
      if (!coin(random)) continue;
      if (!change.truncates && coin(random, 4))
        content = torn(change, std::move(content), random);
      else
        change.apply(content);
    }
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
  }
}

size_t Image::unsafe_writes() const {
  size_t n = 0;
  for (const auto& [name, file] : now_) n += file->pending.size();
  return n;
}

}  // namespace witmed::crash
