#include "generate/household.h"

#include <algorithm>

#include "generate/identity.h"

namespace witmed::generate {
namespace {

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
// Rural households by composition, so that about 19 % are under 15 and 24 % over 60 (census 2020, rural; the
// mix of shapes itself is an estimate).
constexpr ShapeRow kShapes[] = {{Shape::old_couple, 15},    {Shape::old_single, 10},
                                {Shape::nuclear, 27},       {Shape::three_generations, 24},
                                {Shape::middle_couple, 18}, {Shape::adult_single, 6}};

// Yearly risk of death by age, per ten thousand: the higher bound of age, men, women (estimate).
struct MortalityRow {
  int32_t until;
  uint32_t men;
  uint32_t women;
};
constexpr MortalityRow kMortality[] = {{1, 50, 45},    {15, 3, 2},       {40, 12, 5},    {50, 30, 13},
                                       {60, 65, 30},   {70, 160, 85},    {75, 300, 180}, {80, 480, 320},
                                       {85, 800, 580}, {200, 1400, 1150}};

class Builder {
 public:
  Builder(Random& random, const Window& window, uint32_t places, uint32_t first_number, NumberOffice& office)
      : random_(random), window_(window), places_(places), number_(first_number), office_(office) {}

  Household build() {
    house_.members.reserve(8);  // indices stay, references below are short-lived
    surname_ = draw_surname(random_);
    dotted_ = random_.chance(8);
    switch (random_.pick_weighted(std::span<const ShapeRow>(kShapes)).shape) {
      case Shape::old_couple: couple(random_.between(58, 86), surname_); break;
      case Shape::old_single: alone(380, 62, 93); break;
      case Shape::nuclear: family(random_.between(25, 47)); break;
      case Shape::three_generations: three_generations(); break;
      case Shape::middle_couple: middle_couple(); break;
      case Shape::adult_single: alone(620, 24, 60); break;
    }
    for (Person& person : house_.members) fate(person);
    return std::move(house_);
  }

 private:
  // -1 when the household is full.
  int32_t add(bool male, int32_t age, uint32_t surname) {
    return add_born(male, add_months(window_.end, -12 * age) - 1 - static_cast<Day>(random_.below(365)),
                    surname);
  }

  int32_t add_born(bool male, Day birth, uint32_t surname) {
    if (house_.members.size() >= places_) return -1;
    Person person;
    person.number = number_++;
    person.male = male;
    person.birth = birth;
    person.name =
        dotted_ ? dotted_name(random_, male) : han_name(random_, surname, male, civil_of(birth).year);
    person.resident_number = office_.issue(birth, male);
    if (age_on(birth, window_.end) >= 14)
      person.telephone = telephone(static_cast<uint32_t>(uint64_t{person.number} * 48271 % 90'000'000));
    traits(person);
    house_.members.push_back(std::move(person));
    return static_cast<int32_t>(house_.members.size()) - 1;
  }

  void traits(Person& person) {
    int32_t year = civil_of(person.birth).year;
    int32_t gain = std::clamp(year - 1940, 0, 60) * 90;  // each later generation is taller
    person.height = (person.male ? 164'000 : 153'500) + gain + random_.normal(5'800);
    person.body_mass_index = 23'600 + random_.normal(2'900);
    person.smoker = random_.chance(person.male ? 480 : 25) && age_on(person.birth, window_.end) >= 20;
    person.adherence = static_cast<uint32_t>(std::clamp(70 + random_.normal(22), 15, 98));
    person.illness_permille = static_cast<uint32_t>(std::clamp(1000 + random_.normal(420), 250, 2400));
    person.severity = std::clamp(104 + random_.normal(34), 55, 210);
    person.home_monitor = random_.chance(90);
    person.penicillin_allergy = random_.chance(28);
    person.kidney_loss = random_.chance(110) ? random_.between(60, 110) : random_.between(12, 42);
  }

  // Indices of husband and wife.
  std::pair<int32_t, int32_t> couple(int32_t his_age, uint32_t surname) {
    int32_t husband = add(true, his_age, surname);
    uint32_t maiden_name = draw_surname(random_);
    int32_t wife = add(false, std::max(22, his_age - random_.between(-1, 5)), maiden_name);
    if (wife >= 0) {
      member(husband).spouse = wife;
      member(wife).spouse = husband;
    }
    return {husband, wife};
  }

