#include "fhir/ucum/ucum.h"

#include <cmath>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "fhir/ucum/table.h"

namespace witmed::fhir::ucum {
namespace {

constexpr int kDepth = 16;          // nested parentheses; real codes have one or two
constexpr size_t kLongest = 200;    // characters of a code; the longest of UCUM's examples has 40
constexpr size_t kCached = 10'000;  // units remembered; real data hold a few hundred

// A product of powers while it is being read.
struct Product {
  double factor = 1;
  double offset = 0;
  Exponents exponents{};
  std::map<std::string_view, int> own;  // arbitrary units and their powers

  void multiply(const Product& other, int power) {
    factor *= std::pow(other.factor, power);
    for (size_t i = 0; i < exponents.size(); ++i)
      exponents[i] = int16_t(exponents[i] + other.exponents[i] * power);
    for (auto& [code, exponent] : other.own) own[code] += exponent * power;
  }
};

// Recursive descent over the grammar of UCUM section 2.1 (terms, components, annotations).
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  bool unit(Product& out) { return term(out, 0) && at_ == text_.size(); }

 private:
  bool term(Product& out, int depth) {
    if (depth > kDepth) return false;
    int power = 1;
    if (take('/')) power = -1;
    for (size_t count = 0;; ++count) {
      Product part;
      if (!component(part, depth)) return false;
      bool alone = count == 0 && power == 1 && (at_ == text_.size());
      if (part.offset != 0 && !alone) return false;  // an offset has no meaning inside a product
      out.offset = part.offset;
      out.multiply(part, power);
      if (take('.'))
        power = 1;
      else if (take('/'))
        power = -1;
      else
        return true;
    }
  }

  bool component(Product& out, int depth) {
    if (peek() == '{') return annotation();
    if (take('(')) {
      if (!term(out, depth + 1) || !take(')')) return false;
    } else {
      if (!simple(out)) return false;
    }
    return peek() != '{' || annotation();
  }

  bool annotation() {
    size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return false;
    at_ = end + 1;
    return true;
  }

  // A number, or a unit atom with prefix and exponent. Characters inside [ ] belong to the atom, digits too.
  bool simple(Product& out) {
    size_t start = at_;
    bool bracket = false;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '[')
        bracket = true;
      else if (c == ']')
        bracket = false;
      else if (!bracket && (c == '.' || c == '/' || c == '(' || c == ')' || c == '{'))
        break;
      if (c <= ' ' || c >= 0x7f) return false;
      ++at_;
    }
    std::string_view word = text_.substr(start, at_ - start);
    if (word.empty() || bracket) return false;
    if (word.find_first_not_of("0123456789") == std::string_view::npos) {
      if (word.size() > 15) return false;
      out.factor = std::stod(std::string(word));
      return out.factor != 0;
    }
    return power(word, out);
  }

  bool power(std::string_view word, Product& out) {
    size_t split = word.size();
    while (split > 0 && word[split - 1] >= '0' && word[split - 1] <= '9') --split;
    size_t digits = word.size() - split;
    if (digits > 2) return false;
    int exponent = digits == 0 ? 1 : std::stoi(std::string(word.substr(split)));
    if (digits > 0 && split > 0 && (word[split - 1] == '-' || word[split - 1] == '+')) {
      --split;
      if (word[split] == '-') exponent = -exponent;
    }
    Product base;
    if (!atom(word.substr(0, split), base)) return false;
    if (base.offset != 0 && exponent != 1) return false;
    out.offset = base.offset;
    out.multiply(base, exponent);
    return true;
  }

  static void assign(const Atom& atom, std::string_view code, double prefix, Product& out) {
    out.factor = atom.factor * prefix;
    out.offset = atom.offset;
    out.exponents = atom.exponents;
    if (atom.own) out.own[code == "[IU]" ? "[iU]" : code] = 1;
  }

  static bool atom(std::string_view code, Product& out) {
    const Table& known = table();
    if (auto found = known.atoms.find(code); found != known.atoms.end()) {
      assign(found->second, found->first, 1, out);
      return true;
    }
    for (size_t length : {1, 2}) {
      if (code.size() <= length) return false;
      auto prefix = known.prefixes.find(code.substr(0, length));
      if (prefix == known.prefixes.end()) continue;
      auto found = known.atoms.find(code.substr(length));
      if (found == known.atoms.end() || !found->second.metric) continue;
      assign(found->second, found->first, prefix->second, out);
      return true;
    }
    return false;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
};

std::string canonical_code(const Product& product) {
  std::string code;
  auto append = [&](std::string_view base, int exponent) {
    if (exponent == 0) return;
    if (!code.empty()) code += '.';
    code += base;
    if (exponent != 1) code += std::to_string(exponent);
  };
  for (size_t i = 0; i < kBases.size(); ++i) append(kBases[i], product.exponents[i]);
  for (auto& [own, exponent] : product.own) append(own, exponent);
  return code.empty() ? "1" : code;
}

std::optional<Unit> parse_text(std::string_view code) {
  Product product;
  if (!Parser(code).unit(product)) return std::nullopt;
  if (!std::isfinite(product.factor) || product.factor == 0) return std::nullopt;
  return Unit{product.factor, product.offset, canonical_code(product)};
}

struct Hash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

struct Cache {
  std::shared_mutex mutex;
  std::unordered_map<std::string, std::optional<Unit>, Hash, std::equal_to<>> units;
};

Cache& cache() {
  static Cache instance;
  return instance;
}

}  // namespace

std::optional<Unit> parse(std::string_view code) {
  if (code.empty() || code.size() > kLongest) return std::nullopt;
  Cache& known = cache();
  {
    std::shared_lock lock(known.mutex);
    if (auto found = known.units.find(code); found != known.units.end()) return found->second;
  }
  std::optional<Unit> unit = parse_text(code);
  std::unique_lock lock(known.mutex);
  if (known.units.size() >= kCached) known.units.clear();  // only made-up codes get this far
  known.units.emplace(code, unit);
  return unit;
}

std::optional<Quantity> canonicalize(double value, std::string_view code) {
  std::optional<Unit> unit = parse(code);
  if (!unit) return std::nullopt;
  return Quantity{value * unit->factor + unit->offset, std::move(unit->base)};
}

}  // namespace witmed::fhir::ucum
