// Any bytes as a request body: parse, validate, minify; what was accepted reads back the same.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fhir/validate/validate.h"

namespace {

using namespace witmed::fhir;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

void require_same(Node a, Node b) {
  require(a.kind() == b.kind() && a.name() == b.name() && a.key() == b.key(), "minify changed a node");
  if (a.kind() != Kind::object && a.kind() != Kind::array)
    return require(a.raw() == b.raw(), "minify changed a value");
  auto x = a.begin(), y = b.begin();
  for (; x != a.end() && y != b.end(); ++x, ++y) require_same(*x, *y);
  require(!(x != a.end()) && !(y != b.end()), "minify changed the number of children");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const Document document = Document::parse({reinterpret_cast<const char*>(data), size}, {1 << 20, 64});
    for (const Issue& issue : validate_structure(document))
      require(issue.line > 0 && issue.column > 0, "an issue without a place");
    const std::string small = minify(document.root());
    const Document again = Document::parse(small, {1 << 20, 64});
    require_same(document.root(), again.root());
    require(minify(again.root()) == small, "minify is not stable");
    if (document.root().kind() == Kind::string) {
      const std::string text = document.root().string();
      const Document quoted = Document::parse(quote(text));
      require(quoted.root().string() == text, "quote changed a text");
    }
  } catch (const Rejection& rejection) {
    require(!rejection.issues.empty(), "a rejection without an issue");
  }
  return 0;
}
