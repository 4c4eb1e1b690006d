// Births: which women bear children when, so that births by the mother's age are those of the fertility table
// and the children and young people of today are as many as the pyramid says.
#pragma once
#include <array>
#include <vector>

#include "generate/calendar.h"
#include "generate/random.h"

namespace witmed::generate {

struct Window {
  Day start;  // first recorded day
  Day end;    // nothing happens on or after this day
};

class Cradle {
 public:
  Cradle(uint64_t seed, const Window& window);
  struct Birth {
    Day day;
    bool twins;
  };
  // Births of the last 25 years to a woman born on a day, in order of time; none where she `may` not have
  // children. `grown`: PyramidFit::grown(), against whom children are counted.
  std::vector<Birth> births(Random& random, Day woman, bool may, int64_t grown);

 private:
  static constexpr int32_t kYears = 25;              // whose children still live at home
  static constexpr int32_t kRecent = 5;              // years whose births follow the fertility table alone
  int64_t level(int32_t year, int64_t grown) const;  // of births in a year, thousandths of the table

  Window window_;
  std::array<std::array<int64_t, 7>, kYears>
      owed_;  // by years ago and mother's age; hundred thousandths of a birth
  std::array<int64_t, kYears / 5> exposed_{};  // births the table alone would give, hundred thousandths
};

}  // namespace witmed::generate
