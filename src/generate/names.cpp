#include "generate/names.h"

#include <iterator>

#include "generate/given_names.h"

namespace witmed::generate {
namespace {

struct Surname {
  std::string_view hanzi;
  std::string_view pinyin;  // as a surname: 单 Shan, 曾 Zeng, 解 Xie
  uint32_t weight;          // about the share in ten thousand
};

// The first three as the Ministry of Public Security counted (7.25, 7.19, 6.83 %), the others estimated after
// the published order. These are the names of 85 people in a hundred (published for the first hundred: 84.77
// %); rarer ones are not drawn, so that each is about a sixth more common here.
constexpr Surname kSurnames[] = {
    {"王", "Wang", 725},  {"李", "Li", 719},     {"张", "Zhang", 683},     {"刘", "Liu", 517},
    {"陈", "Chen", 453},  {"杨", "Yang", 308},   {"黄", "Huang", 223},     {"赵", "Zhao", 229},
    {"周", "Zhou", 212},  {"吴", "Wu", 205},     {"徐", "Xu", 167},        {"孙", "Sun", 154},
    {"马", "Ma", 129},    {"朱", "Zhu", 126},    {"胡", "Hu", 131},        {"郭", "Guo", 115},
    {"何", "He", 106},    {"林", "Lin", 118},    {"罗", "Luo", 86},        {"高", "Gao", 100},
    {"郑", "Zheng", 93},  {"梁", "Liang", 84},   {"谢", "Xie", 76},        {"宋", "Song", 81},
    {"唐", "Tang", 69},   {"许", "Xu", 66},      {"邓", "Deng", 62},       {"韩", "Han", 63},
    {"冯", "Feng", 64},   {"曹", "Cao", 60},     {"彭", "Peng", 58},       {"曾", "Zeng", 58},
    {"肖", "Xiao", 56},   {"田", "Tian", 52},    {"董", "Dong", 51},       {"潘", "Pan", 49},
    {"袁", "Yuan", 54},   {"蔡", "Cai", 53},     {"蒋", "Jiang", 47},      {"余", "Yu", 48},
    {"于", "Yu", 47},     {"杜", "Du", 47},      {"叶", "Ye", 48},         {"程", "Cheng", 48},
    {"魏", "Wei", 45},    {"苏", "Su", 46},      {"吕", "Lü", 44},         {"丁", "Ding", 43},
    {"任", "Ren", 41},    {"卢", "Lu", 42},      {"姚", "Yao", 40},        {"沈", "Shen", 41},
    {"钟", "Zhong", 40},  {"姜", "Jiang", 39},   {"崔", "Cui", 38},        {"谭", "Tan", 38},
    {"陆", "Lu", 36},     {"范", "Fan", 36},     {"汪", "Wang", 36},       {"廖", "Liao", 35},
    {"石", "Shi", 34},    {"金", "Jin", 34},     {"韦", "Wei", 33},        {"贾", "Jia", 32},
    {"夏", "Xia", 32},    {"付", "Fu", 31},      {"方", "Fang", 31},       {"邹", "Zou", 30},
    {"熊", "Xiong", 29},  {"白", "Bai", 28},     {"孟", "Meng", 27},       {"秦", "Qin", 27},
    {"邱", "Qiu", 27},    {"侯", "Hou", 26},     {"江", "Jiang", 26},      {"尹", "Yin", 25},
    {"薛", "Xue", 25},    {"闫", "Yan", 24},     {"段", "Duan", 23},       {"雷", "Lei", 23},
    {"龙", "Long", 21},   {"黎", "Li", 20},      {"史", "Shi", 20},        {"陶", "Tao", 19},
    {"贺", "He", 19},     {"毛", "Mao", 18},     {"郝", "Hao", 18},        {"顾", "Gu", 18},
    {"龚", "Gong", 18},   {"邵", "Shao", 17},    {"万", "Wan", 17},        {"覃", "Qin", 16},
    {"武", "Wu", 16},     {"钱", "Qian", 16},    {"戴", "Dai", 16},        {"严", "Yan", 14},
    {"莫", "Mo", 14},     {"孔", "Kong", 14},    {"向", "Xiang", 13},      {"常", "Chang", 13},
    {"单", "Shan", 5},    {"解", "Xie", 5},      {"仇", "Qiu", 3},         {"查", "Zha", 4},
    {"盖", "Ge", 2},      {"欧阳", "Ouyang", 6}, {"上官", "Shangguan", 2}, {"司马", "Sima", 1},
    {"诸葛", "Zhuge", 1}, {"尉迟", "Yuchi", 1},  {"䶮", "Yan", 1},         {"逄", "Pang", 2},
    {"亓", "Qi", 2},      {"仝", "Tong", 2},     {"昝", "Zan", 2},
};

struct Part {
  std::string_view zh;
  std::string_view pinyin;
};
constexpr Part kUygurMen[] = {{"买买提", "Memet"},     {"艾山", "Hesen"},   {"吐尔逊", "Tursun"},
                              {"阿不都拉", "Abdulla"}, {"卡哈尔", "Qahar"}, {"库尔班", "Qurban"},
                              {"玉素甫", "Yusup"},     {"热合曼", "Rahman"}};
constexpr Part kUygurWomen[] = {{"阿依古丽", "Aygul"},   {"古丽娜尔", "Gulnar"}, {"热娜", "Rena"},
                                {"帕提古丽", "Patigul"}, {"迪丽努尔", "Dilnur"}, {"阿米娜", "Amine"}};
constexpr Part kTibetan[] = {{"扎西", "Tashi"},   {"次仁", "Tsering"},  {"卓玛", "Dolma"},
                             {"洛桑", "Lobsang"}, {"央金", "Yangchen"}, {"多吉", "Dorje"},
                             {"格桑", "Kelsang"}, {"旺堆", "Wangdu"}};
constexpr Ethnicity kHan{"01", "汉族"};
constexpr Ethnicity kTibetanPeople{"04", "藏族"};
constexpr Ethnicity kUygur{"05", "维吾尔族"};
// Residents of these peoples bear names of the Han pattern; shares are an estimate for an inland county.
constexpr Ethnicity kOthers[] = {
    {"03", "回族"}, {"11", "满族"}, {"15", "土家族"}, {"06", "苗族"}, {"08", "壮族"}};

void add(Name& name, const Syllable& syllable) {
  name.given += syllable.hanzi;
  if (!name.given_pinyin.empty()) {
    name.given_pinyin += syllable.pinyin;
    return;
  }
  name.given_pinyin += static_cast<char>(syllable.pinyin[0] - 'a' + 'A');
  name.given_pinyin += syllable.pinyin.substr(1);
}

}  // namespace

uint32_t draw_surname(Random& random) {
  const Surname& row = random.pick_weighted(std::span<const Surname>(kSurnames));
  return static_cast<uint32_t>(&row - std::begin(kSurnames));
}

Name han_name(Random& random, uint32_t surname, bool male, int32_t birth_year) {
  const Era& era = era_of(birth_year);
  const auto& pool = male ? era.men : era.women;
  Name name;
  name.family = kSurnames[surname].hanzi;
  name.family_pinyin = kSurnames[surname].pinyin;
  bool rare = random.chance(6);
  bool one = random.chance(era.one_character_permille);
  Syllable second = rare ? random.pick(rare_syllables()) : random.pick(pool.second);
  if (!one) {
    Syllable first = random.pick(pool.first);
    if (first.hanzi == second.hanzi && !random.chance(200)) second = pool.second[0];
    add(name, first);
  }
  add(name, second);
  name.ethnicity = random.chance(45) ? random.pick(kOthers) : kHan;
  return name;
}

Name dotted_name(Random& random, bool male) {
  bool tibetan = random.chance(400);
  Name name;
  const Part& own = tibetan ? random.pick(kTibetan)
                    : male  ? random.pick(kUygurMen)
                            : random.pick(kUygurWomen);
  const Part& second = tibetan ? random.pick(kTibetan) : random.pick(kUygurMen);
  name.given = std::string(own.zh) + "·" + std::string(second.zh);
  name.given_pinyin = std::string(own.pinyin) + " " + std::string(second.pinyin);
  name.ethnicity = tibetan ? kTibetanPeople : kUygur;
  return name;
}

}  // namespace witmed::generate
