import { expect, test } from 'vitest';
import { COLUMNS } from './columns';
import { institutionRow, residentRow, staffRow } from './export';

const shown = (kind: keyof typeof COLUMNS, row: string[]) => Object.fromEntries(row.map((text, i) => [COLUMNS[kind][i], text]).filter(([, text]) => text !== ''));

test('a resident: the number that holds now, what was told of a lunar birth, the household', () => {
  const row = residentRow(
    { resourceType: 'Patient', id: 'p', name: [{ text: '王𠮷' }], gender: 'female', _birthDate: { extension: [{ url: 'urn:witmed:ext:date-as-told', valueString: '农历腊月初八' }] }, identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: '110105491231002', use: 'old' }, { system: 'urn:witmed:id:passport', value: 'E12345678' }], address: [{ use: 'old', text: '旧' }, { text: '新', extension: [{ url: 'urn:witmed:ext:village', valueString: '柳湾村' }] }] },
    { resourceType: 'Group', identifier: [{ value: 'H-1' }], member: [{ entity: { reference: 'Patient/p' }, extension: [{ url: 'urn:witmed:ext:household-role', valueString: '户主' }] }] },
  );
  expect(shown('Patient', row)).toEqual({ 姓名: '王𠮷', 性别: '女', 出生日期: '农历腊月初八', 证件种类: '护照', 证件号码: 'E12345678', 住址: '新', 村居: '柳湾村', 户号: 'H-1', 与户主关系: '户主' });
});

test('an institution with its parent, staff with a licence', () => {
  const parent = { resourceType: 'Organization', id: 'a', name: '县医院', identifier: [{ system: 'urn:witmed:id:uscc', value: 'CODE-A' }] };
  expect(shown('Organization', institutionRow({ resourceType: 'Organization', id: 'b', name: '卫生院', partOf: { reference: 'Organization/a' } }, new Map([['a', parent]])))).toEqual({ 机构名称: '卫生院', 上级机构信用代码: 'CODE-A' });
  const row = staffRow({ resourceType: 'Practitioner', name: [{ text: '何' }], qualification: [{ code: { text: '临床' }, identifier: [{ system: 'urn:witmed:id:practitioner-licence', value: 'L1' }], period: { end: '2030-01-01' } }] }, { resourceType: 'PractitionerRole', code: [{ text: '主治医师' }] }, parent);
  expect(shown('Practitioner', row)).toEqual({ 姓名: '何', 执业类别: '临床', 执业证书编号: 'L1', 有效期至: '2030-01-01', 职称: '主治医师', 机构信用代码: 'CODE-A' });
});
