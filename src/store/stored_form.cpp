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

}  // namespace witmed::store
