#include "fhir/search/words.h"

#include <algorithm>

#include "base/limits.h"
#include "fhir/fold.h"
#include "fhir/script.h"
#include "fhir/search/query_value.h"

namespace witmed::fhir {
namespace {

void add_run(Script kind, const std::vector<std::string_view>& run, std::vector<std::string>& out) {
  if (run.empty()) return;
  if (kind == Script::letter) {
    std::string word;
    for (const auto c : run) word += c;
    out.push_back(std::move(word));
  } else if (run.size() == 1) {
    out.emplace_back(run.front());
  } else {
    for (size_t i = 0; i + 1 < run.size(); ++i) out.push_back(std::string(run[i]).append(run[i + 1]));
  }
}

// Elements of type string that hold no words of people's.
bool holds_words(std::string_view owner, std::string_view name) {
  if (name == "reference" || name == "unit" || name == "version" || name == "id") return false;
  return !(name == "value" && (owner == "Identifier" || owner == "ContactPoint"));
}

void add_text(Node value, std::vector<std::string>& out) {
  std::string scratch;
  for (auto& word : words(value.view(scratch))) out.push_back(std::move(word));
  out.emplace_back();
}

void walk(Node object, TypeId type, std::vector<std::string>& out) {
  const Definitions& r4 = Definitions::r4();
  if (object.kind() != Kind::object) return;
  if (type == r4.type_id("Resource")) {  // contained: says itself what it is
    const Node own = object["resourceType"];
    type = own ? r4.type_id(own.string()) : TypeId(0);
  }
  const Type& owner = r4.type(type);
  for (Node member : object) {
    const Element* element = member.name() != 0 ? owner.element(member.name()) : nullptr;
    if (element == nullptr) continue;
    const std::string_view kind = r4.type(element->type).name;
    const auto each = [&](Node value) {
      if (value.kind() == Kind::object) walk(value, element->type, out);
      else if (value.kind() == Kind::string && kind == "xhtml") {
        for (auto& word : words(narrative_text(value.string()))) out.push_back(std::move(word));
        out.emplace_back();
      } else if (value.kind() == Kind::string && (kind == "markdown" || (kind == "string" && holds_words(owner.name, member.key())))) {
        add_text(value, out);
      }
    };
    if (member.kind() == Kind::array) {
      for (Node item : member) each(item);
    } else {
      each(member);
    }
  }
}

// words: or · or: and ("or" and)* · and: not (["and"] not)* · not: ["not"] (phrase | "(" or ")")
class WordsParser {
 public:
  WordsParser(ConditionReader& reader, std::string_view name, std::string_view text) : reader_(reader), name_(name), text_(text) {}

  Condition run() {
    Condition out = either(0);
    if (!peek().empty()) reject("value", name_, "a bracket is closed that was not opened", "多了一个右括号");
    return out;
  }

 private:
  // The next piece: a bracket, a phrase with its quotes, or a word; empty at the end.
  std::string_view peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    if (at_ == text_.size()) return {};
    size_t end = at_ + 1;
    if (text_[at_] == '"') {
      end = text_.find('"', end);
      if (end == std::string_view::npos) reject("value", name_, "a phrase ends with \"", "短语应以 \" 结束");
      ++end;
    } else if (text_[at_] != '(' && text_[at_] != ')') {
      end = std::min(text_.find_first_of(" \t()\"", at_), text_.size());
    }
    return text_.substr(at_, end - at_);
  }
  std::string_view take() {
    const auto piece = peek();
    at_ += piece.size();
    return piece;
  }
  bool take_word(std::string_view word) {
    const auto piece = peek();
    if (fold_text(piece) != word) return false;
    at_ += piece.size();
    return true;
  }

  Condition joined(Condition::Kind kind, std::vector<Condition> inner) const {
    if (inner.size() == 1 && kind != Condition::Kind::none) return std::move(inner.front());
    Condition out;
    out.kind = kind;
    out.name = name_;
    out.inner = std::move(inner);
    return out;
  }

  Condition either(int depth) {
    if (depth > limits::kSearchDepth) reject("too-costly", name_, "too many brackets", "括号太多");
    std::vector<Condition> any;
    do any.push_back(both(depth));
    while (take_word("or"));
    return joined(Condition::Kind::some, std::move(any));
  }

