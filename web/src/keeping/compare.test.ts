import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { Organization } from '../fhir/types';
import { institutionRows, likeness } from './compare';
import { CREDIT_CODE, LICENCE } from './institution';

const t = ((key: string) => key) as TFunction;
const institution = (rest: Partial<Organization>): Organization => ({ resourceType: 'Organization', name: '', ...rest });

test('likeness: written otherwise is the same, absent is not different', () => {
  expect(likeness({ label: '', one: '买买提·艾力', other: '买买提•艾力' })).toBe('same');
  expect(likeness({ label: '', one: '138 0013 8000', other: '13800138000' })).toBe('same');
  expect(likeness({ label: '', one: '1980-01-02', other: '1980-02-01' })).toBe('different');
  expect(likeness({ label: '', one: '', other: '1980' })).toBe('one-only');
  expect(likeness({ label: '', one: '', other: '' })).toBe('neither');
  expect(likeness({ label: '', one: '3', other: '9', counted: true })).toBe('counted');
});

test('numbers are paired by what they are, not by their place', () => {
  const rows = institutionRows(t, institution({ identifier: [{ system: LICENCE, value: '1' }, { system: CREDIT_CODE, value: '2' }] }), institution({ identifier: [{ system: CREDIT_CODE, value: '2' }] }));
  const row = (key: string) => rows.find((each) => each.label === `keeping.institutions.${key}`)!;
  expect([row('creditCode').one, row('creditCode').other, likeness(row('creditCode'))]).toEqual(['2', '2', 'same']);
  expect([row('licence').one, row('licence').other, likeness(row('licence'))]).toEqual(['1', '', 'one-only']);
});
