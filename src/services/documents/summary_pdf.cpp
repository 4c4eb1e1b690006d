#include "services/documents/summary_pdf.h"

#include <algorithm>

#include "base/limits.h"
#include "base/time.h"
#include "services/documents/paper.h"

namespace witmed::services {
namespace {

using Cell = Paper::Cell;
using Tone = Paper::Tone;

// How much of each is printed: two or three pages for most people. What is left out is said.
constexpr size_t kProblems = 30, kMedicines = 25, kResults = 40, kVaccines = 24, kVisits = 12, kSources = 20;

Cell known(const std::string& text, bool strong = false) {
  return text.empty() ? Cell("未记录", Tone::quiet) : Cell(text, Tone::plain, strong);
}
Cell quiet(const std::string& text) { return Cell(text, Tone::quiet); }

// 6 digits and the last 4, as on the screen: paper is read by more people than its owner.
std::string masked(const std::string& number) {
  if (number.size() < 8) return number;
  const size_t head = number.size() >= 15 ? 6 : 3;
  return number.substr(0, head) + std::string(number.size() - head - 4, '*') +
         number.substr(number.size() - 4);
}

std::string minute_text(int64_t micros, int zone_minutes) {
  std::string text = format_instant(micros, 0, zone_minutes);
  text[10] = ' ';
  return text.substr(0, 16);
}

std::string shown_of(size_t shown, size_t all) {
  return shown < all ? "共 " + std::to_string(all) + " 项，此处列最近 " + std::to_string(shown) + " 项" : "";
}

template <typename T, typename Row>
void list(Paper& paper, const std::string& heading, const std::string& nothing, const std::vector<T>& items,
          size_t most, std::vector<Paper::Column> columns, Row row) {
  const size_t shown = std::min(most, items.size());
  paper.heading(heading, shown_of(shown, items.size()));
  if (items.empty()) return paper.notice(nothing, Tone::quiet);
  std::vector<std::vector<Cell>> rows;
  for (size_t i = 0; i < shown; ++i) rows.push_back(row(items[i]));
  paper.table(std::move(columns), std::move(rows));
}

void write_allergies(Paper& paper, const Summary& summary) {
  paper.heading("过敏与不良反应");
  if (summary.allergies.empty())
    return paper.notice(summary.no_known_allergy ? "已询问，无已知过敏" : "未记录（不等于没有过敏）",
                        Tone::plain);
  for (const auto& each : summary.allergies)
    paper.notice(each.name + (each.severe ? "（高风险）" : "") +
                     (each.reactions.empty() ? "" : "：" + each.reactions) +
                     (each.since.empty() ? "" : "　" + each.since + " 起"),
                 Tone::danger);
}

void write_care(Paper& paper, const Summary& summary) {
  list(paper, "健康问题", "没有诊断记录", summary.problems, kProblems,
       {{"诊断", 0.36}, {"编码", 0.13}, {"最早", 0.13}, {"状态", 0.12}, {"末次记录机构", 0.26}},
       [](const Summary::Problem& each) {
         return std::vector<Cell>{
             Cell(each.name, Tone::plain, each.active && each.chronic), quiet(each.code), known(each.since),
             each.active ? Cell(each.chronic ? "慢性病" : "未愈") : quiet("已好转"), known(each.source)};
       });
  std::vector<Summary::Medicine> current;
  std::copy_if(summary.medicines.begin(), summary.medicines.end(), std::back_inserter(current),
               [](const auto& each) { return !each.over; });
  list(paper, "用药", "没有在用的处方记录", current, kMedicines,
       {{"药品", 0.30}, {"用法", 0.26}, {"末次开立", 0.13}, {"供应至", 0.13}, {"开立机构", 0.18}},
       [](const Summary::Medicine& each) {
         return std::vector<Cell>{Cell(each.name, Tone::plain, true), known(each.dosage), known(each.written),
                                  known(each.until), known(each.source)};
       });
}

void write_measures(Paper& paper, const Summary& summary) {
  list(paper, "体征与检验（每项末次结果）", "没有体征或检验记录", summary.results, kResults,
       {{"项目", 0.25}, {"结果", 0.20}, {"", 0.10}, {"参考范围", 0.14}, {"日期", 0.13}, {"机构", 0.18}},
       [](const Summary::Result& each) {
         return std::vector<Cell>{Cell(each.name),
                                  Cell(each.value, each.flag.empty() ? Tone::plain : Tone::danger, true),
                                  Cell(each.flag, Tone::danger),
                                  quiet(each.range.empty() ? "未给" : each.range),
                                  known(each.day),
                                  known(each.source)};
       });
}

void write_rest(Paper& paper, const Summary& summary, int zone_minutes) {
  list(paper, "最近就诊", "没有就诊记录", summary.visits, kVisits,
       {{"日期", 0.14}, {"类别", 0.10}, {"机构", 0.32}, {"原因", 0.44}}, [](const Summary::Visit& each) {
         return std::vector<Cell>{known(each.day), Cell(each.kind), known(each.place), known(each.reason)};
       });
  list(paper, "预防接种", "没有接种记录", summary.vaccines, kVaccines,
       {{"疫苗", 0.60}, {"剂次", 0.15}, {"末次接种", 0.25}}, [](const Summary::Vaccine& each) {
         return std::vector<Cell>{Cell(each.name), Cell(std::to_string(each.doses)), known(each.last)};
       });
  list(paper, "数据来源", "", summary.sources, kSources,
       {{"机构", 0.50}, {"记录数", 0.20}, {"数据截至", 0.30}}, [&](const Summary::Source& each) {
         return std::vector<Cell>{each.name.empty() ? Cell("未写明机构", Tone::quiet) : Cell(each.name),
                                  Cell(std::to_string(each.entries)),
                                  Cell(minute_text(each.received, zone_minutes))};
       });
}

}  // namespace

std::string summary_pdf(const Summary& summary, const PrintMoment& moment) {
  const std::string printed = minute_text(moment.now, moment.zone_minutes);
  const std::string who = (summary.name.empty() ? "姓名未记录" : summary.name) + "　" +
                          (summary.sex.empty() ? "性别未记录" : summary.sex) + "　出生 " +
                          (summary.birth.empty() ? "未记录" : summary.birth);
  Paper paper({"居民健康档案摘要", who + "　居民健康档案摘要",
               "打印时间 " + printed + (summary.keeper.empty() ? "" : " · 建档机构 " + summary.keeper) +
                   " · 由各机构记录自动汇总，以原始记录为准",
               summary.synthetic ? "演示数据 · SYNTHETIC" : ""});
  paper.title("居民健康档案摘要", "智慧医疗 Witmed · 打印时间 " + printed);
  if (summary.synthetic)
    paper.notice("演示数据：本页居民与记录均为程序生成，不对应任何真实个人，不得用于诊疗。", Tone::danger);
  const std::string age =
      summary.died.empty()
          ? summary.age
          : summary.age + "（" + (summary.died == "已故" ? summary.died : summary.died + " 去世") + "）";
  paper.facts({{"姓名", known(summary.name, true)},
               {"性别", known(summary.sex)},
               {"出生日期", known(summary.birth)},
               {"年龄", known(age)},
               {"身份证号", known(masked(summary.number))},
               {"电话", known(masked(summary.phone))},
               {"住址", known(summary.address)},
               {"签约", known(summary.contract)},
               {"建档机构", known(summary.keeper)},
               {"记录数", std::to_string(summary.entries)}});
  write_allergies(paper, summary);
  write_care(paper, summary);
  write_measures(paper, summary);
  write_rest(paper, summary, moment.zone_minutes);
  return paper.pdf();
}

std::string summary_pdf(const record::Record& record, const record::AccessContext& access,
                        std::string_view patient_id, const PrintMoment& moment) {
  constexpr size_t kMost = 50'000;  // entries of a longer life are not all read for three pages
  std::vector<record::Version> versions;
  std::string cursor;
  do {
    auto page = record.everything(access, {.patient = std::string(patient_id), .count = limits::kPageMax, .cursor = cursor});
    for (auto& match : page.matches) versions.push_back(std::move(match.version));
    cursor = std::move(page.next);
  } while (!cursor.empty() && versions.size() < kMost);
  const int64_t day = (moment.now / 1'000'000 + moment.zone_minutes * 60) / 86'400;
  return summary_pdf(summarise(patient_id, versions, static_cast<int32_t>(day)), moment);
}

}  // namespace witmed::services
