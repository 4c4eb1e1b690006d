#include "record/references.h"

#include "base/limits.h"
#include "fhir/reference.h"

namespace witmed::record {
namespace {

using fhir::Kind;
using fhir::Node;

class Resolver {
 public:
  Resolver(const FullUrls& full_urls, std::string_view own, const FindReference& find)
      : full_urls_(full_urls), own_(own), find_(find), reference_(fhir::Definitions::r4().name("reference")) {}

  void walk(Node node) {
    if (node.kind() == Kind::string) return text(node);
    if (node.kind() != Kind::object && node.kind() != Kind::array) return;
    for (Node child : node) walk(child);
  }
  std::vector<fhir::Edit> edits;

 private:
  void text(Node node) {
    const std::string_view raw = node.raw();
    const bool reference = node.name() == reference_;
    const bool conditional = reference && raw.find('?') != std::string_view::npos;
    // A full url stands alone in a string; other texts are left as they are.
    if (!conditional && !(raw.starts_with("\"urn:") || (reference && raw.starts_with("\"http")))) return;
    const std::string value = node.string();
    const auto found = full_urls_.find(value);
    std::string target;
    if (found != full_urls_.end())
      target = found->second;
    else if (conditional && !value.starts_with("http"))
      target = find_(value);
    else if (const auto relative = within_own(value); !relative.empty())
      target = relative;
    else
      return;
    edits.push_back({node.offset(), node.offset() + static_cast<uint32_t>(raw.size()), fhir::quote(target)});
  }

  // "Type/id" and what follows, of an address of this server; empty for others.
  std::string_view within_own(std::string_view value) const {
    if (own_.empty() || !value.starts_with(own_) || value.substr(own_.size(), 1) != "/") return {};
    value.remove_prefix(own_.size() + 1);
    const auto parts = fhir::split_reference(value);
    return parts.type != 0 && parts.base.empty() ? value : std::string_view{};
  }

  const FullUrls& full_urls_;
  std::string_view own_;
  const FindReference& find_;
  fhir::NameId reference_;
};

}  // namespace

std::vector<fhir::Edit> resolve_references(Node resource, const FullUrls& full_urls, std::string_view own, const FindReference& find) {
  Resolver resolver(full_urls, own, find);
  resolver.walk(resource);
  return std::move(resolver.edits);
}

}  // namespace witmed::record
