// Bundles (http://hl7.org/fhir/R4/bundle.html) by appending text: resources are minified already.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "record/record.h"

namespace witmed::rest {

class BundleWriter {
 public:
  // `base` without a slash at its end; `expected_bytes` of all resources.
  BundleWriter(std::string_view base, std::string_view type, size_t expected_bytes = 0);

  // Before the first entry, in this order.
  void total(uint64_t number);
  void link(std::string_view relation, std::string_view url);

  void match(std::string_view resource_type, std::string_view id, std::string_view text,
             std::string_view mode);
  void outcome(std::string_view text);  // a search entry that says what was ignored
  void history(std::string_view resource_type, const record::Version& version, std::string_view text);
  // An entry of a batch-response or transaction-response.
  struct Answer {
    int status = 200;
    std::string_view resource;  // text, empty = none
    std::string_view outcome;   // text, empty = none
    std::string_view location;
    uint64_t version = 0;
    int64_t time = 0;
  };
  void answer(const Answer& answer);

  std::string finish();

 private:
  void begin_entry();
  void full_url(std::string_view resource_type, std::string_view id);
  std::string base_, out_;
  bool links_ = false, entries_ = false;
};

}  // namespace witmed::rest
