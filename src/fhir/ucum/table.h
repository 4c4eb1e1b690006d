// The table of UCUM prefixes and unit atoms, read from the text that pack_ucum wrote at build time.
//
//   table  = *( line LF )
//   line   = "P" TAB code TAB factor                                             ; prefix: "m" 0.001
//          / "U" TAB code TAB factor TAB offset TAB flags *8( TAB exponent )     ; unit atom, exponents in
//          the order of kBases
//   flags  = *( "m" / "a" )                                                      ; m: takes prefixes, a: its
//   own base unit
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace witmed::fhir::ucum {

inline constexpr std::array<std::string_view, 8> kBases = {"m", "s", "g", "rad", "K", "C", "cd", "mol"};
using Exponents = std::array<int16_t, kBases.size()>;

struct Atom {
  double factor = 1;
  double offset = 0;
  bool metric = false;  // takes prefixes
  bool own = false;     // its own base unit: arbitrary or not linear
  Exponents exponents{};
};

struct Table {
  std::unordered_map<std::string_view, double> prefixes;
  std::unordered_map<std::string_view, Atom> atoms;
};

// Read once, on first use; thread-safe.
const Table& table();

}  // namespace witmed::fhir::ucum
