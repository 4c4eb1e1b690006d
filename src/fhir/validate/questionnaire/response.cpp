#include "fhir/validate/questionnaire/response.h"

#include <fmt/format.h>

#include <algorithm>

#include "fhir/validate/names.h"
#include "fhir/validate/questionnaire/answer.h"
#include "fhir/validate/questionnaire/enabling.h"

namespace witmed::fhir {
namespace {

constexpr uint64_t kWork = 20'000'000;  // items, conditions and codes looked at; a form of 10,000 items takes some ten thousand

class ResponseWalk {
 public:
  ResponseWalk(Run& run, const QuestionForm& form, const Standing& standing, bool complete)
      : run_(run), faults_(run.faults), form_(form), complete_(complete), answers_(run, form, standing), enabling_(form, standing.resource, run.form_work, kWork) {}

  // The items within the response, a group or an answer, which are those that the form has in `parent`.
  void items(Node owner, uint32_t parent, const Held* within) {
    std::unordered_map<uint32_t, uint32_t> counts;
    uint32_t latest = 0;
    if (const Node list = list_in(owner, names_.item)) {
      for (Node node : list) {
        if (stops(node)) return;
        if (node.kind() != Kind::object) continue;
        const std::string link = text_in(node, names_.link_id);
        const uint32_t item = form_.find(link);
        if (item == kNoItem) {
          fault(node, "item-unknown", fmt::format("the Questionnaire has no item \"{}\"", link), fmt::format("问卷中没有“{}”这一项", link));
          continue;
        }
        if (form_[item].parent != parent) {
          fault(node, "item-misplaced", fmt::format("\"{}\" stands elsewhere in the Questionnaire", link), fmt::format("“{}”在问卷中不在此处", link));
        } else {
          repetition(node, form_[item], ++counts[item]);
          if (item < latest)
            fault(node, "item-order", fmt::format("\"{}\" comes earlier in the Questionnaire", link), fmt::format("“{}”在问卷中的位置在前", link));
          latest = std::max(latest, item);
        }
        this->item(node, item, within);
      }
    }
    if (complete_) missing(owner, parent, counts, within);
  }

 private:
  void fault(Node at, const char* rule, std::string en, std::string zh, const char* code = "structure") {
    faults_.add(at, code, rule, std::move(en), std::move(zh));
  }

  bool stops(Node at) {
    if (++run_.form_work > kWork && !told_) {
      told_ = true;
      fault(at, "questionnaire-cost", "there is too much to compare here", "需要比对的内容过多", "too-costly");
    }
    return told_ || faults_.full();
  }

  // The `count`-th occurrence of an item. Groups repeat; of a question it is the answers that do.
  void repetition(Node node, const FormItem& item, uint32_t count) {
    if (count < 2) return;
    if (item.most == 1) {
      fault(node, "item-twice", fmt::format("\"{}\" does not repeat", item.link), fmt::format("“{}”不可重复", item.link));
    } else if (item.type == ItemType::group) {
      if (count == item.most + 1)
        fault(node, "item-many", fmt::format("\"{}\" can stand at most {} times", item.link, item.most), fmt::format("“{}”最多 {} 个", item.link, item.most));
    } else if (run_.options.warnings) {
      faults_.add(Fault{node, "structure", "item-twice", fmt::format("the answers of \"{}\" should stand in one item", item.link),
                        fmt::format("“{}”的多个答案应放在同一项中", item.link), Severity::warning, {}});
    }
  }

  void missing(Node owner, uint32_t parent, const std::unordered_map<uint32_t, uint32_t>& counts, const Held* within) {
    const uint32_t behind = owner.offset() + static_cast<uint32_t>(owner.raw().size());
    for (const uint32_t item : form_.demanded(parent)) {
      if (stops(owner)) return;
      const FormItem& wanted = form_[item];
      const auto known = counts.find(item);
      const uint32_t count = known == counts.end() ? 0 : known->second;
      if (count >= (wanted.type == ItemType::group ? wanted.least : 1)) continue;
      if (enabling_.enabled(item, behind, within) != Known::yes) continue;
      too_few(owner, wanted, count);
    }
  }

  void too_few(Node at, const FormItem& item, uint32_t count) {
    if (count == 0)
      fault(at, "answer-required", fmt::format("\"{}\" must be answered", item.link), fmt::format("“{}”必须作答", item.link), "required");
    else
      fault(at, "answer-few", fmt::format("\"{}\" needs at least {} answers, not {}", item.link, item.least, count),
            fmt::format("“{}”至少 {} 个，实有 {} 个", item.link, item.least, count), "required");
  }

