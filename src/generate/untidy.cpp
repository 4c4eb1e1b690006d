#include "generate/untidy.h"

#include <fmt/format.h>

#include <algorithm>

#include "generate/given_names.h"
#include "generate/json_text.h"
#include "generate/slip_table.h"

namespace witmed::generate {
namespace {

// Shares are assumptions of the model, per thousand.
constexpr uint32_t kStaleTelephone = 255;  // of the township's Patient
constexpr uint32_t kStaleElsewhere = 480;  // of a Patient at another institution
constexpr uint32_t kSecondIdentity = 185;
constexpr uint32_t kThirdIdentity = 110;  // of those with two
constexpr uint32_t kSlipAtHome = 28;
constexpr uint32_t kSlipElsewhere = 420;
constexpr uint32_t kNewbornAtHospital = 560;

class Clerk {
 public:
  Clerk(const Household& household, const Person& person, const Place& place, const Window& window,
        uint64_t seed)
      : household_(household),
        person_(person),
        place_(place),
        window_(window),
        random_(seed, person.number, 4) {}

  std::vector<Identity> register_all() {
    std::vector<Identity> all;
    all.push_back(at_home());
    if (person_.exemplary) return all;
    bool born_here = person_.birth >= window_.start && person_.mother >= 0;
    if (born_here && random_.chance(kNewbornAtHospital)) all.push_back(newborn());
    if (random_.chance(kSecondIdentity)) all.push_back(elsewhere(second_place(), 1));
    if (all.size() == 2 && random_.chance(kThirdIdentity)) {
      const Institution* third = place_.hospitals().front();
      if (third != all[1].keeper && third != all[0].keeper) all.push_back(elsewhere(*third, 2));
    }
    return all;
  }

 private:
  Identity plain(std::string owner) const {
    Identity made;
    made.owner = std::move(owner);
    put(made.subject, R"({"reference":"Patient/p)", made.owner, R"("})");
    made.family = person_.name.family;
    made.given = person_.name.given;
    made.number = person_.resident_number;
    made.birth = person_.birth;
    made.male = person_.male;
    made.telephone = person_.telephone;
    made.registered = person_.start(window_.start);
    return made;
  }

  // Not to be guessed from the person's: a bijection of his number and the place. No number in base 36 begins
  // with 0.
  std::string other_owner(uint32_t turn) const {
    uint32_t mixed = (person_.number * 4 + turn) * 2654435761u;
    mixed ^= mixed >> 15;
    std::string owner = place_.numbering().tag + "-0";
    put_base36(owner, mixed);
    return owner;
  }

  Identity at_home() {
    std::string owner = place_.numbering().tag + "-";
    put_base36(owner, person_.number);
    Identity made = plain(owner);
    if (person_.birth >= window_.start && random_.chance(800)) made.birth_certificate = certificate();
    if (person_.exemplary) return made;
    Day age = window_.end - person_.birth;
    if (age < 45 || (age < 365 && random_.chance(300))) {
      made.paper = Paper::none;
      made.faults.push_back({"identifier", "missing", person_.resident_number});
    } else if (old_enough() && random_.chance(12)) {
      old_number(made);
    }
    if (random_.chance(kStaleTelephone)) stale_telephone(made);
    if (random_.chance(kSlipAtHome)) slip(made);
    if (random_.chance(50))
      made.old_village = place_.village_address(household_.village + 1 + random_.below(5));
    return made;
  }

  // In the maternity ward, before there was a name.
  Identity newborn() {
    const Person& mother = household_.members[static_cast<size_t>(person_.mother)];
    Identity made = plain(other_owner(3));
    made.keeper = &place_.hospital(mother.number);
    made.paper = Paper::none;
    made.birth_certificate = random_.chance(600) ? certificate() : std::string();
    made.newborn_name = true;
    made.family.clear();
    made.given = mother.name.text() + (person_.male ? "之子" : "之女");
    if (person_.twin > 0) made.given += person_.twin == 1 ? "大" : "小";
    made.telephone = mother.telephone;
    made.insured = false;
    made.registered = person_.birth;
    made.faults.push_back({"name", "newborn", person_.name.text()});
    made.faults.push_back({"identifier", "missing", person_.resident_number});
    return made;
  }

  const Institution& second_place() {
    const Institution& own = place_.hospital(person_.number);
    if (random_.chance(780) || place_.towns() < 2) return own;
    const Institution& town = place_.town(random_.below(place_.towns()));
    return town.town == place_.village(household_.village).town ? own : town;
  }

