#include "fhir/validate/profile/registry.h"

#include <mutex>

#include "base/limits.h"
#include "fhir/validate/profile/compile.h"

namespace witmed::fhir {
namespace {

constexpr int kBases = 16;           // profiles of profiles of profiles
constexpr size_t kCompiled = 20'000;  // urls that are remembered, known or not: what strangers name does not fill the memory

std::shared_ptr<const Document> parse(const std::string& text) {
  return std::make_shared<const Document>(Document::parse(text, {limits::kResourceBytes, limits::kJsonDepth}));
}

std::string member(Node owner, std::string_view key) {
  const Node node = owner[key];
  return node && node.kind() == Kind::string ? node.string() : std::string();
}

}  // namespace

class ProfileRegistry::Nested : public Profiles {
 public:
  Nested(const ProfileRegistry& registry, int depth) : registry_(registry), depth_(depth) {}
  std::shared_ptr<const Profile> find(std::string_view canonical) const override {
    const size_t bar = canonical.find('|');
    return registry_.compiled(canonical.substr(0, bar), bar == canonical.npos ? std::string_view() : canonical.substr(bar + 1), depth_ + 1);
  }

 private:
  const ProfileRegistry& registry_;
  int depth_;
};

ProfileRegistry::ProfileRegistry() = default;

std::shared_ptr<const Profile> ProfileRegistry::find(std::string_view canonical) const {
  return Nested(*this, -1).find(canonical);
}

std::string ProfileRegistry::text_of(std::string_view url, std::string_view version) const {
  const auto [first, last] = by_url_.equal_range(std::string(url));
  const Kept* best = nullptr;
  for (auto it = first; it != last; ++it) {
    const Kept& kept = kept_.at(it->second);
    if (!version.empty() && kept.version != version) continue;
    if (!best || kept.version > best->version) best = &kept;
  }
  return best ? best->text : embedded_profile(url);
}

std::shared_ptr<const Profile> ProfileRegistry::compiled(std::string_view url, std::string_view version, int depth) const {
  if (depth > kBases) return nullptr;
  const std::string key = std::string(url) + "|" + std::string(version);
  std::string text;
  uint64_t generation;
  {
    const std::shared_lock lock(mutex_);
    if (const auto known = compiled_.find(key); known != compiled_.end()) return known->second;
    text = text_of(url, version);
    if (text.empty()) return nullptr;  // not kept: whoever sends a resource chooses what it claims
    generation = generation_;
  }
  std::shared_ptr<const Profile> profile;
  try {
    profile = compile_profile(parse(text), Nested(*this, depth));
  } catch (const Rejection&) {
    // Told when the StructureDefinition itself is validated; here it is not known.
  }
  if (profile && !version.empty() && !profile->version.empty() && profile->version != version) profile = nullptr;
  const std::unique_lock lock(mutex_);
  if (generation == generation_ && compiled_.size() < kCompiled) compiled_.emplace(key, profile);
  return profile;
}

void ProfileRegistry::put(const std::string& id, std::string_view text) {
  Kept kept;
  if (!text.empty()) {
    const auto document = parse(std::string(text));
    kept = {member(document->root(), "url"), member(document->root(), "version"), std::string(text)};
  }
  const std::unique_lock lock(mutex_);
  if (const auto known = kept_.find(id); known != kept_.end()) {
    const auto [first, last] = by_url_.equal_range(known->second.url);
    for (auto it = first; it != last; ++it) {
      if (it->second == id) {
        by_url_.erase(it);
        break;
      }
    }
    kept_.erase(known);
  }
  if (!kept.url.empty()) {
    by_url_.emplace(kept.url, id);
    kept_.emplace(id, std::move(kept));
  }
  compiled_.clear();  // whatever stood on it may be another
  ++generation_;
}

std::vector<std::string> ProfileRegistry::urls() const {
  std::vector<std::string> out = embedded_profile_urls();
  const std::shared_lock lock(mutex_);
  for (const auto& [url, id] : by_url_) out.push_back(url);
  return out;
}

}  // namespace witmed::fhir
