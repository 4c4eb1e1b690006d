#include "generate/pyramid_fit.h"

#include <algorithm>
#include <utility>

namespace witmed::generate {
namespace {

constexpr int kDraws = 10;

// Weights are an estimate; the choice bends them.
enum class Shape : uint8_t {
  old_couple,
  old_single,
  nuclear,
  three_generations,
  middle_couple,
  adult_single
};
struct ShapeRow {
  Shape shape;
  uint32_t weight;
};
constexpr ShapeRow kShapes[] = {{Shape::old_couple, 14},    {Shape::old_single, 11},
                                {Shape::nuclear, 27},       {Shape::three_generations, 22},
                                {Shape::middle_couple, 17}, {Shape::adult_single, 9}};

Adults couple(Random& random, int32_t his_age) {
  int32_t her_age = std::max(22, his_age - random.between(-1, 5));
  return {{true, his_age, 1, -1, -1, true}, {false, her_age, 0, -1, -1, false}};
}

Adults three_generations(Random& random) {
  int32_t age = random.between(26, 52);
  Adults adults = couple(random, age);
  int8_t grandfather = -1, grandmother = -1;
  if (random.chance(720)) {
    grandfather = static_cast<int8_t>(adults.size());
    adults.push_back({true, age + random.between(22, 31), -1, -1, -1, true});
  }
  if (random.chance(860)) {
    grandmother = static_cast<int8_t>(adults.size());
    adults.push_back({false, age + random.between(21, 29), -1, -1, -1, false});
  }
  adults[0].father = grandfather;
  adults[0].mother = grandmother;
  if (grandfather >= 0 && grandmother >= 0) {
    adults[grandfather].spouse = grandmother;
    adults[grandmother].spouse = grandfather;
  }
  return adults;
}

Adults draw(Random& random) {
  switch (random.pick_weighted(std::span<const ShapeRow>(kShapes)).shape) {
    case Shape::old_couple: return couple(random, random.between(58, 88));
    case Shape::old_single: return {{random.chance(360), random.between(62, 97), -1, -1, -1, true}};
    case Shape::nuclear: return couple(random, random.between(24, 47));
    case Shape::three_generations: return three_generations(random);
    case Shape::middle_couple: return couple(random, random.between(45, 63));
    case Shape::adult_single: return {{random.chance(640), random.between(25, 62), -1, -1, -1, true}};
  }
  return {};
}

// Of the people of an age those who do not live with their parents, percent: a quarter of those of 20 to 24
// (an assumption of the model), all above.
int64_t independent(const PyramidRow& row) { return row.from < 20 ? 0 : row.from < 25 ? 25 : 100; }

int64_t all_independent() {
  int64_t all = 0;
  for (const PyramidRow& row : pyramid()) all += row.people * independent(row) / 100;
  return all;
}

}  // namespace

PyramidFit::PyramidFit() {
  const int64_t all = all_independent();
  for (const PyramidRow& row : pyramid()) {
    if (row.from < kFrom) continue;
    auto group = static_cast<size_t>((row.from - kFrom) / 5);
    share_[1][group] = pyramid_men(row) * independent(row) * 10'000 / all;
    share_[0][group] = (row.people - pyramid_men(row)) * independent(row) * 10'000 / all;
  }
}

int64_t PyramidFit::young_for_each(size_t group) {
  const PyramidRow& row = pyramid()[group];
  return row.people * (100 - independent(row)) * 10'000 / all_independent();
}

void PyramidFit::count(bool male, int32_t age) {
  if (age < kFrom) return;
  ++counted_[male][std::min<size_t>(static_cast<size_t>((age - kFrom) / 5), kGroups - 1)];
  ++total_;
}

// Sum of the squared differences, each against its share, after those adults came.
int64_t PyramidFit::distance(const Adults& adults) const {
  auto counted = counted_;
  int64_t total = total_;
  for (const Adult& adult : adults) {
    if (adult.age < kFrom) continue;
    ++counted[adult.male][std::min<size_t>(static_cast<size_t>((adult.age - kFrom) / 5), kGroups - 1)];
    ++total;
  }
  int64_t sum = 0;
  for (size_t sex = 0; sex < 2; ++sex) {
    for (size_t group = 0; group < kGroups; ++group) {
      int64_t off = (counted[sex][group] * 1'000'000 - share_[sex][group] * total) / 10'000;
      sum += off * off * 100 / share_[sex][group];
    }
  }
  return sum;
}

Adults PyramidFit::choose(Random& random) const {
  Adults best = draw(random);
  int64_t nearest = distance(best);
  for (int i = 1; i < kDraws; ++i) {
    Adults other = draw(random);
    int64_t far = distance(other);
    if (far < nearest) best = std::move(other), nearest = far;
  }
  return best;
}

}  // namespace witmed::generate
