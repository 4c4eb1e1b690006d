// FHIRPath as readable cases: files under fhirpath_cases/, for what the official suite does not ask. Lines:
//   resource {…}             the resource of the cases from here on, on one line
//   variable name = expr     %name from here on, computed on that resource
//   strict, lenient          the mode from here on
//   expr => value, value     what it gives, in order, as shown(); nothing = the empty collection
//   expr -> type             what the types say it can give
//   expr !! kind             refused: syntax, semantic or execution
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "fhir/fhirpath/fhirpath.h"

namespace witmed::fhir {
namespace {

std::string_view kind_of(const PathError& error) {
  switch (error.phase) {
    case PathError::Phase::syntax: return "syntax";
    case PathError::Phase::semantic: return "semantic";
    default: return "execution";
  }
}

class Cases {
 public:
  void run(const std::filesystem::path& file) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      ++number_;
      SCOPED_TRACE(file.filename().string() + ":" + std::to_string(number_) + ": " + line);
      this->line(trim(line));
    }
  }
  size_t count() const { return count_; }

 private:
  void line(std::string_view line) {
    if (line.empty() || line.starts_with('#')) return;
    if (line == "strict" || line == "lenient") {
      mode_ = line == "strict" ? Mode::strict : Mode::lenient;
    } else if (line.starts_with("resource ")) {
      documents_.push_back(Document::parse(line.substr(9)));
      context_.resource = documents_.back().root();
    } else if (line.starts_with("variable ")) {
      variable(line.substr(9));
    } else {
      judge(line);
    }
  }

  void variable(std::string_view line) {
    size_t at = line.find('=');
    variables_.push_back({std::string(trim(line.substr(0, at))), evaluate(trim(line.substr(at + 1)))});
  }

  void judge(std::string_view line) {
    ++count_;
    for (std::string_view mark : {" =>", " ->", " !!"}) {
      size_t at = line.rfind(mark);
      if (at == std::string_view::npos) continue;
      std::string expression(trim(line.substr(0, at))), wanted(trim(line.substr(at + 3)));
      if (mark == " =>") return gives(expression, wanted);
      if (mark == " !!") return refuses(expression, wanted);
      EXPECT_EQ(compile(expression).result_type(), wanted);
      return;
    }
    ADD_FAILURE() << "not a case";
  }

  TypeId type() const { return context_.resource ? context_.resource.document().resource_type() : TypeId(0); }
  Expression compile(std::string_view expression) const {
    return Expression::compile(expression, type(), mode_);
  }

  Collection evaluate(std::string_view expression) {
    context_.variables = &variables_;
    return compile(expression).evaluate(context_.resource, type(), context_);
  }

  void gives(const std::string& expression, const std::string& wanted) {
    std::string found;
    try {
      for (const PathValue& value : evaluate(expression)) {
        bool text = value.kind == PathValue::Kind::node && value.node && value.node.kind() == Kind::string;
        found += (found.empty() ? "" : ", ") + (text ? value.node.string() : shown(value));
      }
    } catch (const PathError& error) {
      found = error.what();
    }
    EXPECT_EQ(found, wanted);
  }

  void refuses(const std::string& expression, const std::string& wanted) {
    try {
      evaluate(expression);
      ADD_FAILURE() << "not refused";
    } catch (const PathError& error) {
      EXPECT_EQ(kind_of(error), wanted) << error.what();
    }
  }

  std::deque<Document> documents_;
  std::vector<Variable> variables_;
  EvalContext context_;
  Mode mode_ = Mode::lenient;
  size_t number_ = 0, count_ = 0;
};

TEST(FhirPathCases, AllFiles) {
  size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(WITMED_SOURCE_DIR "/tests/fhir/fhirpath_cases")) {
    Cases cases;
    cases.run(entry.path());
    count += cases.count();
  }
  EXPECT_GT(count, 100u);
}

}  // namespace
}  // namespace witmed::fhir