  void children(int32_t father, int32_t mother, int32_t count) {
    if (mother < 0) return;
    Day at = add_months(member(mother).birth, random_.between(21 * 12, 28 * 12));
    for (int32_t i = 0; i < count; ++i, at += 600 + static_cast<Day>(random_.below(1400))) {
      if (at >= window_.end - 10 || age_on(member(mother).birth, at) > 43) return;
      if (age_on(at, window_.end) > 24) continue;  // has left home
      int32_t child = add_born(random_.chance(525), at, surname_);
      if (child < 0) return;
      member(child).mother = mother;
      member(child).father = father;
      if (at > window_.start + 300) member(mother).deliveries.push_back(at);
    }
  }

  void alone(uint32_t man_permille, int32_t from_age, int32_t to_age) {
    bool male = random_.chance(man_permille);
    add(male, random_.between(from_age, to_age), surname_);
  }

  int32_t family_size() {
    uint32_t dice = random_.below(1000);
    return dice < 330 ? 1 : dice < 890 ? 2 : 3;
  }

  void family(int32_t his_age) {
    auto [husband, wife] = couple(his_age, surname_);
    children(husband, wife, family_size());
  }

  void three_generations() {
    int32_t age = random_.between(27, 46);
    auto [husband, wife] = couple(age, surname_);
    children(husband, wife, family_size());
    int32_t grandfather = random_.chance(720) ? add(true, age + random_.between(22, 31), surname_) : -1;
    int32_t grandmother = -1;
    if (random_.chance(860)) {
      uint32_t maiden_name = draw_surname(random_);
      grandmother = add(false, age + random_.between(21, 29), maiden_name);
    }
    member(husband).father = grandfather;
    member(husband).mother = grandmother;
    if (grandfather >= 0 && grandmother >= 0) {
      member(grandfather).spouse = grandmother;
      member(grandmother).spouse = grandfather;
    }
  }

  void middle_couple() {
    auto [husband, wife] = couple(random_.between(45, 63), surname_);
    children(husband, wife, 1 + random_.chance(500));
  }

  // Death or departure inside the recorded years.
  void fate(Person& person) {
    for (Day year = std::max(window_.start, person.birth); year < window_.end; year += 365) {
      int32_t age = age_on(person.birth, year);
      const auto* row = kMortality;
      while (age >= row->until) ++row;
      if (random_.below(20'000) <
          (person.male ? row->men : row->women)) {  // half: the dead are no residents today
        Day day = year + 1 + static_cast<Day>(random_.below(364));
        if (day >= window_.end) break;
        bool needed = std::any_of(person.deliveries.begin(), person.deliveries.end(),
                                  [&](Day d) { return d + 60 > day; });
        if (!needed) person.death = day;
        break;
      }
    }
    bool may_leave = person.deliveries.empty() && person.mother < 0 && age_on(person.birth, window_.end) < 60;
    if (person.death == kNever && may_leave && random_.chance(30)) {
      person.departure =
          window_.end - 30 - static_cast<Day>(random_.below((window_.end - window_.start) / 2));
    }
  }

  Person& member(int32_t index) { return house_.members[index]; }

  Random& random_;
  Window window_;
  uint32_t places_;
  uint32_t number_;
  NumberOffice& office_;
  Household house_;
  uint32_t surname_ = 0;
  bool dotted_ = false;
};

}  // namespace

std::string NumberOffice::issue(Day birth, bool male) {
  uint32_t count = issued_[birth * 2 + male]++;
  // 500 numbers a day and sex; beyond them the next county of the fictional province.
  uint32_t sequence = (count * 37 + static_cast<uint32_t>(birth) * 13) % 500 * 2 + (male ? 1 : 0);
  std::string region = std::to_string(470'121 + count / 500);
  return resident_number(region, birth, sequence);
}

Household make_household(Random& random, const Window& window, uint32_t places, uint32_t first_number,
                         NumberOffice& office) {
  return Builder(random, window, places, first_number, office).build();
}

}  // namespace witmed::generate
