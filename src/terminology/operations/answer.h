// A Parameters resource in the making.
#pragma once
#include <string_view>
#include <utility>

#include "fhir/json/value.h"

namespace witmed::terminology {

class Answer {
 public:
  void add(std::string_view name, std::string_view type, fhir::Value value) {
    items_.add(fhir::Value::object({{"name", fhir::Value(name)}, {type, std::move(value)}}));
  }
  void add_resource(std::string_view name, fhir::Value resource) {
    items_.add(fhir::Value::object({{"name", fhir::Value(name)}, {"resource", std::move(resource)}}));
  }
  void add_parts(std::string_view name, Answer parts) {
    items_.add(fhir::Value::object({{"name", fhir::Value(name)}, {"part", std::move(parts.items_)}}));
  }
  fhir::Value take() {
    fhir::Value out = fhir::Value::object({{"resourceType", "Parameters"}});
    if (!items_.items().empty()) out.set("parameter", std::move(items_));
    return out;
  }

 private:
  fhir::Value items_ = fhir::Value::list();
};

}  // namespace witmed::terminology
