import { expect, test } from 'vitest';
import { frequenciesOf, monthsUpTo, pyramidOf } from './figures';

const person = (birthDate: string | undefined, gender: string, more: object = {}) => ({ resourceType: 'Patient', birthDate, gender, ...more });
const now = new Date(2026, 0, 1).getTime();

test('the living by age band and sex; the dead not, the unknown apart', () => {
  const pyramid = pyramidOf([
    person('2025-12-31', 'male'), person('2021-01-02', 'female'), person('2021-01-01', 'female'), person('1930-05-05', 'male'), person('1950-01-01', 'male', { deceasedDateTime: '2020-01-01' }),
    person(undefined, 'male'), person('1990', 'unknown'),
  ], true, now);
  expect(pyramid.bands.filter((band) => band.male + band.female > 0)).toEqual([{ from: 0, male: 1, female: 1 }, { from: 5, male: 0, female: 1 }, { from: 90, male: 1, female: 0 }]);
  expect(pyramid.unknown).toBe(2);
});

test('people are counted, not diagnoses', () => {
  const condition = (code: string, who: string) => ({ resourceType: 'Condition', code: { coding: [{ code }] }, subject: { reference: who } });
  const { all, chronic } = frequenciesOf([condition('I10', 'Patient/a'), condition('I10', 'Patient/a'), condition('J06', 'Patient/a'), condition('J06', 'Patient/b')], true, 10);
  expect(all.map((each) => [each.key, each.people])).toEqual([['|J06', 2], ['|I10', 1]]);
  expect(chronic.map((each) => each.key)).toEqual(['|I10']);
});

test('months over the turn of a year', () => expect(monthsUpTo('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']));
