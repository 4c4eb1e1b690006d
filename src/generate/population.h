// All residents of a county, household by household: the same seed gives the same people. What it remembers
// of those it has made does not grow with their number.
#pragma once
#include "generate/chronic.h"
#include "generate/county.h"
#include "generate/household.h"

namespace witmed::generate {

class Population {
 public:
  Population(const Settings& settings, const Window& window, const Numbering& numbering, uint32_t villages);
  bool done() const { return made_ == residents_; }
  uint32_t made() const { return made_; }
  // The next household, with diseases.
  Household next();

 private:
  uint32_t residents_;
  uint64_t seed_;
  Window window_;
  uint32_t villages_;
  Registry registry_;
  DiseaseRegister diseases_;
  uint32_t made_ = 0;
  uint32_t door_ = 0;
  uint32_t long_illnesses_ = 0;
};

// The days a county's settings stand for; throws Failure as generate() does.
Window window_of(const Settings& settings);

}  // namespace witmed::generate
