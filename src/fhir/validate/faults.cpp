#include "fhir/validate/faults.h"

namespace witmed::fhir {

void Faults::add(Node at, const char* code, std::string en, std::string zh) {
  if (full()) return;
  const Document& document = at.document();
  const auto [line, column] = document.place(at.offset());
  issues_.push_back({Severity::error, code, std::move(en), std::move(zh), document.path(at), line, column});
}

std::string excerpt(Node node) {
  const std::string_view raw = node.raw();
  size_t end = 0, characters = 0;
  for (; end < raw.size() && characters < 40; ++characters) {
    ++end;
    while (end < raw.size() && (raw[end] & 0xC0) == 0x80) ++end;
  }
  return std::string(raw.substr(0, end)) + (end < raw.size() ? "…" : "");
}

KindName kind_name(Kind kind) {
  switch (kind) {
    case Kind::null: return {"null", "null"};
    case Kind::boolean: return {"a boolean", "布尔值"};
    case Kind::number: return {"a number", "数字"};
    case Kind::string: return {"a string", "字符串"};
    case Kind::array: return {"an array", "数组"};
    case Kind::object: return {"an object", "对象"};
  }
  return {"", ""};
}

}  // namespace witmed::fhir
