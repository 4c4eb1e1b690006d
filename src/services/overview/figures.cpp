#include "services/overview/figures.h"

#include <algorithm>

#include "base/text.h"
#include "base/time.h"

namespace witmed::services {
namespace {

constexpr int kMonths = 24;
constexpr size_t kDiseases = 12, kDiagnoses = 12;
constexpr size_t kInstitutions = 2000;
constexpr std::string_view kVisitNames[kVisitClasses] = {"outpatient", "inpatient", "emergency",
                                                         "home",       "virtual",   "other"};

// Parameters of parameters, written one after another.
class Writer {
 public:
  std::string out = R"({"resourceType":"Parameters","parameter":[)";
  void number(std::string_view name, int64_t value) {
    open(name).append("\"valueInteger\":").append(std::to_string(value)).append("}");
  }
  void decimal(std::string_view name, double value) {
    char digits[40];
    snprintf(digits, sizeof digits, "%.6f", value);
    open(name).append("\"valueDecimal\":").append(digits).append("}");
  }
  void text(std::string_view name, std::string_view value) {
    if (value.empty()) return;  // FHIR has no empty strings
    open(name) += "\"valueString\":";
    append_json_string(out, value);
    out += '}';
  }
  void instant(std::string_view name, int64_t micros, int zone) {
    open(name) += "\"valueInstant\":\"";
    append_instant(out, micros, 3, zone);
    out += "\"}";
  }
  template <typename Fill>
  void part(std::string_view name, Fill fill) {
    open(name) += "\"part\":[";
    first_ = true;
    fill();
    out += "]}";
    first_ = false;
  }
  std::string finish() { return std::move(out) + "]}"; }

 private:
  std::string& open(std::string_view name) {
    if (!first_) out += ',';
    first_ = false;
    return out.append("{\"name\":\"").append(name).append("\",");
  }
  bool first_ = true;
};

void write_bands(Writer& writer, const std::vector<Tally::Band>& years) {
  constexpr size_t kWidth = 5, kLast = 90;
  for (size_t from = 0; from <= kLast; from += kWidth) {
    Tally::Band band;
    const size_t to = from == kLast ? years.size() : from + kWidth;
    for (size_t age = from; age < to; ++age) {
      band.male += years[age].male;
      band.female += years[age].female;
    }
    writer.part("band", [&] {
      writer.number("from", static_cast<int64_t>(from));
      writer.number("male", band.male);
      writer.number("female", band.female);
    });
  }
}

void write_diseases(Writer& writer, const Tally& tally, int year) {
  for (const auto& disease : tally.diseases(year, kDiseases))
    writer.part("disease", [&] {
      writer.text("code", disease.code);
      writer.text("name", disease.name);
      writer.number("people", disease.people);
      for (size_t i = 0; i < disease.decades.size(); ++i)
        writer.part("age", [&] {
          writer.number("from", static_cast<int64_t>(i) * 10);
          writer.number("male", disease.decades[i].male);
          writer.number("female", disease.decades[i].female);
        });
    });
}

void write_diagnoses(Writer& writer, const Tally& tally) {
  for (const auto& diagnosis : tally.diagnoses(kDiagnoses))
    writer.part("diagnosis", [&] {
      writer.text("code", diagnosis.code);
      writer.text("name", diagnosis.name);
      writer.number("times", diagnosis.times);
    });
}

std::string month_text(int month) {
  char text[16];
  snprintf(text, sizeof text, "%04d-%02d", month / 12, month % 12 + 1);
  return text;
}

// The last months that have visits, up to the present one: what is dated in the future is not shown.
int last_month(const Tally& tally, int present) {
  for (auto at = tally.months().rbegin(); at != tally.months().rend(); ++at) {
    int64_t sum = 0;
    for (const int64_t visits : at->second) sum += visits;
    if (sum > 0 && at->first <= present) return at->first;
  }
  return kNoMonth;
}

void write_months(Writer& writer, const Tally& tally, int last) {
  if (last == kNoMonth) return;
  for (int month = last - kMonths + 1; month <= last; ++month)
    writer.part("month", [&] {
      writer.text("month", month_text(month));
      auto found = tally.months().find(month);
      const Tally::Visits visits = found == tally.months().end() ? Tally::Visits{} : found->second;
      for (size_t i = 0; i < kVisitClasses; ++i)
        if (visits[i] != 0) writer.number(kVisitNames[i], visits[i]);
    });
}

int64_t last_year_of(const Tally::Work* work, int last) {
  int64_t sum = 0;
  if (work != nullptr)
    for (auto at = work->months.upper_bound(last - 12); at != work->months.end() && at->first <= last; ++at)
      sum += at->second;
  return sum;
}

void write_institutions(Writer& writer, const Tally& tally, int last, int zone) {
  std::map<std::string_view, const PlaceFacts*> places;
  for (const auto& [location, place] : tally.places()) places.emplace(place.institution, &place);
  size_t written = 0;
  for (const auto& [id, institution] : tally.institutions()) {
    if (!institution.counted || ++written > kInstitutions) continue;
    writer.part("institution", [&] {
      const Tally::Work* work = tally.work(id);
      writer.text("id", id);
      writer.text("name", institution.name);
      writer.text("parent", institution.parent);
      writer.text("level", institution.level);
      writer.text("kind", institution.kind);
      writer.number("visits", last_year_of(work, last));
      if (work != nullptr && work->written > 0) writer.instant("written", work->written, zone);
      if (auto found = places.find(id); found != places.end()) {
        writer.decimal("longitude", found->second->longitude);
        writer.decimal("latitude", found->second->latitude);
      }
    });
  }
}

}  // namespace

std::string figures_text(const Tally& tally, const std::vector<std::pair<fhir::TypeId, uint64_t>>& counts,
                         const FiguresMoment& at) {
  const int64_t day = (at.now / 1'000'000 + at.zone_minutes * 60) / 86'400;
  const CivilDate today = civil_from_days(day);
  const int last = last_month(tally, static_cast<int>(today.year) * 12 + static_cast<int>(today.month) - 1);
  Writer writer;
  writer.instant("asOf", at.now, at.zone_minutes);
  writer.text("sequence", std::to_string(at.sequence));
  for (const auto& [type, count] : counts)
    writer.part("count", [&] {
      writer.text("type", fhir::Definitions::r4().type(type).name);
      writer.number("resources", static_cast<int64_t>(count));
    });
  writer.number("residents", tally.residents());
  writer.number("alive", tally.alive());
  writer.number("unknown", tally.unknown());
  write_bands(writer, tally.ages(static_cast<int32_t>(day)));
  write_diseases(writer, tally, static_cast<int>(today.year));
  write_diagnoses(writer, tally);
  write_months(writer, tally, last);
  write_institutions(writer, tally, last, at.zone_minutes);
  return writer.finish();
}

std::string preparing_text(int64_t now, unsigned percent) {
  Writer writer;
  writer.instant("asOf", now, 0);
  writer.number("preparing", percent);
  return writer.finish();
}

}  // namespace witmed::services
