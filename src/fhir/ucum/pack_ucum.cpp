// Build-time program: pack_ucum NODE_MODULES OUT writes the UCUM table (grammar in table.h) from npm
// @lhncbc/ucum-lhc.
#include <fmt/format.h>
#include <simdjson.h>

#include <cctype>
#include <cmath>
#include <cstdio>
#include <string>

namespace {

namespace dom = simdjson::dom;

constexpr double kAvogadro = 6.0221367e23;  // as UCUM and the table have it

// Places in a row of units.data; the package's own "config" names them in this order. It forgets to call base
// units metric.
enum Column {
  base = 0,
  code = 2,
  magnitude = 5,
  dimension = 6,
  metric = 9,
  conversion = 11,
  special = 13,
  arbitrary = 14,
  mole = 15,
  equivalent = 16,
  source = 18
};

struct Linear {
  std::string_view name;
  double offset;
};
constexpr Linear kLinear[] = {{"Cel", 273.15}, {"degF", 459.67 * 5 / 9}, {"degRe", 273.15}};

double to_double(dom::element value) {
  if (value.is_null()) return 0;
  if (value.is_double()) return value.get_double();
  if (value.is_int64()) return double(int64_t(value.get_int64()));
  return double(uint64_t(value.get_uint64()));
}

bool truth(dom::element value) { return value.is_bool() && bool(value.get_bool()); }

void write_unit(std::FILE* out, dom::array row) {
  std::string_view name = row.at(code);
  double factor = to_double(row.at(magnitude));
  int moles = int(to_double(row.at(mole)) + to_double(row.at(equivalent)));
  factor /= std::pow(kAvogadro, moles);
  double offset = 0;
  bool own = truth(row.at(arbitrary));
  if (!row.at(conversion).is_null()) {
    std::string_view function = row.at(conversion);
    const Linear* linear = nullptr;
    for (const Linear& each : kLinear)
      if (each.name == function) linear = &each;
    if (linear != nullptr)
      offset = linear->offset;
    else if (function != "inv")
      own = true;
    if (function == "inv")
      return;  // reciprocal units are not linear and nobody writes them in a health record
  }
  std::string line = fmt::format("U\t{}\t{}\t{}\t{}{}", name, own ? 1.0 : factor, offset,
                                 truth(row.at(metric)) || truth(row.at(base)) ? "m" : "", own ? "a" : "");
  size_t count = 0;
  if (row.at(dimension).is_array()) {
    for (dom::element exponent : row.at(dimension).get_array()) {
      line += fmt::format("\t{}", own ? 0 : int64_t(to_double(exponent)));
      ++count;
    }
  }
  for (; count < 7; ++count) line += "\t0";
  fmt::print(out, "{}\t{}\n", line, own ? 0 : moles);
}

// simdjson refuses whole numbers beyond 64 bits, and the magnitudes have them: written as 6.0e20 they are
// read.
std::string with_points(std::string_view json) {
  std::string out;
  bool quoted = false;
  for (size_t i = 0; i < json.size(); ++i) {
    out += json[i];
    if (json[i] == '\\' && quoted)
      out += json[++i];
    else if (json[i] == '"')
      quoted = !quoted;
    if (quoted || !std::isdigit(static_cast<unsigned char>(json[i]))) continue;
    size_t digits = json.find_first_not_of("0123456789", i) - i;
    bool whole = i == 0 || json[i - 1] != '.';
    out += json.substr(i + 1, digits - 1);
    i += digits - 1;
    if (whole && digits > 18 && json[i + 1] != '.' && json[i + 1] != 'e') out += ".0";
  }
  return out;
}

int pack(const std::string& modules, const std::string& target) {
  dom::parser parser;
  std::string text = with_points(std::string_view(
      simdjson::padded_string::load(modules + "/@lhncbc/ucum-lhc/data/ucumDefs.min.json").value()));
  dom::element root = parser.parse(text);
  std::FILE* out = std::fopen(target.c_str(), "wb");
  if (out == nullptr) return 1;
  for (dom::element row : root["prefixes"]["data"].get_array()) {
    fmt::print(out, "P\t{}\t{}\n", std::string_view(row.at(0)), to_double(row.at(4)));
  }
  for (dom::element row : root["units"]["data"].get_array()) {
    dom::array columns = row;
    // Rows of other sources are ready-made products ("mg/dL"): we read those ourselves.
    if (std::string_view(columns.at(source)) == "UCUM") write_unit(out, columns);
  }
  return std::fclose(out) == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: pack_ucum NODE_MODULES OUT\n");
    return 2;
  }
  try {
    return pack(argv[1], argv[2]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "pack_ucum: {}\n", error.what());
    return 1;
  }
}
