// What registrars type and tables bring: numbers, names, dates and CSV are read from any bytes without a fault, and what
// was read well is read the same again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "services/identity/birth.h"
#include "services/identity/credit_code.h"
#include "services/identity/document.h"
#include "services/identity/name.h"
#include "services/identity/resident_number.h"
#include "services/keeping/csv.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace witmed;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto number = identity::read_resident_number(text); number.valid()) {
    const auto again = identity::read_resident_number(number.number);
    must(again.valid() && again.number == number.number && again.birth_date == number.birth_date);
    if (const auto old = identity::to_first_generation(number.number)) must(identity::from_first_generation(*old) == number.number);
  }
  if (const auto code = identity::read_credit_code(text); code.valid()) must(identity::read_credit_code(code.code).valid());
  for (const auto& kind : identity::document_kinds()) identity::read_document_number(kind, text);
  if (const auto name = identity::read_name(text); name.fault_en.empty()) {
    must(is_utf8(name.text) && identity::characters(name.text) <= identity::kNameCharacters);
    must(identity::read_name(name.text).text == name.text);
  }
  if (const auto date = identity::read_birth_date(text); date.kind == identity::ToldDate::day) {
    must(identity::read_birth_date(date.date).date == date.date);
    identity::age_on(date.date, "2026-11-22");
  }
  const auto csv = keeping::read_csv(text, 50);
  must(csv.rows.size() <= 50);
  return 0;
}
