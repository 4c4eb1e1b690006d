#include "generate/prevalence_table.h"

namespace witmed::generate {
namespace {

using D = Disease;

constexpr Publication kPublications[] = {
    {"census",
     "第七次全国人口普查 Seventh National Population Census 2020 (中国人口普查年鉴-2020, National Bureau of "
     "Statistics)",
     "核对了公报和报道 · communiqué 5 (stats.gov.cn, 2021-05-11) and news of that day: 0–14, ≥60, ≥65, "
     "sexes, births 111.3, 1.3 children; 五岁组和分龄生育率未见 · five-year groups and births by age not "
     "seen"},
    {"CHS", "China Hypertension Survey 2012–2015: Wang Z. et al., Circulation 2018;137:2344–2356",
     "引文和总患病率核对于引用它的文章 · citation and overall rate as papers cite them, doi "
     "10.1161/CIRCULATIONAHA.117.032380; 分年龄未见 · ages not seen"},
    {"diabetes-2013", "Survey of diabetes and prediabetes 2013: Wang L. et al., JAMA 2017;317:2515–2523",
     "摘要 · abstract, doi 10.1001/jama.2017.7596; 分性别、年龄未见 · sexes and ages not seen"},
    {"CPH", "China Pulmonary Health study 2012–2015: Wang C. et al., Lancet 2018;391:1706–1717",
     "摘要 · abstract, doi 10.1016/S0140-6736(18)30841-9"},
    {"asthma-CPH", "China Pulmonary Health study 2012–2015, asthma: Huang K. et al., Lancet 2019;394:407–418",
     "摘要 · abstract, ctsu.ox.ac.uk/publications/1022618; 卷页未见 · volume and pages not seen"},
    {"NHSS-2013",
     "第五次国家卫生服务调查 Fifth National Health Services Survey 2013, as cited in 中国心血管病报告 2018",
     "未核对 · not checked"},
    {"NESS", "National Epidemiological Survey of Stroke 2013: Wang W. et al., Circulation 2017;135:759–771",
     "摘要 · abstract of “Prevalence, Incidence, and Mortality of Stroke in China”; 卷页未见 · volume and "
     "pages not seen"},
    {"CKD-2018",
     "National survey of chronic kidney disease 2018–2019: Wang L. et al., JAMA Intern Med 2023;183:298–310",
     "只核对了引文 · citation only, doi 10.1001/jamainternmed.2022.6817"},
    {"CMHS",
     "China Mental Health Survey 2012–2015, depressive disorders: Lu J. et al., Lancet Psychiatry "
     "2021;8:981–990",
     "只核对了引文 · citation only, doi 10.1016/S2215-0366(21)00251-0"},
    {"registry-2022",
     "Cancer incidence and mortality in China 2022: Han B. et al., J Natl Cancer Cent 2024;4:47–53",
     "摘要和报道 · abstract and news, doi 10.1016/j.jncc.2024.01.006: 各癌种合计 · totals by site; "
     "分性别、卷页未见 · by sex, volume and pages not seen"},
    {"survival-2015",
     "Survival from 17 population-based cancer registries 2003–2015: Zeng H. et al., Lancet Glob Health "
     "2018;6:e555–e567",
     "只核对了题目、作者、年份 · title, authors, year only, doi 10.1016/S2214-109X(18)30127-X"},
};

// Cancers: living within five years of diagnosis = new cases a year (registry-2022) × 5 × the mean share
// alive over those years, taken from five-year survival (survival-2015); spread over ages by assumption. The
// registry counts colon and rectum together, and so does the row of the colon.
constexpr PrevalenceRow kPrevalence[] = {
    {D::hypertension,
     "CHS",
     {0, 5500, 9000, 20200, 33800, 45600, 54600, 58300},
     {0, 2500, 3200, 9800, 25400, 43600, 56800, 62000}},
    {D::diabetes,
     "diabetes-2013",
     {0, 3500, 5800, 10000, 13000, 16900, 20400, 20500},
     {0, 2900, 4500, 7350, 9700, 15200, 19800, 19900}},
    {D::dyslipidaemia,
     "",
     {0, 600, 3500, 9500, 15500, 19500, 21000, 19500},
     {0, 400, 1600, 5000, 13500, 22500, 25500, 24000}},
    {D::coronary,
     "NHSS-2013",
     {0, 0, 30, 200, 800, 1700, 2900, 3400},
     {0, 0, 20, 150, 700, 1700, 3150, 3600}},
    {D::stroke, "NESS", {0, 8, 62, 240, 910, 2300, 3890, 4980}, {0, 8, 47, 180, 670, 1820, 3150, 4240}},
    {D::copd,
     "CPH",
     {0, 1400, 2400, 4100, 7750, 17400, 35300, 45300},
     {0, 750, 1400, 2050, 3200, 6450, 14600, 20100}},
    {D::kidney,
     "CKD-2018",
     {0, 3600, 4000, 5000, 6600, 9000, 14200, 21800},
     {0, 4000, 4450, 5700, 7600, 10500, 16600, 24700}},
    {D::asthma,
     "asthma-CPH",
     {3000, 2300, 2500, 3400, 4800, 6500, 8000, 7500},
     {1850, 1850, 2000, 2750, 3850, 5050, 5950, 5950}},
    {D::gastritis,
     "",
     {50, 1500, 5000, 10500, 15500, 19000, 20500, 20000},
     {50, 1500, 5000, 10500, 15500, 19000, 20500, 20000}},
    {D::osteoarthritis,
     "",
     {0, 0, 300, 1800, 5500, 11000, 16500, 20000},
     {0, 0, 500, 3200, 11000, 21000, 28500, 32000}},
    {D::hepatitis_b,
     "",
     {100, 900, 2100, 2900, 3300, 3500, 3300, 2800},
     {60, 600, 1400, 2000, 2300, 2500, 2400, 2100}},
    {D::goitre,
     "",
     {0, 300, 900, 1900, 3200, 4400, 5000, 5000},
     {50, 1000, 2800, 5800, 9500, 12500, 13500, 13000}},
    {D::prostate, "", {0, 0, 0, 300, 3500, 13500, 26000, 35000}, {0, 0, 0, 0, 0, 0, 0, 0}},
    {D::osteoporosis, "", {0, 0, 0, 100, 700, 2800, 6500, 11000}, {0, 0, 0, 300, 3500, 12500, 21500, 28000}},
    {D::depression,
     "CMHS",
     {0, 2600, 2800, 2900, 3050, 3250, 3350, 3150},
     {0, 3550, 3850, 4050, 4250, 4550, 4650, 4450}},
    {D::lung_cancer, "registry-2022", {0, 1, 8, 40, 180, 520, 850, 800}, {0, 1, 8, 40, 150, 300, 420, 420}},
    {D::stomach_cancer, "registry-2022", {0, 1, 5, 21, 83, 240, 400, 400}, {0, 1, 6, 15, 41, 86, 140, 150}},
    {D::colorectal_cancer,
     "registry-2022",
     {0, 2, 14, 46, 150, 350, 580, 650},
     {0, 2, 11, 36, 110, 230, 370, 430}},
    {D::liver_cancer, "registry-2022", {0, 1, 11, 46, 110, 170, 180, 170}, {0, 1, 4, 12, 29, 58, 87, 110}},
    {D::breast_cancer, "registry-2022", {0, 0, 0, 0, 0, 0, 0, 0}, {0, 5, 58, 230, 460, 500, 410, 290}},
    {D::thyroid_cancer,
     "registry-2022",
     {0, 30, 130, 130, 120, 90, 60, 30},
     {7, 79, 320, 380, 390, 340, 200, 79}},
    {D::cervical_cancer, "registry-2022", {0, 0, 0, 0, 0, 0, 0, 0}, {0, 3, 34, 93, 160, 160, 130, 93}},
};
static_assert(std::size(kPrevalence) == kDiseases);

constexpr Anchor kAnchors[] = {
    {D::hypertension, "CHS", 'b', 18, 200, 27900, "≥18, crude", true},
    {D::hypertension, "CHS", 'b', 18, 25, 4000, "18–24"},
    {D::hypertension, "CHS", 'b', 25, 35, 6100, "25–34"},
    {D::hypertension, "CHS", 'b', 35, 45, 15000, "35–44"},
    {D::hypertension, "CHS", 'b', 45, 55, 29600, "45–54"},
    {D::hypertension, "CHS", 'b', 55, 65, 44600, "55–64"},
    {D::hypertension, "CHS", 'b', 65, 75, 55700, "65–74"},
    {D::hypertension, "CHS", 'b', 75, 200, 60200, "≥75"},
    {D::diabetes, "diabetes-2013", 'b', 18, 200, 10900, "≥18", true},
    {D::diabetes, "diabetes-2013", 'm', 18, 200, 11700, "men"},
    {D::diabetes, "diabetes-2013", 'f', 18, 200, 10200, "women"},
    {D::diabetes, "diabetes-2013", 'b', 18, 40, 5900, "<40"},
    {D::diabetes, "diabetes-2013", 'b', 40, 60, 12900, "40–59"},
    {D::diabetes, "diabetes-2013", 'b', 60, 200, 20200, "≥60"},
    {D::coronary, "NHSS-2013", 'b', 15, 200, 1020, "≥15"},
    {D::coronary, "NHSS-2013", 'b', 60, 200, 2780, "≥60"},
    {D::stroke, "NESS", 'b', 20, 200, 1242, "≥20, crude: 1596 × 77.8 % ischaemic", true},
    {D::copd, "CPH", 'b', 20, 200, 8600, "≥20", true},
    {D::copd, "CPH", 'm', 20, 200, 11900, "men ≥20", true},
    {D::copd, "CPH", 'f', 20, 200, 5400, "women ≥20", true},
    {D::copd, "CPH", 'b', 20, 40, 2100, "20–39", true},
    {D::copd, "CPH", 'b', 40, 200, 13700, "≥40", true},
    {D::kidney, "CKD-2018", 'b', 18, 200, 8200, "≥18"},
    {D::asthma, "asthma-CPH", 'b', 20, 200, 4200, "≥20", true},
    {D::depression, "CMHS", 'b', 18, 200, 3600, "≥18, 12 months"},
    {D::depression, "CMHS", 'm', 18, 200, 3000, "men, 12 months"},
    {D::depression, "CMHS", 'f', 18, 200, 4200, "women, 12 months"},
};

constexpr PyramidRow kPyramid[] = {{0, 7788, 1113},  {5, 9024, 1143},   {10, 8526, 1154},  {15, 7268, 1174},
                                   {20, 7494, 1143}, {25, 9185, 1083},  {30, 12415, 1042}, {35, 9901, 1052},
                                   {40, 9296, 1052}, {45, 11422, 1052}, {50, 12116, 1032}, {55, 10140, 1022},
                                   {60, 7338, 1008}, {65, 7401, 967},   {70, 4959, 947},   {75, 3124, 901},
                                   {80, 2038, 809},  {85, 1540, 678}};

constexpr FertilityRow kFertility[] = {{15, 607},  {20, 5522}, {25, 9898}, {30, 6505},
                                       {35, 2691}, {40, 634},  {45, 161}};

constexpr MortalityRow kMortality[] = {
    {1, 400, 340},    {5, 45, 40},       {15, 28, 18},       {25, 50, 22},
    {35, 85, 35},     {45, 200, 90},     {50, 390, 160},     {55, 600, 260},
    {60, 960, 440},   {65, 1550, 760},   {70, 2500, 1350},   {75, 4200, 2600},
    {80, 7000, 4800}, {85, 11300, 8600}, {90, 17000, 14000}, {200, 26000, 23000}};

}  // namespace

std::span<const Publication> publications() { return kPublications; }

int32_t band_of_age(int32_t age) {
  int32_t band = 0;
  while (band + 1 < kAgeBands && age >= kBandStart[band + 1]) ++band;
  return band;
}

const PrevalenceRow& prevalence_of(Disease disease) { return kPrevalence[static_cast<size_t>(disease)]; }
std::span<const Anchor> anchors() { return kAnchors; }
std::span<const PyramidRow> pyramid() { return kPyramid; }
std::span<const FertilityRow> fertility() { return kFertility; }
std::span<const MortalityRow> mortality() { return kMortality; }

}  // namespace witmed::generate
