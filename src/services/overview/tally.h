// The figures of a region, kept by adding and taking away single resources, so that a change costs the same
// however much is there. What a resource counted for is taken away again by giving its former version with
// sign −1.
//
// Memory: 24 bytes a resident, 24 a resident and chronic disease, the rest does not grow with the people.
#pragma once
#include <array>
#include <map>
#include <string>
#include <vector>

#include "services/overview/facts.h"
#include "services/overview/flat_table.h"

namespace witmed::services {

class Tally {
 public:
  // The resident as it is now; the former facts are known here.
  void resident(std::string_view id, const ResidentFacts& now);
  void visit(const VisitFacts& facts, int sign, int64_t written);
  void diagnosis(const DiagnosisFacts& facts, int sign);
  void institution(const std::string& id, const InstitutionFacts& now);
  void place(const std::string& location, const std::optional<PlaceFacts>& now);

  struct Band {
    int64_t male = 0, female = 0;
  };
  // Living residents of a known age and sex, by whole years of age on `day`: 0 … 120.
  std::vector<Band> ages(int32_t day) const;
  int64_t alive() const { return alive_; }
  int64_t unknown() const { return unknown_; }  // alive, without birth date or sex on record
  int64_t residents() const { return residents_; }

  struct Disease {
    std::string code, name;
    int64_t people = 0;         // living residents
    std::vector<Band> decades;  // by age at the end of `year`: 0–9 … 90 and more; of unknown sex not in them
  };
  // Chronic diseases, the most frequent first. A resident with several entries of one is one.
  std::vector<Disease> diseases(int year, size_t most) const;
  struct Diagnosis {
    std::string code, name;
    int64_t times = 0;  // entries
  };
  std::vector<Diagnosis> diagnoses(size_t most) const;

  using Visits = std::array<int64_t, kVisitClasses>;
  const std::map<int, Visits>& months() const { return months_; }
  struct Work {
    std::map<int, int64_t> months;  // visits by month
    int64_t written = 0;            // when the last of them came in, microseconds
    template <typename Form>
    void members(Form& form) {
      form(months, written);
    }
  };
  const std::map<std::string, InstitutionFacts>& institutions() const { return institutions_; }
  const Work* work(const std::string& institution) const;
  const std::map<std::string, PlaceFacts>& places() const { return places_; }

  // Everything that is kept, in one order, given to `form`: for tally_file.
  template <typename Form>
  void members(Form& form) {
    form(residents_by_id_, entries_by_disease_, births_, residents_, alive_, unknown_, categories_,
         diagnoses_, months_, work_, institutions_, places_);
  }

 private:
  static constexpr int kFirstYear = 1850, kYears = 256;
  struct Resident {
    int32_t birth = kNoDay;
    Sex sex = Sex::unknown;
    bool alive = false, counted = false, known = false;
    template <typename Form>
    void members(Form& form) {
      form(birth, sex, alive, counted, known);
    }
  };
  struct Category {
    std::string code;
    std::map<std::string, int64_t> names;  // "0" + name of the disease itself, "1" + name of a form of it
    std::array<std::array<int32_t, 3>, kYears> people{};  // living, by year of birth and sex
    template <typename Form>
    void members(Form& form) {
      form(code, names, people);
    }
  };
  struct Entry {
    std::string name;
    int64_t times = 0;
    template <typename Form>
    void members(Form& form) {
      form(name, times);
    }
  };
  void count_resident(const Resident& resident, int sign);
  void count_disease(size_t category, const Resident& resident, int sign);
  size_t category_of(std::string_view code);
  static int year_of(int32_t day);

  FlatTable<Resident> residents_by_id_;
  FlatTable<uint32_t> entries_by_disease_;  // (resident, category) → entries
  std::map<int32_t, std::array<int64_t, 2>> births_;
  int64_t residents_ = 0, alive_ = 0, unknown_ = 0;
  std::vector<Category> categories_;
  std::map<std::string, Entry> diagnoses_;  // by code, or by name where there is no code
  std::map<int, Visits> months_;
  std::map<std::string, Work> work_;
  std::map<std::string, InstitutionFacts> institutions_;
  std::map<std::string, PlaceFacts> places_;
};

}  // namespace witmed::services
