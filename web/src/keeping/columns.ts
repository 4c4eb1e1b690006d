// The headings of each table, as the server knows them (src/services/keeping/table.cpp).
import type { ImportKind } from './import-run';

export const COLUMNS: Record<ImportKind, string[]> = {
  Patient: ['姓名', '性别', '出生日期', '证件种类', '证件号码', '民族', '电话', '住址', '区县代码', '村居', '网格', '户号', '与户主关系', '联系人', '联系人关系', '联系人电话', '过敏史', '既往史', '婚姻状况', '健康卡号', '医保号', '健康档案编号', '同意建档'],
  Organization: ['机构名称', '统一社会信用代码', '登记号', '医保定点编码', '机构类别', '区县代码', '地址', '电话', '上级机构信用代码'],
  Practitioner: ['姓名', '性别', '工号', '身份证号', '执业类别', '执业证书编号', '证书起', '有效期至', '职称', '机构信用代码', '科室', '电话'],
};