  Identity elsewhere(const Institution& keeper, uint32_t turn) {
    Identity made = plain(other_owner(turn));
    made.keeper = &keeper;
    Day from = person_.start(window_.start), until = std::max(from + 1, std::min(window_.end, person_.end()));
    made.registered = from + static_cast<Day>(random_.below(static_cast<uint32_t>(until - from)));
    made.insured = random_.chance(700);
    if (old_enough() && random_.chance(130)) {
      old_number(made);
    } else if (random_.chance(120)) {
      made.paper = Paper::none;
      made.faults.push_back({"identifier", "missing", person_.resident_number});
    }
    if (random_.chance(kStaleElsewhere)) stale_telephone(made);
    if (random_.chance(kSlipElsewhere)) slip(made);
    return made;
  }

  // Had a number before 1999.
  bool old_enough() const { return civil_of(person_.birth).year < 1984; }

  void old_number(Identity& made) {
    made.paper = Paper::old_number;
    made.number = old_resident_number(person_.resident_number);
    made.faults.push_back({"identifier", "old", person_.resident_number});
  }

  void stale_telephone(Identity& made) {
    if (person_.telephone.empty()) return;
    made.telephone = place_.numbering().telephone(20'000'000 + person_.number * 4 + random_.below(4));
    made.faults.push_back({"telecom", "stale", person_.telephone});
  }

  std::string certificate() const {
    return fmt::format("{}{:.2}{:07}", static_cast<char>('P' + place_.numbering().salt % 10),
                       place_.numbering().home_code(), person_.number);
  }

  void slip(Identity& made) {
    uint32_t dice = random_.below(100);
    if (dice < 45 && slip_of_name(made)) return;
    if (dice < 75 && made.paper != Paper::none) return slip_of_number(made);
    if (dice < 97) return slip_of_birth(made);
    made.male = !made.male;
    made.faults.push_back({"gender", "slip", person_.male ? "male" : "female"});
  }

  bool slip_of_name(Identity& made) {
    std::string truth = person_.name.text();
    if (size_t dot = made.given.find("·"); dot != std::string::npos) {
      constexpr std::string_view kDots[] = {".", "•", "", " "};
      made.given.replace(dot, std::string_view("·").size(), random_.pick(kDots));
      made.faults.push_back({"name", "variant", truth});
      return true;
    }
    if (replace_rare(made)) {
      made.faults.push_back({"name", "variant", truth});
      return true;
    }
    for (std::string* part : {&made.given, &made.family}) {
      for (const Slip& row : slips()) {
        size_t at = part->find(row.right);
        if (at == std::string::npos) continue;
        part->replace(at, row.right.size(), row.wrong);
        made.faults.push_back({"name", "slip", truth});
        return true;
      }
    }
    return false;
  }

  // A character that the program there cannot hold.
  bool replace_rare(Identity& made) {
    for (const Syllable& rare : rare_syllables()) {
      size_t at = made.given.find(rare.hanzi);
      if (at == std::string::npos) continue;
      made.given.replace(at, rare.hanzi.size(), "？");
      return true;
    }
    return false;
  }

  // Two neighbouring digits change places, or one digit is another.
  void slip_of_number(Identity& made) {
    size_t digits = std::min<size_t>(made.number.size(), 17);
    size_t at = 6 + random_.below(static_cast<uint32_t>(digits - 7));
    if (made.number[at] != made.number[at + 1] && random_.chance(600)) {
      std::swap(made.number[at], made.number[at + 1]);
    } else {
      made.number[at] = static_cast<char>('0' + (made.number[at] - '0' + 1 + random_.below(9)) % 10);
    }
    made.faults.push_back({"identifier", "slip", person_.resident_number});
  }

  void slip_of_birth(Identity& made) {
    Civil date = civil_of(person_.birth);
    if (date.day <= 12 && date.day != date.month && random_.chance(500)) {
      std::swap(date.day, date.month);
    } else {
      date.year += random_.chance(500) ? -1 : 1;
      if (date.month == 2 && date.day == 29) date.day = 28;
    }
    Day day = day_of(date);
    if (day >= window_.end || day > std::min(made.registered, person_.end())) day = person_.birth - 365;
    made.birth = day;
    std::string truth;
    append_date(truth, person_.birth);
    made.faults.push_back({"birthDate", "slip", std::move(truth)});
  }

  const Household& household_;
  const Person& person_;
  const Place& place_;
  Window window_;
  Random random_;
};

}  // namespace

std::vector<Identity> identities_of(const Household& household, const Person& person, const Place& place,
                                    const Window& window, uint64_t seed) {
  return Clerk(household, person, place, window, seed).register_all();
}

}  // namespace witmed::generate
