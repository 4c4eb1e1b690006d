#include "fhir/validate/questionnaire/form.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

constexpr size_t kItems = 100'000;  // the longest forms in use have some thousand
constexpr uint32_t kMany = ~0u;
constexpr std::string_view kExtensions = "http://hl7.org/fhir/StructureDefinition/";

constexpr std::array<std::string_view, 17> kTypes = {"group", "display", "question", "boolean", "decimal",     "integer",    "date",      "dateTime", "time",
                                                     "string", "text",   "url",      "choice",  "open-choice", "attachment", "reference", "quantity"};

bool flag(Node owner, NameId name) {
  const Node member = owner[name];
  return member && member.is_true();
}

// How often an item must and may be answered or stand. "minOccurs … when greater than 1", of required ones or not.
void read_occurrence(FormItem& item) {
  const FormNames& names = FormNames::get();
  const auto number = [&](std::string_view extension, uint32_t otherwise) {
    const Node value = extension_value(item.node, extension);
    uint32_t out = otherwise;
    if (value && value.kind() == Kind::number) std::from_chars(value.raw().data(), value.raw().data() + value.raw().size(), out);
    return out;
  };
  item.least = std::max(number("questionnaire-minOccurs", 0), flag(item.node, names.required) ? 1u : 0u);
  item.most = flag(item.node, names.repeats) ? number("questionnaire-maxOccurs", kMany) : 1;
}

}  // namespace

ItemType item_type(std::string_view code) {
  return static_cast<ItemType>(std::find(kTypes.begin(), kTypes.end(), code) - kTypes.begin());
}

std::string text_in(Node owner, NameId name) {
  const Node member = owner && owner.kind() == Kind::object ? owner[name] : Node();
  return member && member.kind() == Kind::string ? member.string() : std::string();
}

Node list_in(Node owner, NameId name) {
  const Node member = owner && owner.kind() == Kind::object ? owner[name] : Node();
  return member && member.kind() == Kind::array ? member : Node();
}

Node extension_value(Node owner, std::string_view name) {
  const Names& names = Names::get();
  const Node list = list_in(owner, names.extension);
  if (!list) return {};
  std::string scratch;
  for (Node each : list) {
    const Node url = each.kind() == Kind::object ? each[names.url] : Node();
    if (!url || url.kind() != Kind::string) continue;
    std::string_view text = url.view(scratch);
    if (text != name && !(text.starts_with(kExtensions) && text.substr(kExtensions.size()) == name)) continue;
    for (Node member : each) {
      if (member.key().starts_with("value")) return member;
    }
  }
  return {};
}

QuestionForm::QuestionForm(Node questionnaire) : questionnaire_(questionnaire) {
  const FormNames& names = FormNames::get();
  read(questionnaire, kNoItem);
  if (too_large_) return;
  by_link_.reserve(items_.size());
  for (uint32_t i = 0; i < items_.size(); ++i) by_link_.emplace(items_[i].link, i);  // of two the first: que-2 tells
  for (uint32_t i = 0; i < items_.size(); ++i) {
    FormItem& item = items_[i];
    if (item.least > 0 && item.type != ItemType::display) (item.parent == kNoItem ? demanded_ : items_[item.parent].demanded).push_back(i);
    const Node conditions = list_in(item.node, names.enable_when);
    if (!conditions) continue;
    item.conditional = true;
    for (Node condition : conditions) {
      if (const uint32_t asked = find(text_in(condition, names.question)); asked != kNoItem) items_[asked].watched = true;
    }
  }
}

// As deep as the document is, which its parser bounds.
void QuestionForm::read(Node owner, uint32_t parent) {
  const FormNames& names = FormNames::get();
  const Node list = list_in(owner, names.item);
  if (!list) return;
  for (Node node : list) {
    if (node.kind() != Kind::object) continue;
    if (items_.size() == kItems) {
      too_large_ = true;
      return;
    }
    const auto place = static_cast<uint32_t>(items_.size());
    FormItem& item = items_.emplace_back();
    item.node = node;
    item.link = text_in(node, names.link_id);
    item.type = item_type(text_in(node, Names::get().type));
    item.parent = parent;
    read_occurrence(item);
    read(node, place);
    items_[place].end = static_cast<uint32_t>(items_.size());
  }
}

uint32_t QuestionForm::find(std::string_view link) const {
  const auto found = by_link_.find(link);
  return found == by_link_.end() ? kNoItem : found->second;
}

}  // namespace witmed::fhir
