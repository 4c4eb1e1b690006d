#include "generate/given_names.h"

namespace witmed::generate {
namespace {

// Births before 1960.
constexpr Syllable kMenFirst1[] = {
    {"德", "de"},   {"国", "guo"},   {"永", "yong"}, {"文", "wen"},   {"志", "zhi"},  {"光", "guang"},
    {"明", "ming"}, {"正", "zheng"}, {"兴", "xing"}, {"长", "chang"}, {"金", "jin"},  {"玉", "yu"},
    {"家", "jia"},  {"宝", "bao"},   {"福", "fu"},   {"万", "wan"},   {"天", "tian"}, {"生", "sheng"}};
constexpr Syllable kMenSecond1[] = {
    {"福", "fu"},  {"贵", "gui"},   {"才", "cai"},  {"财", "cai"},  {"山", "shan"},  {"林", "lin"},
    {"民", "min"}, {"祥", "xiang"}, {"海", "hai"},  {"堂", "tang"}, {"忠", "zhong"}, {"义", "yi"},
    {"根", "gen"}, {"发", "fa"},    {"明", "ming"}, {"清", "qing"}, {"富", "fu"},    {"田", "tian"}};
constexpr Syllable kWomenFirst1[] = {{"秀", "xiu"},   {"玉", "yu"},  {"桂", "gui"}, {"淑", "shu"},
                                     {"凤", "feng"},  {"素", "su"},  {"兰", "lan"}, {"翠", "cui"},
                                     {"月", "yue"},   {"金", "jin"}, {"爱", "ai"},  {"春", "chun"},
                                     {"香", "xiang"}, {"菊", "ju"},  {"银", "yin"}};
constexpr Syllable kWomenSecond1[] = {{"英", "ying"},  {"兰", "lan"},  {"珍", "zhen"}, {"芳", "fang"},
                                      {"花", "hua"},   {"梅", "mei"},  {"莲", "lian"}, {"华", "hua"},
                                      {"云", "yun"},   {"娥", "e"},    {"琴", "qin"},  {"珠", "zhu"},
                                      {"香", "xiang"}, {"荣", "rong"}, {"芝", "zhi"}};

// Births before 1978.
constexpr Syllable kMenFirst2[] = {{"建", "jian"},  {"志", "zhi"},  {"国", "guo"},  {"卫", "wei"},
                                   {"爱", "ai"},    {"红", "hong"}, {"永", "yong"}, {"新", "xin"},
                                   {"向", "xiang"}, {"学", "xue"},  {"文", "wen"},  {"援", "yuan"},
                                   {"跃", "yue"},   {"东", "dong"}, {"大", "da"},   {"小", "xiao"}};
constexpr Syllable kMenSecond2[] = {{"国", "guo"},  {"军", "jun"},   {"民", "min"},   {"华", "hua"},
                                    {"平", "ping"}, {"强", "qiang"}, {"东", "dong"},  {"兵", "bing"},
                                    {"明", "ming"}, {"生", "sheng"}, {"伟", "wei"},   {"刚", "gang"},
                                    {"勇", "yong"}, {"林", "lin"},   {"忠", "zhong"}, {"辉", "hui"}};
constexpr Syllable kWomenFirst2[] = {{"丽", "li"},  {"红", "hong"}, {"秀", "xiu"},  {"玉", "yu"},
                                     {"淑", "shu"}, {"小", "xiao"}, {"春", "chun"}, {"桂", "gui"},
                                     {"爱", "ai"},  {"建", "jian"}, {"海", "hai"},  {"凤", "feng"},
                                     {"艳", "yan"}, {"晓", "xiao"}, {"美", "mei"}};
constexpr Syllable kWomenSecond2[] = {{"红", "hong"}, {"梅", "mei"},  {"丽", "li"},  {"霞", "xia"},
                                      {"英", "ying"}, {"芳", "fang"}, {"华", "hua"}, {"萍", "ping"},
                                      {"敏", "min"},  {"玲", "ling"}, {"燕", "yan"}, {"琴", "qin"},
                                      {"云", "yun"},  {"娟", "juan"}, {"珍", "zhen"}};

// Births before 1990.
constexpr Syllable kMenFirst3[] = {{"志", "zhi"},  {"海", "hai"},  {"建", "jian"}, {"晓", "xiao"},
                                   {"文", "wen"},  {"永", "yong"}, {"俊", "jun"},  {"立", "li"},
                                   {"春", "chun"}, {"振", "zhen"}, {"宏", "hong"}, {"少", "shao"},
                                   {"国", "guo"},  {"小", "xiao"}, {"亚", "ya"},   {"新", "xin"}};
constexpr Syllable kMenSecond3[] = {{"伟", "wei"},  {"强", "qiang"}, {"磊", "lei"},   {"军", "jun"},
                                    {"勇", "yong"}, {"涛", "tao"},   {"超", "chao"},  {"波", "bo"},
                                    {"鹏", "peng"}, {"杰", "jie"},   {"斌", "bin"},   {"辉", "hui"},
                                    {"刚", "gang"}, {"峰", "feng"},  {"亮", "liang"}, {"飞", "fei"}};
constexpr Syllable kWomenFirst3[] = {{"晓", "xiao"}, {"丽", "li"},   {"海", "hai"}, {"小", "xiao"},
                                     {"雪", "xue"},  {"春", "chun"}, {"艳", "yan"}, {"婷", "ting"},
                                     {"亚", "ya"},   {"文", "wen"},  {"玉", "yu"},  {"美", "mei"},
                                     {"云", "yun"},  {"静", "jing"}, {"燕", "yan"}};
constexpr Syllable kWomenSecond3[] = {{"静", "jing"}, {"丽", "li"},   {"娟", "juan"}, {"艳", "yan"},
                                      {"燕", "yan"},  {"娜", "na"},   {"敏", "min"},  {"霞", "xia"},
                                      {"婷", "ting"}, {"玲", "ling"}, {"芳", "fang"}, {"萍", "ping"},
                                      {"娇", "jiao"}, {"丹", "dan"},  {"洁", "jie"}};

// Births before 2003.
constexpr Syllable kMenFirst4[] = {{"俊", "jun"},  {"文", "wen"},  {"志", "zhi"}, {"佳", "jia"},
                                   {"浩", "hao"},  {"嘉", "jia"},  {"子", "zi"},  {"思", "si"},
                                   {"天", "tian"}, {"宇", "yu"},   {"家", "jia"}, {"明", "ming"},
                                   {"鹏", "peng"}, {"晓", "xiao"}, {"泽", "ze"},  {"世", "shi"}};
constexpr Syllable kMenSecond4[] = {{"杰", "jie"},   {"浩", "hao"},  {"宇", "yu"},   {"鑫", "xin"},
                                    {"帅", "shuai"}, {"鹏", "peng"}, {"凯", "kai"},  {"豪", "hao"},
                                    {"龙", "long"},  {"涛", "tao"},  {"斌", "bin"},  {"辉", "hui"},
                                    {"阳", "yang"},  {"俊", "jun"},  {"峰", "feng"}, {"磊", "lei"}};
constexpr Syllable kWomenFirst4[] = {{"佳", "jia"}, {"思", "si"},   {"雨", "yu"},   {"梦", "meng"},
                                     {"雪", "xue"}, {"文", "wen"},  {"晓", "xiao"}, {"慧", "hui"},
                                     {"丹", "dan"}, {"静", "jing"}, {"嘉", "jia"},  {"欣", "xin"},
                                     {"诗", "shi"}, {"婷", "ting"}, {"美", "mei"}};
constexpr Syllable kWomenSecond4[] = {{"婷", "ting"}, {"悦", "yue"},  {"怡", "yi"},   {"雪", "xue"},
                                      {"琪", "qi"},   {"颖", "ying"}, {"慧", "hui"},  {"欣", "xin"},
                                      {"敏", "min"},  {"莹", "ying"}, {"倩", "qian"}, {"瑶", "yao"},
                                      {"洁", "jie"},  {"琳", "lin"},  {"蕾", "lei"}};

// Births since 2003.
constexpr Syllable kMenFirst5[] = {
    {"子", "zi"}, {"宇", "yu"},   {"浩", "hao"}, {"梓", "zi"},   {"俊", "jun"},   {"奕", "yi"},
    {"一", "yi"}, {"沐", "mu"},   {"泽", "ze"},  {"铭", "ming"}, {"嘉", "jia"},   {"皓", "hao"},
    {"博", "bo"}, {"晨", "chen"}, {"睿", "rui"}, {"若", "ruo"},  {"承", "cheng"}, {"景", "jing"}};
constexpr Syllable kMenSecond5[] = {
    {"轩", "xuan"}, {"涵", "han"},  {"宇", "yu"},   {"辰", "chen"}, {"泽", "ze"},   {"睿", "rui"},
    {"然", "ran"},  {"豪", "hao"},  {"阳", "yang"}, {"宸", "chen"}, {"航", "hang"}, {"霖", "lin"},
    {"熙", "xi"},   {"恒", "heng"}, {"瑞", "rui"},  {"琛", "chen"}, {"言", "yan"},  {"昊", "hao"}};
constexpr Syllable kWomenFirst5[] = {{"梓", "zi"}, {"欣", "xin"}, {"雨", "yu"},  {"诗", "shi"},
                                     {"一", "yi"}, {"可", "ke"},  {"思", "si"},  {"若", "ruo"},
                                     {"语", "yu"}, {"紫", "zi"},  {"佳", "jia"}, {"艺", "yi"},
                                     {"沐", "mu"}, {"芷", "zhi"}, {"依", "yi"},  {"悦", "yue"}};
constexpr Syllable kWomenSecond5[] = {{"涵", "han"},  {"萱", "xuan"}, {"怡", "yi"},   {"彤", "tong"},
                                      {"琪", "qi"},   {"诺", "nuo"},  {"妍", "yan"},  {"瑶", "yao"},
                                      {"宁", "ning"}, {"汐", "xi"},   {"桐", "tong"}, {"玥", "yue"},
                                      {"晴", "qing"}, {"萌", "meng"}, {"菲", "fei"},  {"然", "ran"}};

constexpr Syllable kRare[] = {
    {"㛃", "jie"},
    {"𬱖", "wei"},
    {"𬭎", "hong"},
    {"堃", "kun"},
    {"喆", "zhe"},
    {"赟", "yun"},
    {"頔", "di"},
    {"翀", "chong"},
    {"旻", "min"},
    {"昶", "chang"},
    {"珺", "jun"},
    {"垚", "yao"},
    {"淼", "miao"},
    {"䶮", "yan"},
    {"𬀩", "wei"},
    {"犇", "ben"},
    // CJK extensions B to H, in GB 18030-2022; of F, G and H the readings are not known here
    {"𠮷", "ji"},
    {"𣲗", "wu"},
    {"𪩘", "yan"},
    {"𫖮", "yi"},
    {"𫘧", "lu"},
    {"𫞩", "men"},
    {"𬍛", "jian"},
    {"\U0002CF12", "x"},
    {"\U00030EDD", "biang"},
    {"\U000313A6", "x"}};

// Shares of one-character names by era are an estimate.
const Era kEras[] = {
    {1960, 130, {kMenFirst1, kMenSecond1}, {kWomenFirst1, kWomenSecond1}},
    {1978, 260, {kMenFirst2, kMenSecond2}, {kWomenFirst2, kWomenSecond2}},
    {1990, 420, {kMenFirst3, kMenSecond3}, {kWomenFirst3, kWomenSecond3}},
    {2003, 330, {kMenFirst4, kMenSecond4}, {kWomenFirst4, kWomenSecond4}},
    {9999, 140, {kMenFirst5, kMenSecond5}, {kWomenFirst5, kWomenSecond5}},
};

}  // namespace

const Era& era_of(int32_t birth_year) {
  for (const Era& era : kEras) {
    if (birth_year < era.until) return era;
  }
  return kEras[4];
}

std::span<const Syllable> rare_syllables() { return kRare; }

}  // namespace witmed::generate