  Condition both(int depth) {
    std::vector<Condition> all;
    do {
      all.push_back(one(depth));
      const auto next = peek();
      if (next.empty() || next == ")" || fold_text(next) == "or") break;
      take_word("and");
    } while (true);
    return joined(Condition::Kind::all, std::move(all));
  }

  Condition one(int depth) {
    if (take_word("not")) {
      std::vector<Condition> none;
      none.push_back(one(depth));
      return joined(Condition::Kind::none, std::move(none));
    }
    const auto piece = take();
    if (piece == "(") {
      Condition inside = either(depth + 1);
      if (take() != ")") reject("value", name_, "a bracket is not closed", "缺少右括号");
      return inside;
    }
    if (piece.empty() || piece == ")" || fold_text(piece) == "and" || fold_text(piece) == "or") reject("value", name_, "a word is expected", "此处缺少词");
    return phrase(piece);
  }

  Condition phrase(std::string_view piece) {
    const auto found = words(piece);
    if (found.empty()) reject("value", name_, "a word has letters or digits", "词中应有文字或数字");
    for (const auto& word : found)
      if (word.size() <= 4 && static_cast<uint8_t>(word[0]) >= 0xe3 && found.size() == 1 && characters(word) == 1)
        reject("too-costly", name_, "of Chinese at least two characters are needed", "中文至少需要两个字");
    reader_.count(found.size());
    Condition out;
    out.kind = name_ == "_text" ? Condition::Kind::narrative : Condition::Kind::content;
    out.name = name_;
    for (const auto& word : found) {
      out.any.emplace_back();
      out.any.back().a = word;
    }
    return out;
  }
  static size_t characters(std::string_view text) {
    return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xc0) != 0x80; }));
  }

  ConditionReader& reader_;
  std::string_view name_, text_;
  size_t at_ = 0;
};

}  // namespace

std::vector<std::string> words(std::string_view text) {
  const std::string folded = fold_text(text);
  std::vector<std::string> out;
  std::vector<std::string_view> run;
  Script kind = Script::none;
  for (size_t at = 0; at < folded.size();) {
    const size_t begin = at;
    const Script its = script(next_character(folded, at));
    if (its != kind) {
      add_run(kind, run, out);
      run.clear();
      kind = its;
    }
    if (its != Script::none) run.push_back(std::string_view(folded).substr(begin, at - begin));
  }
  add_run(kind, run, out);
  return out;
}

std::string narrative_text(std::string_view xhtml) {
  constexpr std::pair<std::string_view, std::string_view> kEntities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", " "}};
  std::string out;
  for (size_t at = 0; at < xhtml.size();) {
    if (xhtml[at] == '<') {
      at = std::min(xhtml.find('>', at), xhtml.size() - 1) + 1;
      out.push_back(' ');
      continue;
    }
    const auto entity = std::find_if(std::begin(kEntities), std::end(kEntities), [&](const auto& e) { return xhtml.substr(at).starts_with(e.first); });
    if (xhtml[at] == '&' && entity != std::end(kEntities)) {
      out += entity->second;
      at += entity->first.size();
    } else {
      out.push_back(xhtml[at++]);
    }
  }
  return out;
}

std::vector<std::string> narrative_words(Node resource) {
  const Node text = resource["text"], div = text ? text["div"] : Node();
  return div ? words(narrative_text(div.string())) : std::vector<std::string>();
}

std::vector<std::string> content_words(Node resource, TypeId type) {
  std::vector<std::string> out;
  walk(resource, type, out);
  return out;
}

void add_words(Node resource, TypeId type, Extraction& out) {
  const auto distinct = [](std::vector<std::string> all) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (!all.empty() && all.front().empty()) all.erase(all.begin());
    return all;
  };
  out.narrative = distinct(narrative_words(resource));
  out.content = distinct(content_words(resource, type));
}

Condition parse_words(ConditionReader& reader, std::string_view name, std::string_view text) { return WordsParser(reader, name, text).run(); }

}  // namespace witmed::fhir
