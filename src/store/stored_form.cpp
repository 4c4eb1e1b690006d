#include "base/time.h"
#include "store/store.h"

namespace witmed::store {

std::string stored_head(TypeId type, std::string_view id, int64_t version, int64_t time) {
  std::string head;
  head.reserve(128);
  head.append("{\"resourceType\":\"").append(fhir::Definitions::r4().type(type).name);
  head.append("\",\"id\":\"").append(id);
  head.append("\",\"meta\":{\"versionId\":\"").append(std::to_string(version)).append("\",\"lastUpdated\":\"");
  append_instant(head, time, 3);
  head.push_back('"');
  return head;
}

std::string stored_form(Method method, TypeId type, std::string_view id, int64_t version, int64_t time, std::string_view tail) {
  std::string text = stored_head(type, id, version, time);
  text += method == Method::remove ? std::string_view("}}") : tail;
  return text;
}

Digest ledger_leaf(std::string_view salt, std::string_view stored_form) {
  static constexpr char zero = 0;
  return sm3({&zero, 1}, salt, stored_form);
}

}  // namespace witmed::store