  void item(Node node, uint32_t place, const Held* within) {
    const FormItem& item = form_[place];
    if (complete_ && enabling_.enabled(place, node.offset(), within) == Known::no) {
      if (has_answer(node))
        fault(node, "item-disabled", fmt::format("\"{}\" is not to be answered here: its condition (enableWhen) is not met", item.link),
              fmt::format("此处不应回答“{}”：其条件（enableWhen）不成立", item.link), "business-rule");
      return;
    }
    const Held here{place, node, within};
    const Node given = list_in(node, names_.answer), inner = list_in(node, names_.item);
    if (!is_question(item.type)) {
      if (given)
        fault(node, item.type == ItemType::group ? "group-answer" : "display-answer",
              fmt::format("\"{}\" asks nothing, so it has no answer", item.link), fmt::format("“{}”不是问题，不能有答案", item.link));
      if (item.type == ItemType::display) {
        if (inner) fault(node, "display-item", fmt::format("\"{}\" is text alone: nothing stands in it", item.link), fmt::format("“{}”只是文字，其下不能有内容", item.link));
        return;
      }
      if (complete_ && item.least > 0 && !inner)
        fault(node, "answer-required", fmt::format("the group \"{}\" is required, and nothing in it is answered", item.link),
              fmt::format("“{}”是必填的组，其下没有内容", item.link), "required");
      return items(node, place, &here);
    }
    if (inner) {
      fault(node, "question-item", fmt::format("what belongs to the question \"{}\" stands in its answers, not beside them", item.link),
            fmt::format("“{}”的下级内容应放在其答案之下", item.link));
      if (!given) items(node, place, &here);
    }
    answers(node, given, place, here);
  }

  void answers(Node node, Node given, uint32_t place, const Held& here) {
    const FormItem& item = form_[place];
    const uint32_t total = given ? given.size() : 0;
    if (complete_ && total < item.least) too_few(node, item, total);
    if (!given) return;
    if (item.type == ItemType::question)
      return fault(node, "question-abstract", fmt::format("the type of \"{}\" is abstract: it cannot be answered", item.link),
                   fmt::format("“{}”的类型是抽象的，不能作答", item.link));
    uint32_t count = 0;
    for (Node answer : given) {
      if (stops(answer)) return;
      if (answer.kind() != Kind::object) continue;
      if (++count == uint64_t{item.most} + 1)
        fault(answer, "answer-many", fmt::format("\"{}\" takes at most {} answers, not {}", item.link, item.most, total),
              fmt::format("“{}”最多 {} 个答案，实有 {} 个", item.link, item.most, total));
      for (const Occurrence& value : occurrences({answer, {}, names_.answer_type, nullptr}, Names::get().value)) {
        answers_.judge(place, value);
        if (total > 1 && answers_.stands_alone(place, value))
          fault(answer, "answer-exclusive", fmt::format("{} excludes other answers of \"{}\"", excerpt(value.node), item.link),
                fmt::format("选择 {} 时，“{}”不能有其他答案", excerpt(value.node), item.link), "business-rule");
      }
      if (form_.has_items_in(place) || answer[names_.item]) items(answer, place, &here);
    }
  }

  bool has_answer(Node item) {
    if (list_in(item, names_.answer)) return true;
    const Node list = list_in(item, names_.item);
    if (!list) return false;
    for (Node inner : list) {
      if (stops(inner)) return false;
      if (inner.kind() == Kind::object && has_answer(inner)) return true;
    }
    return false;
  }

  Run& run_;
  Faults& faults_;
  const QuestionForm& form_;
  const bool complete_;
  bool told_ = false;  // that it takes too much work
  AnswerJudge answers_;
  Enabling enabling_;
  const FormNames& names_ = FormNames::get();
};

// What `canonical` names: contained, of the same Bundle, or known to the world.
Node find_questionnaire(Run& run, const Standing& standing, std::string_view canonical) {
  const TypeId type = FormNames::get().questionnaire_type;
  Node found;
  if (canonical.starts_with('#')) {
    found = contained_in(standing.root, canonical.substr(1));
  } else {
    if (standing.bundle) found = standing.bundle->definition(type, canonical);
    if (!found && run.world.resolver) found = run.world.resolver->definition(type, canonical);
  }
  return found && actual_type(found, Names::get().resource_base) == type ? found : Node();
}

}  // namespace

void check_questionnaire_response(Run& run, const Standing& standing) {
  const FormNames& names = FormNames::get();
  const Node named = standing.resource[names.questionnaire];
  if (!named || named.kind() != Kind::string) return;
  const std::string status = text_in(standing.resource, names.status), canonical = named.string();
  if (!run.options.publishing && (status == "in-progress" || status == "entered-in-error")) return;
  const Node questionnaire = find_questionnaire(run, standing, canonical);
  if (!questionnaire) {
    if (run.options.warnings)
      run.faults.add(Fault{named, "not-found", "questionnaire-unknown", fmt::format("the Questionnaire {} is not known here, so the answers were not checked", canonical),
                           fmt::format("此处没有问卷 {}，未按它检查答案", canonical), Severity::warning, {}});
    return;
  }
  const QuestionForm& form = run.form(questionnaire);
  if (form.too_large())
    return run.faults.add(named, "too-costly", "questionnaire-cost", "the Questionnaire has too many items", "问卷的项目过多");
  ResponseWalk(run, form, standing, status == "completed" || status == "amended").items(standing.resource, kNoItem, nullptr);
}

}  // namespace witmed::fhir
