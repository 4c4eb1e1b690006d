// The people of a county against the tables they are made to: ages, sexes, births, deaths, and who is ill.
#include "generate/population.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "generate/place.h"

namespace witmed::generate {
namespace {

struct Census {
  int64_t people[2][18] = {};       // living, by sex (1 men) and five years of age
  int64_t band[2][kAgeBands] = {};  // living, by the bands of the prevalence table
  int64_t ill[kDiseases][2][kAgeBands] = {};
  std::map<int32_t, int64_t> births, woman_years;  // by five years of the mother's age, the last five years
  int64_t living = 0, deaths = 0, years = 0, twins = 0, born = 0;
};

void count_births(Census& census, const Household& household, const Window& window) {
  for (const Person& child : household.members) {
    int32_t ago = (window.end - 1 - child.birth) / 365;
    if (child.mother < 0 || ago >= 5) continue;
    const Person& mother = household.members[static_cast<size_t>(child.mother)];
    ++census.births[(age_on(mother.birth, window.end - 1) - ago) / 5 * 5];
    ++census.born;
    census.twins += child.twin > 0;
  }
  for (const Person& woman : household.members) {
    if (woman.male) continue;
    for (int32_t ago = 0; ago < 5; ++ago)
      ++census.woman_years[(age_on(woman.birth, window.end - 1) - ago) / 5 * 5];
  }
}

void count(Census& census, const Person& person, const Window& window) {
  census.years += std::max(0, std::min(window.end, person.end()) - person.start(window.start)) / 365;
  census.deaths += person.death < window.end;
  if (person.end() < window.end) return;
  int32_t age = age_on(person.birth, window.end - 1);
  ++census.living;
  ++census.people[person.male][std::min(age / 5, 17)];
  if (age < kBandStart[0]) return;
  ++census.band[person.male][band_of_age(age)];
  for (size_t i = 0; i < kDiseases; ++i)
    census.ill[i][person.male][band_of_age(age)] += person.onset[i] < window.end;
}

// Sixty thousand residents, ten years.
const Census& census() {
  static const Census* made = [] {
    auto* census = new Census;
    Settings settings{.residents = 60'000, .seed = 5};
    Window window = window_of(settings);
    Numbering numbering(settings.seed);
    Population population(settings, window, numbering, 100);
    while (!population.done()) {
      Household household = population.next();
      count_births(*census, household, window);
      for (const Person& person : household.members) count(*census, person, window);
    }
    return census;
  }();
  return *made;
}

double pyramid_weight(char sex, int32_t from, int32_t until) {
  double weight = 0;
  for (const PyramidRow& row : pyramid()) {
    int32_t to = row.from == 85 ? 105 : row.from + 5;
    int32_t years = std::min(to, until) - std::max(row.from, from);
    if (years <= 0) continue;
    double part = static_cast<double>(years) / (to - row.from);
    if (sex != 'f') weight += part * pyramid_men(row);
    if (sex != 'm') weight += part * (row.people - pyramid_men(row));
  }
  return weight;
}

TEST(Population, AgesAreThoseOfTheCensus) {
  double all = 0;
  for (const PyramidRow& row : pyramid()) all += row.people;
  for (const PyramidRow& row : pyramid()) {
    if (row.from == 0) continue;  // births of the last five years follow the fertility table
    double found = 0;
    for (int sex = 0; sex < 2; ++sex) found += census().people[sex][row.from / 5];
    EXPECT_NEAR(found / census().living, row.people / all, 0.1 * row.people / all) << "from " << row.from;
  }
}

// Communiqué 5 of the census, and what was announced that day: men to women, 1.3 children a woman.
TEST(Population, ThePyramidComesBackToWhatWasPublished) {
  EXPECT_NEAR(pyramid_weight('b', 0, 15), 25'338.4, 3);
  EXPECT_NEAR(pyramid_weight('b', 60, 105), 26'401.9, 3);
  EXPECT_NEAR(pyramid_weight('b', 65, 105), 19'063.5, 3);
  EXPECT_NEAR(pyramid_weight('m', 0, 105) / pyramid_weight('f', 0, 105), 1.0507, 0.001);
  double children = 0;
  for (const FertilityRow& row : fertility()) children += 5 * row.births / 1e5;
  EXPECT_NEAR(children, 1.3, 0.01);
}

TEST(Population, MenToWomenAsInTheCensus) {
  double men = 0, women = 0;
  for (int i = 0; i < 18; ++i) men += census().people[1][i], women += census().people[0][i];
  EXPECT_NEAR(men / women, 1.0507, 0.02);
  double old_men = 0, old_women = 0;
  for (int i = 15; i < 18; ++i) old_men += census().people[1][i], old_women += census().people[0][i];
  EXPECT_LT(old_men, old_women);
}

TEST(Population, BirthsByTheMothersAgeAreThoseOfTheCensus) {
  for (const FertilityRow& row : fertility()) {
    if (row.from == 15 || row.from >= 45) continue;  // too few here; nobody below 19 gives birth in the model
    double found = double(census().births.at(row.from)) / census().woman_years.at(row.from);
    EXPECT_NEAR(found, row.births / 1e5, 0.1 * row.births / 1e5) << "from " << row.from;
  }
}

TEST(Population, OneBirthInSixtyIsOfTwins) {
  EXPECT_NEAR(double(census().twins) / census().born, 0.032, 0.016);
}

TEST(Population, DeathsAreAboutEightAYearForAThousand) {
  EXPECT_NEAR(1000.0 * census().deaths / census().years, 7.9, 1.2);
}

// Within a tenth, or within one and a half people where so few are expected that a tenth is less.
TEST(Population, EachDiseaseByAgeAndSexIsWithinATenthOfTheTable) {
  for (size_t i = 0; i < kDiseases; ++i) {
    const PrevalenceRow& row = prevalence_of(static_cast<Disease>(i));
    for (int sex = 0; sex < 2; ++sex) {
      for (int band = 0; band < kAgeBands; ++band) {
        double expected = double(census().band[sex][band]) * (sex ? row.men : row.women)[band] / 1e5;
        EXPECT_NEAR(census().ill[i][sex][band], expected, std::max(0.1 * expected, 1.5))
            << row_of(row.disease).en << (sex ? ", men, band " : ", women, band ") << band;
      }
    }
  }
}

TEST(Population, TheTableComesBackToWhatWasPublished) {
  for (const Anchor& anchor : anchors()) {
    const PrevalenceRow& row = prevalence_of(anchor.disease);
    double ill = 0;
    for (int32_t band = 0; band < kAgeBands; ++band) {
      int32_t from = std::max(anchor.from, kBandStart[band]),
              until = std::min(anchor.until, kBandStart[band + 1]);
      if (from >= until) continue;
      if (anchor.sex != 'f') ill += pyramid_weight('m', from, until) * row.men[band];
      if (anchor.sex != 'm') ill += pyramid_weight('f', from, until) * row.women[band];
    }
    double found = ill / pyramid_weight(anchor.sex, anchor.from, std::min(anchor.until, 105));
    EXPECT_NEAR(found, anchor.per_hundred_thousand, 0.1 * anchor.per_hundred_thousand)
        << row_of(anchor.disease).en << " " << anchor.note << " " << anchor.publication;
  }
}

TEST(Population, EveryRowNamesAPublicationOrIsAnAssumption) {
  auto known = [](std::string_view key) {
    return std::any_of(publications().begin(), publications().end(),
                       [&](const Publication& p) { return p.key == key; });
  };
  for (size_t i = 0; i < kDiseases; ++i) {
    const PrevalenceRow& row = prevalence_of(static_cast<Disease>(i));
    ASSERT_EQ(static_cast<size_t>(row.disease), i);
    EXPECT_TRUE(row.publication.empty() || known(row.publication)) << row.publication;
  }
  for (const Anchor& anchor : anchors()) EXPECT_TRUE(known(anchor.publication)) << anchor.publication;
}

// The page people read shows the table the program reads.
TEST(Population, TheDocumentShowsTheTable) {
  std::ifstream file(std::string(WITMED_SOURCE_DIR) + "/docs/region.md");
  const std::string page((std::istreambuf_iterator<char>(file)), {});
  for (size_t i = 0; i < kDiseases; ++i) {
    const PrevalenceRow& row = prevalence_of(static_cast<Disease>(i));
    std::string source(row.publication.empty() ? "假设 assumption" : row.publication);
    std::string line = "| " + std::string(row_of(row.disease).zh) + " " +
                       std::string(row_of(row.disease).en) + " | " + source + " |";
    for (int32_t band = 0; band < kAgeBands; ++band)
      line += " " + std::to_string(row.men[band]) + " / " + std::to_string(row.women[band]) + " |";
    EXPECT_NE(page.find(line + "\n"), std::string::npos) << line;
  }
  for (const Anchor& anchor : anchors()) {
    std::string line = " | " + std::string(anchor.note) + " | " +
                       std::to_string(anchor.per_hundred_thousand) + " | " + std::string(anchor.publication) +
                       (anchor.read ? " | ✓ |" : " | — |");
    EXPECT_NE(page.find("| " + std::string(row_of(anchor.disease).zh) + " " +
                        std::string(row_of(anchor.disease).en) + line),
              std::string::npos)
        << line;
  }
  for (const Publication& publication : publications()) {
    std::string line = "- **" + std::string(publication.key) + "**: " + std::string(publication.text) + " — ";
    EXPECT_NE(page.find(line + std::string(publication.checked) + "\n"), std::string::npos) << line;
  }
}

TEST(Population, NamesAreThoseOfChina) {
  Settings settings{.residents = 20'000, .seed = 9};
  Window window = window_of(settings);
  Numbering numbering(settings.seed);
  Population population(settings, window, numbering, 100);
  std::map<std::string, int> names, families;
  int dotted = 0, beyond = 0;
  while (!population.done()) {
    for (const Person& person : population.next().members) {
      ++names[person.name.text()], ++families[person.name.family];
      dotted += person.name.given.find("·") != std::string::npos;
      beyond += std::any_of(person.name.given.begin(), person.name.given.end(),
                            [](char c) { return (c & 0xF8) == 0xF0; });
    }
  }
  EXPECT_GE(names["张伟"], 5);
  EXPECT_NEAR(families["王"] / 20'000.0, 0.0725 / 0.8523, 0.015);  // of those whose names are drawn at all
  EXPECT_GT(families["王"], families["赵"]);
  EXPECT_GE(dotted, 50);
  EXPECT_GE(beyond, 20);  // outside the Basic Multilingual Plane
}

TEST(Population, AFewResidentsAreSpreadOverAllAgesToo) {
  Settings settings{.residents = 50, .seed = 3};
  Window window = window_of(settings);
  Numbering numbering(settings.seed);
  Population population(settings, window, numbering, 2);
  int children = 0, old = 0;
  while (!population.done()) {
    for (const Person& person : population.next().members) {
      int32_t age = age_on(person.birth, window.end);
      children += age < 18;
      old += age >= 60;
    }
  }
  EXPECT_GE(children, 3);
  EXPECT_GE(old, 5);
}

}  // namespace
}  // namespace witmed::generate
