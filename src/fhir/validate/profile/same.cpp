#include "fhir/validate/profile/same.h"

namespace witmed::fhir {
namespace {

bool same_scalar(Node a, Node b) {
  if (a.kind() != b.kind()) return false;
  if (a.kind() != Kind::string) return a.raw() == b.raw();
  std::string x, y;
  return a.view(x) == b.view(y);
}

bool is_scalar(Node node) { return node.kind() != Kind::object && node.kind() != Kind::array; }

}  // namespace

bool is_fixed(Node value, Node fixed) {
  if (value.kind() != fixed.kind()) return false;
  if (is_scalar(fixed)) return same_scalar(value, fixed);
  if (value.size() != fixed.size()) return false;
  if (fixed.kind() == Kind::array) {
    auto a = value.begin(), b = fixed.begin();
    for (; b != fixed.end(); ++a, ++b) {
      if (!is_fixed(*a, *b)) return false;
    }
    return true;
  }
  for (Node member : fixed) {
    const Node own = value[member.key()];
    if (!own || !is_fixed(own, member)) return false;
  }
  return true;
}

bool matches_pattern(Node value, Node pattern) {
  if (pattern.kind() == Kind::array && value.kind() == Kind::array) {
    for (Node wanted : pattern) {
      bool found = false;
      for (Node item : value) found = found || matches_pattern(item, wanted);
      if (!found) return false;
    }
    return true;
  }
  if (value.kind() != pattern.kind()) return false;
  if (is_scalar(pattern)) return same_scalar(value, pattern);
  for (Node member : pattern) {
    const Node own = value[member.key()];
    if (!own || !matches_pattern(own, member)) return false;
  }
  return true;
}

}  // namespace witmed::fhir
