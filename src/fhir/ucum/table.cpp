#include "fhir/ucum/table.h"

#include <charconv>

#include "base/error.h"

extern "C" {
extern const char witmed_ucum_begin[];
extern const char witmed_ucum_end[];
}

namespace witmed::fhir::ucum {
namespace {

std::string_view field(std::string_view& line) {
  size_t tab = line.find('\t');
  std::string_view text = line.substr(0, tab);
  line = tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
  return text;
}

template <typename Number>
Number number(std::string_view text) {
  Number value{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw Failure("UCUM table: bad number");
  return value;
}

Table read(std::string_view text) {
  Table table;
  while (!text.empty()) {
    size_t newline = text.find('\n');
    if (newline == std::string_view::npos) throw Failure("UCUM table: unfinished line");
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(newline + 1);
    bool prefix = field(line) == "P";
    std::string_view code = field(line);
    double factor = number<double>(field(line));
    if (prefix) {
      table.prefixes.emplace(code, factor);
      continue;
    }
    Atom atom;
    atom.factor = factor;
    atom.offset = number<double>(field(line));
    std::string_view flags = field(line);
    atom.metric = flags.find('m') != std::string_view::npos;
    atom.own = flags.find('a') != std::string_view::npos;
    for (int16_t& exponent : atom.exponents) exponent = number<int16_t>(field(line));
    table.atoms.emplace(code, atom);
  }
  return table;
}

}  // namespace

const Table& table() {
  static const Table instance = read({witmed_ucum_begin, size_t(witmed_ucum_end - witmed_ucum_begin)});
  return instance;
}

}  // namespace witmed::fhir::ucum
