// A batch or transaction as sent: its entries read, checked and put into the order in which R4 has them done
// (http://hl7.org/fhir/R4/http.html#trules): DELETE, POST, PUT, then GET.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"
#include "rest/route.h"

namespace witmed::rest {

struct BundleEntry {
  std::string method;
  Route route;
  std::string query;  // of its url
  std::string full_url;
  std::string if_match, if_none_match, if_none_exist, if_modified_since;
  std::string body;                        // the resource as written; empty = none
  std::optional<fhir::Rejection> refused;  // batch: why it cannot be done
};

struct BundleRequest {
  bool transaction = false;
  std::vector<BundleEntry> entries;
};

// Throws Rejection(400, 413) for what is no batch or transaction; in a transaction for any entry that cannot
// be done, naming it ("Bundle.entry[3].request.url"). `base` is cut off absolute urls.
BundleRequest read_bundle(std::string_view json, std::string_view base);

}  // namespace witmed::rest
