// A Questionnaire as responses are judged by it (http://hl7.org/fhir/R4/questionnaire.html): its items in their order, each found by
// its linkId. Read once per validation, in one pass; lives as long as the document it was read from.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

// http://hl7.org/fhir/R4/valueset-item-type.html; `question` is the abstract one, `other` what R4 does not know.
enum class ItemType : uint8_t {
  group,
  display,
  question,
  boolean,
  decimal,
  integer,
  date,
  date_time,
  time,
  string,
  text,
  url,
  choice,
  open_choice,
  attachment,
  reference,
  quantity,
  other
};
ItemType item_type(std::string_view code);
constexpr bool is_question(ItemType type) { return type != ItemType::group && type != ItemType::display; }

inline constexpr uint32_t kNoItem = ~0u;  // also the parent of items that stand in no other

struct FormItem {
  Node node;
  std::string link;
  ItemType type = ItemType::other;
  uint32_t parent = kNoItem;
  uint32_t end = 0;                // behind its last descendant
  uint32_t least = 0, most = 1;    // answers of a question, occurrences of a group
  bool conditional = false;        // has enableWhen
  bool watched = false;            // some enableWhen asks for its answers
  std::vector<uint32_t> demanded;  // items directly in it that a response may have to have
};

class QuestionForm {
 public:
  explicit QuestionForm(Node questionnaire);

  Node questionnaire() const { return questionnaire_; }
  const FormItem& operator[](uint32_t item) const { return items_[item]; }
  uint32_t find(std::string_view link) const;  // kNoItem: none has it
  const std::vector<uint32_t>& demanded(uint32_t parent) const { return parent == kNoItem ? demanded_ : items_[parent].demanded; }
  bool has_items_in(uint32_t item) const { return items_[item].end > item + 1; }
  bool too_large() const { return too_large_; }  // more items than are read: it judges nothing

 private:
  void read(Node owner, uint32_t parent);

  Node questionnaire_;
  std::vector<FormItem> items_;  // each before those within it
  std::unordered_map<std::string_view, uint32_t> by_link_;
  std::vector<uint32_t> demanded_;
  bool too_large_ = false;
};

// Property names that Questionnaires and their responses have.
struct FormNames {
  const Definitions& r4 = Definitions::r4();
  NameId item = r4.name("item"), link_id = r4.name("linkId"), answer = r4.name("answer"), required = r4.name("required"),
         repeats = r4.name("repeats"), enable_when = r4.name("enableWhen"), enable_behavior = r4.name("enableBehavior"),
         question = r4.name("question"), operation = r4.name("operator"), max_length = r4.name("maxLength"),
         answer_option = r4.name("answerOption"), answer_value_set = r4.name("answerValueSet"), questionnaire = r4.name("questionnaire"),
         status = r4.name("status"), content_type = r4.name("contentType");
  TypeId answer_type = r4.type_id("QuestionnaireResponse.item.answer"), option_type = r4.type_id("Questionnaire.item.answerOption"),
         condition_type = r4.type_id("Questionnaire.item.enableWhen"), questionnaire_type = r4.type_id("Questionnaire");

  static const FormNames& get() {
    static const FormNames instance;
    return instance;
  }
};

// The text of a member; empty when it is absent or no string.
std::string text_in(Node owner, NameId name);
// A member that is a list; nothing when it is absent or no list.
Node list_in(Node owner, NameId name);
// The value[x] of an extension of R4, "http://hl7.org/fhir/StructureDefinition/" + name, or of a full url; nothing when it is not there.
Node extension_value(Node owner, std::string_view name);

}  // namespace witmed::fhir
