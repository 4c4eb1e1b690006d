#include "generate/household.h"

#include <algorithm>

namespace witmed::generate {
namespace {

class Builder {
 public:
  Builder(Random& random, Registry& registry, uint32_t places, uint32_t first_number)
      : random_(random),
        registry_(registry),
        window_(registry.window),
        places_(places),
        number_(first_number) {}

  Household build() {
    house_.members.reserve(16);  // indices stay, references below are short-lived
    surname_ = draw_surname(random_);
    dotted_ = random_.chance(8);
    adults(registry_.pyramid.choose(random_));
    size_t grown = house_.members.size();
    for (size_t i = 0; i < grown; ++i) {
      if (!house_.members[i].male) children(static_cast<int32_t>(i));
    }
    for (size_t i = grown; i < house_.members.size(); ++i) {  // daughters: years of theirs without children
      if (!house_.members[i].male)
        registry_.cradle.births(random_, house_.members[i].birth, false, registry_.pyramid.grown());
    }
    for (Person& person : house_.members) fate(person);
    moves();
    for (size_t i = 0; i < grown; ++i) {
      const Person& person = house_.members[i];
      if (person.end() >= window_.end)
        registry_.pyramid.count(person.male, age_on(person.birth, window_.end));
    }
    return std::move(house_);
  }

 private:
  void adults(const Adults& adults) {
    for (const Adult& adult : adults) {
      uint32_t surname = adult.of_the_house ? surname_ : draw_surname(random_);
      Day birth = add_months(window_.end, -12 * adult.age) - static_cast<Day>(random_.below(365));
      if (add_born(adult.male, birth, surname, adult.of_the_house ? 0 : 1 + random_.below(60)) < 0) return;
    }
    for (size_t i = 0; i < house_.members.size(); ++i) {
      auto known = [&](int32_t index) {
        return index < static_cast<int32_t>(house_.members.size()) ? index : -1;
      };
      Person& person = house_.members[i];
      person.spouse = known(adults[i].spouse);
      person.father = known(adults[i].father);
      person.mother = known(adults[i].mother);
    }
  }

  // -1 when the household is full. `origin` above 45, a quarter of those who married in: born in another
  // county.
  int32_t add_born(bool male, Day birth, uint32_t surname, uint32_t origin) {
    if (house_.members.size() >= places_) return -1;
    Person person;
    person.number = number_++;
    person.male = male;
    person.birth = birth;
    person.name =
        dotted_ ? dotted_name(random_, male) : han_name(random_, surname, male, civil_of(birth).year);
    person.resident_number = registry_.office.issue(birth, male, origin > 45 ? origin : 0);
    if (age_on(birth, window_.end) >= 14) person.telephone = registry_.numbering.telephone(person.number);
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
    uint32_t pace = random_.below(1000);  // most diseased kidneys fail slowly
    person.kidney_loss = pace < 15    ? random_.between(60, 110)
                         : pace < 170 ? random_.between(14, 42)
                                      : random_.between(2, 13);
  }

  void children(int32_t mother) {
    bool married = member(mother).spouse >= 0;
    int32_t father = member(mother).spouse;
    for (const Cradle::Birth& birth :
         registry_.cradle.births(random_, member(mother).birth, married, registry_.pyramid.grown())) {
      bool recorded = birth.day > window_.start + 300;
      int32_t first = child(mother, father, birth.day);
      if (first < 0) return;
      if (recorded) member(mother).deliveries.push_back(birth.day);
      if (!birth.twins) continue;
      int32_t second = child(mother, father, birth.day);
      if (second < 0) return;
      member(first).twin = 1;
      member(second).twin = 2;
    }
  }

  int32_t child(int32_t mother, int32_t father, Day day) {
    int32_t index = add_born(random_.chance(527), day, surname_, 0);
    if (index < 0) return index;
    member(index).mother = mother;
    member(index).father = father;
    return index;
  }

  // Death inside the recorded years.
  void fate(Person& person) {
    for (Day year = std::max(window_.start, person.birth); year < window_.end; year += 365) {
      int32_t age = age_on(person.birth, year);
      auto row = std::find_if(mortality().begin(), mortality().end(),
                              [&](const MortalityRow& r) { return age < r.until; });
      if (random_.below(100'000) >= static_cast<uint32_t>(person.male ? row->men : row->women)) continue;
      Day day = year + 1 + static_cast<Day>(random_.below(364));
      if (day >= window_.end) return;
      bool needed = std::any_of(person.deliveries.begin(), person.deliveries.end(),
                                [&](Day d) { return d + 60 > day; });
      if (!needed) person.death = day;
      return;
    }
  }

  // Who left for the city, and families that came.
  void moves() {
    int32_t half = (window_.end - window_.start) / 2;
    for (Person& person : house_.members) {
      bool may_leave =
          person.deliveries.empty() && person.mother < 0 && age_on(person.birth, window_.end) < 60;
      if (person.death == kNever && may_leave && random_.chance(30)) {
        person.departure = window_.end - 30 - static_cast<Day>(random_.below(static_cast<uint32_t>(half)));
      }
    }
    Day came = window_.start + 60 + static_cast<Day>(random_.below(static_cast<uint32_t>(half)));
    bool fits = std::all_of(house_.members.begin(), house_.members.end(), [&](const Person& person) {
      return person.deliveries.empty() && person.end() > came + 120 && person.birth + 60 < came;
    });
    if (!fits || !random_.chance(45)) return;
    for (Person& person : house_.members) person.arrival = came;
  }

  Person& member(int32_t index) { return house_.members[static_cast<size_t>(index)]; }

  Random& random_;
  Registry& registry_;
  Window window_;
  uint32_t places_;
  uint32_t number_;
  Household house_;
  uint32_t surname_ = 0;
  bool dotted_ = false;
};

}  // namespace

Household make_household(Random& random, Registry& registry, uint32_t places, uint32_t first_number) {
  return Builder(random, registry, places, first_number).build();
}

}  // namespace witmed::generate
