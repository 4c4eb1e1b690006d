#include <simdjson.h>

#include "base/error.h"
#include "fhir/json/document.h"

namespace witmed::fhir {
namespace {

// Writes a node, going down only where an edit is; everything else is copied in long runs without its white
// space.
class Writer {
 public:
  Writer(Node root, const std::vector<Edit>& edits) : edits_(edits) {
    while (next_ < edits_.size() && edits_[next_].begin < root.offset()) ++next_;
    out_.reserve(root.raw().size());
  }

  std::string write(Node root) {
    node(root);
    return std::move(out_);
  }

 private:
  bool edited(uint32_t end) const { return next_ < edits_.size() && edits_[next_].begin < end; }
  // The edit that replaces exactly this value, or none.
  const Edit* edit_of(Node node) const {
    const bool same = next_ < edits_.size() && edits_[next_].begin == node.offset() &&
                      edits_[next_].end == node.offset() + node.raw().size();
    return same ? &edits_[next_] : nullptr;
  }

  void copy(std::string_view raw) {
    const size_t before = out_.size();
    out_.resize(before + raw.size());
    size_t written = 0;
    const auto error = simdjson::minify(raw.data(), raw.size(), out_.data() + before, written);
    if (error) throw Failure(simdjson::error_message(error));
    out_.resize(before + written);
  }

  void node(Node node) {
    const std::string_view raw = node.raw();
    const auto end = static_cast<uint32_t>(node.offset() + raw.size());
    if (const Edit* edit = edit_of(node)) {
      out_ += edit->text;
      while (edited(end)) ++next_;
    } else if (!edited(end)) {
      copy(raw);
    } else if (node.kind() == Kind::object || node.kind() == Kind::array) {
      container(node);
    } else {
      throw Failure("an edit does not replace a whole value");
    }
  }

  void container(Node node) {
    const bool object = node.kind() == Kind::object;
    bool first = true;
    out_ += object ? '{' : '[';
    for (Node child : node) {
      const Edit* edit = edit_of(child);
      if (edit && edit->text.empty()) {
        while (edited(static_cast<uint32_t>(child.offset() + child.raw().size()))) ++next_;
        continue;
      }
      if (!first) out_ += ',';
      first = false;
      if (object) out_.append("\"").append(child.key()).append("\":");
      this->node(child);
    }
    out_ += object ? '}' : ']';
  }

  const std::vector<Edit>& edits_;
  std::string out_;
  size_t next_ = 0;
};

}  // namespace

std::string minify(Node node, const std::vector<Edit>& edits) { return Writer(node, edits).write(node); }

}  // namespace witmed::fhir
