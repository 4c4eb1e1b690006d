// $validate-code in full: is a coded value in a value set, and everything that is to be said about it
// (http://hl7.org/fhir/R4/valueset-operation-validate-code.html, and HL7's terminology ecosystem).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "terminology/operations/coded.h"
#include "terminology/operations/context.h"

namespace witmed::terminology {

class Validation {
 public:
  // `of_system`: the value set stands for a whole code system that was asked about, and is not spoken of.
  Validation(Context& context, std::shared_ptr<const ValueSet> set, bool of_system)
      : context_(context), wishes_(context.wishes), set_(std::move(set)), of_system_(of_system) {}
  // Imports, filters, supplements. Throws Refusal.
  void prepare();
  // The Parameters of the answer.
  fhir::Value run(const Coded& coded);

 private:
  using Set = std::shared_ptr<const ValueSet>;
  // What was found out about one coding.
  struct Checked {
    std::optional<bool> in;  // nullopt: cannot be told
    std::string version;     // of the system it was found in
    Content content = Content::complete;
    std::string default_language = "en";
    std::vector<Name> names;
  };
  enum class Role : uint8_t { include, exclude };

  // validation.cpp
  void prepare(const Set& set, std::vector<std::string>& path, std::vector<Source>& sources);
  Checked check(const Set& set, const std::string& place, Coding& coding);
  bool check_include(const Set& set, const ConceptSet& each, const std::string& place, const Coding& coding, Checked& out);
  bool excluded(const Set& set, const std::string& place, Coding& coding, Checked& out);
  bool in_imports(const Set& set, const ConceptSet& each, const std::string& place, Coding& coding, Checked& out);
  bool in_set(const Set& set, const ConceptSet& each, size_t index, const Source& source, const std::string& place,
              const std::string& code, Role role, Checked& out);
  bool take(const Set& set, const Source& source, const Place& found, const std::string& place, const std::string& code, Role role,
            bool whole);
  void tell_unknown_code(const Source& source, const std::string& code, const std::string& place);
  void note_inactive(const Source& source, const Place& found, const std::string& place, const std::string& code, bool always);

  // validation_version.cpp
  std::string determine_version(const std::string& place, const std::string& system, const std::string& set_version,
                                const std::string& coding_version);
  std::string applicable_version(const Set& set, const Coding& coding);
  bool use_include(const Set& set, const ConceptSet& each, const std::string& version) const;
  std::string newest_included(const std::string& system) const;
  void tell_unknown_system(const std::string& system, const std::string& version, const std::string& place);
  std::string infer_system(const Set& set, const std::string& code);

  // validation_display.cpp
  void check_display(const Checked& checked, const Coding& coding, const std::string& place);
  void check_display_of_outsider(const std::vector<Name>& names, const Source& source, const Coding& coding, const std::string& place);
  std::string presented(const std::vector<Name>& names, bool displays_only) const;
  size_t count_displays(const std::vector<Name>& names, bool displays_only) const;
  enum class Fit : uint8_t { none, words, same };
  Fit fits(const std::vector<Name>& names, const std::string& display, const std::string& default_language, bool active_only) const;

  // validation_answer.cpp
  void look_outside(const Coded& coded, size_t index, Coding& coding);
  void tell_not_in(const Coded& coded);
  void soften_unchecked(const Coded& coded, const std::vector<bool>& matched);
  fhir::Value answer(const Coded& coded);
  std::string value_set_name() const;
  void say_status(const Definition& definition, std::string_view type);
  void say(Finding finding, bool in_message = true);
  void say_message(std::string text);

  Context& context_;
  const Wishes& wishes_;
  Set set_;
  bool of_system_;
  Findings findings_;
  std::vector<std::string> messages_, unknown_systems_, seen_unknown_;
  std::optional<bool> ok_ = false;  // the whole
  std::string normal_code_, inferred_;
  bool inactive_ = false;
  std::string inactive_place_, inactive_code_, status_;
  // The coding that is told: the first that is in, else the last looked at.
  std::string told_system_, told_code_, told_version_, told_display_, told_place_;
  std::string last_system_, last_code_, last_version_, codes_text_;
  bool no_code_ = false;
};

}  // namespace witmed::terminology
