// Chooses households so that the ages of the living come out as the pyramid says.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "generate/prevalence_table.h"
#include "generate/random.h"

namespace witmed::generate {

// A grown-up of a household that is being thought of.
struct Adult {
  bool male = false;
  int32_t age = 0;                               // at the end of the window
  int8_t spouse = -1, father = -1, mother = -1;  // indices
  bool of_the_house = true;                      // bears its surname
};
using Adults = std::vector<Adult>;

class PyramidFit {
 public:
  PyramidFit();
  // Of some households drawn at random the one that comes nearest. Adults of 22 and above only.
  Adults choose(Random& random) const;
  // Counts one of those adults who is there at the end of the window.
  void count(bool male, int32_t age);
  // How many those are.
  int64_t grown() const { return total_; }
  // How many people of a group of five years of age there should be for each of them, millionths: the young,
  // who live with their parents.
  static int64_t young_for_each(size_t group);

 private:
  static constexpr int32_t kFrom = 20;
  static constexpr size_t kGroups = 14;  // fives of years, the last 85 and above
  int64_t distance(const Adults& adults) const;

  std::array<std::array<int64_t, kGroups>, 2> share_;  // millionths of all adults
  std::array<std::array<int64_t, kGroups>, 2> counted_{};
  int64_t total_ = 0;
};

}  // namespace witmed::generate
