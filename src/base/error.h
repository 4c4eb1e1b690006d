// A failure of ours: the program, the disk, the configuration. Logged with an id that the caller sees (HTTP 500).
// Faults of the data or the request are fhir::Rejection, never this.
#pragma once
#include <stdexcept>
#include <string>

namespace witmed {

class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace witmed
