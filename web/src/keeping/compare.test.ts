import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { Patient } from '../fhir/types';
import { likeness, residentRows } from './compare';

const t = ((key: string) => key) as TFunction;
const patient = (rest: Partial<Patient>): Patient => ({ resourceType: 'Patient', ...rest });

test('likeness: written otherwise is the same, absent is not different', () => {
  expect(likeness({ label: '', one: '买买提·艾力', other: '买买提•艾力' })).toBe('same');
  expect(likeness({ label: '', one: '138 0013 8000', other: '13800138000' })).toBe('same');
  expect(likeness({ label: '', one: '1980-01-02', other: '1980-02-01' })).toBe('different');
  expect(likeness({ label: '', one: '', other: '1980' })).toBe('one-only');
  expect(likeness({ label: '', one: '', other: '' })).toBe('neither');
  expect(likeness({ label: '', one: '3', other: '9', counted: true })).toBe('counted');
});

test('numbers are paired by what they are, not by their place', () => {
  const rows = residentRows(t, patient({ identifier: [{ system: 'a', value: '1' }, { system: 'b', value: '2', type: { text: '护照' } }] }), patient({ identifier: [{ system: 'b', value: '2' }] }));
  const passport = rows.find((each) => each.label === '护照')!;
  expect([passport.one, passport.other, likeness(passport)]).toEqual(['2', '2', 'same']);
  const other = rows.find((each) => each.label === 'a')!;
  expect([other.one, other.other, likeness(other)]).toEqual(['1', '', 'one-only']);
});

test('alive is said of somebody of whom no death is known', () => {
  const rows = residentRows(t, patient({}), patient({ deceasedDateTime: '2020-01-02T00:00:00Z' }));
  expect(likeness(rows.find((each) => each.label === 'keeping.compare.life')!)).toBe('different');
});
