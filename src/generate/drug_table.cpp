#include "generate/drug_table.h"

#include <iterator>

namespace witmed::generate {
namespace {

using D = Drug;
using enum Route;

constexpr DrugRow kRows[] = {
    {D::none, "", "", "", 0, "", 0, oral},
    {D::amlodipine, "C08CA01", "苯磺酸氨氯地平片 5mg", "amlodipine", 5000, "mg", 1, oral},
    {D::nifedipine, "C08CA05", "硝苯地平缓释片 20mg", "nifedipine", 20000, "mg", 2, oral},
    {D::enalapril, "C09AA02", "马来酸依那普利片 10mg", "enalapril", 10000, "mg", 1, oral},
    {D::valsartan, "C09CA03", "缬沙坦胶囊 80mg", "valsartan", 80000, "mg", 1, oral},
    {D::hydrochlorothiazide, "C03AA03", "氢氯噻嗪片 12.5mg", "hydrochlorothiazide", 12500, "mg", 1, oral},
    {D::metoprolol, "C07AB02", "酒石酸美托洛尔片 25mg", "metoprolol", 25000, "mg", 2, oral},
    {D::metformin, "A10BA02", "盐酸二甲双胍片 0.5g", "metformin", 500, "g", 2, oral},
    {D::glimepiride, "A10BB12", "格列美脲片 2mg", "glimepiride", 2000, "mg", 1, oral},
    {D::acarbose, "A10BF01", "阿卡波糖片 50mg", "acarbose", 50000, "mg", 3, oral},
    {D::insulin_glargine, "A10AE04", "甘精胰岛素注射液 3ml:300单位", "insulin glargine", 14000, "[iU]", 1,
     subcutaneous},
    {D::atorvastatin, "C10AA05", "阿托伐他汀钙片 20mg", "atorvastatin", 20000, "mg", 1, oral},
    {D::simvastatin, "C10AA01", "辛伐他汀片 20mg", "simvastatin", 20000, "mg", 1, oral},
    {D::aspirin, "B01AC06", "阿司匹林肠溶片 100mg", "acetylsalicylic acid", 100000, "mg", 1, oral},
    {D::clopidogrel, "B01AC04", "硫酸氢氯吡格雷片 75mg", "clopidogrel", 75000, "mg", 1, oral},
    {D::isosorbide, "C01DA14", "单硝酸异山梨酯片 20mg", "isosorbide mononitrate", 20000, "mg", 2, oral},
    {D::furosemide, "C03CA01", "呋塞米片 20mg", "furosemide", 20000, "mg", 1, oral},
    {D::tiotropium, "R03BB04", "噻托溴铵吸入粉雾剂 18μg", "tiotropium bromide", 18000, "ug", 1, inhaled},
    {D::salbutamol, "R03AC02", "硫酸沙丁胺醇吸入气雾剂 100μg", "salbutamol", 200000, "ug", 3, inhaled},
    {D::theophylline, "R03DA04", "茶碱缓释片 0.1g", "theophylline", 100, "g", 2, oral},
    {D::budesonide, "R03BA02", "布地奈德吸入气雾剂 200μg", "budesonide", 200000, "ug", 2, inhaled},
    {D::amoxicillin, "J01CA04", "阿莫西林胶囊 0.5g", "amoxicillin", 500, "g", 3, oral},
    {D::cefuroxime, "J01DC02", "头孢呋辛酯片 0.25g", "cefuroxime", 250, "g", 2, oral},
    {D::ceftriaxone, "J01DD04", "注射用头孢曲松钠 1g", "ceftriaxone", 2000, "g", 1, intravenous},
    {D::levofloxacin, "J01MA12", "盐酸左氧氟沙星片 0.5g", "levofloxacin", 500, "g", 1, oral},
    {D::azithromycin, "J01FA10", "阿奇霉素干混悬剂 0.1g", "azithromycin", 200, "g", 1, oral},
    {D::ibuprofen, "M01AE01", "布洛芬缓释胶囊 0.3g", "ibuprofen", 300, "g", 2, oral},
    {D::paracetamol, "N02BE01", "对乙酰氨基酚片 0.5g", "paracetamol", 500, "g", 3, oral},
    {D::ambroxol, "R05CB06", "盐酸氨溴索片 30mg", "ambroxol", 30000, "mg", 3, oral},
    {D::lianhua, "", "连花清瘟胶囊 0.35g", "Lianhua Qingwen capsules", 1400, "g", 3, oral},
    {D::omeprazole, "A02BC01", "奥美拉唑肠溶胶囊 20mg", "omeprazole", 20000, "mg", 1, oral},
    {D::domperidone, "A03FA03", "多潘立酮片 10mg", "domperidone", 10000, "mg", 3, oral},
    {D::montmorillonite, "A07BC05", "蒙脱石散 3g", "diosmectite", 3000, "g", 3, oral},
    {D::rehydration, "A07CA", "口服补液盐散(Ⅲ) 5.125g", "oral rehydration salts", 5125, "g", 2, oral},
    {D::loratadine, "R06AX13", "氯雷他定片 10mg", "loratadine", 10000, "mg", 1, oral},
    {D::calamine, "D02AB", "炉甘石洗剂 100ml", "calamine lotion", 5000, "mL", 3, topical},
    {D::diclofenac, "M02AA15", "双氯芬酸二乙胺乳胶剂 20g", "diclofenac gel", 2000, "g", 3, topical},
    {D::mecobalamin, "B03BA05", "甲钴胺片 0.5mg", "mecobalamin", 500, "mg", 3, oral},
    {D::entecavir, "J05AF10", "恩替卡韦分散片 0.5mg", "entecavir", 500, "mg", 1, oral},
    {D::tamsulosin, "G04CA02", "盐酸坦索罗辛缓释胶囊 0.2mg", "tamsulosin", 200, "mg", 1, oral},
    {D::finasteride, "G04CB01", "非那雄胺片 5mg", "finasteride", 5000, "mg", 1, oral},
    {D::calcium, "A12AX", "碳酸钙D3片 600mg", "calcium carbonate and vitamin D3", 600000, "mg", 1, oral},
    {D::alendronate, "M05BA04", "阿仑膦酸钠片 70mg", "alendronic acid", 70000, "mg", 0, oral},
    {D::ferrous, "B03AA07", "硫酸亚铁片 0.3g", "ferrous sulfate", 300, "g", 2, oral},
    {D::folic_acid, "B03BB01", "叶酸片 0.4mg", "folic acid", 400, "mg", 1, oral},
    {D::erythropoietin, "B03XA01", "重组人促红素注射液 10000IU", "erythropoietin", 10000000, "[iU]", 0,
     subcutaneous},
    {D::heparin, "B01AB05", "依诺肝素钠注射液 4000AxaIU", "enoxaparin", 4000000, "[iU]", 1, subcutaneous},
    {D::capecitabine, "L01BC06", "卡培他滨片 0.5g", "capecitabine", 1500, "g", 2, oral},
    {D::oxytocin, "H01BB02", "缩宫素注射液 10单位", "oxytocin", 10000, "[iU]", 1, intramuscular},
    {D::morphine, "N02AA01", "硫酸吗啡缓释片 10mg", "morphine", 10000, "mg", 2, oral},
    {D::acyclovir, "J05AB01", "阿昔洛韦片 0.2g", "aciclovir", 800, "g", 5, oral},
    {D::levothyroxine, "H03AA01", "左甲状腺素钠片 50μg", "levothyroxine sodium", 50000, "ug", 1, oral},
    {D::zopiclone, "N05CF01", "佐匹克隆片 7.5mg", "zopiclone", 7500, "mg", 1, oral},
    {D::chlorhexidine, "A01AB03", "复方氯己定含漱液", "chlorhexidine mouthwash", 10000, "mL", 3, topical},
    {D::tetanus, "J06BB02", "破伤风人免疫球蛋白 250IU", "tetanus immunoglobulin", 250000, "[iU]", 1,
     intramuscular},
    {D::sertraline, "N06AB06", "盐酸舍曲林片 50mg", "sertraline", 50000, "mg", 1, oral},
    {D::tamoxifen, "L02BA01", "枸橼酸他莫昔芬片 10mg", "tamoxifen", 10000, "mg", 2, oral},
    {D::cisplatin, "L01XA01", "注射用顺铂 30mg", "cisplatin", 30000, "mg", 1, intravenous},
};
static_assert(std::size(kRows) == static_cast<size_t>(Drug::count));

constexpr RouteRow kRoutes[] = {{"26643006", "口服", "Oral route"},
                                {"447694001", "吸入", "Respiratory tract route"},
                                {"47625008", "静脉滴注", "Intravenous route"},
                                {"34206005", "皮下注射", "Subcutaneous route"},
                                {"78421000", "肌内注射", "Intramuscular route"},
                                {"6064005", "外用", "Topical route"}};

}  // namespace

const DrugRow& row_of(Drug drug) { return kRows[static_cast<size_t>(drug)]; }
const RouteRow& row_of(Route route) { return kRoutes[static_cast<size_t>(route)]; }

}  // namespace witmed::generate
