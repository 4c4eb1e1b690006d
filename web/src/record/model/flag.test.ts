import { expect, test } from 'vitest';
import { flagOf, graver } from './flag';

const range = (low?: number, high?: number) => [{ low: low === undefined ? undefined : { value: low }, high: high === undefined ? undefined : { value: high } }];
const value = (number: number, low?: number, high?: number) => ({ valueQuantity: { value: number }, referenceRange: range(low, high) });

test('against the range: inside, on the edge, outside', () => {
  expect(flagOf(value(5, 4, 6))).toBe('within');
  expect(flagOf(value(6, 4, 6))).toBe('within');
  expect(flagOf(value(6.1, 4, 6))).toBe('high');
  expect(flagOf(value(3.9, 4, 6))).toBe('low');
});
test('a one-sided range judges its side', () => {
  expect(flagOf(value(80, 90))).toBe('low');
  expect(flagOf(value(95, 90))).toBe('within');
});
test('nothing to judge by is unknown, never fine', () => {
  expect(flagOf({ valueQuantity: { value: 5 } })).toBe('unknown');
  expect(flagOf({ valueQuantity: { value: 5 }, referenceRange: [{ text: 'see note' }] })).toBe('unknown');
  expect(flagOf({ valueString: '阴性' })).toBe('unknown');
  expect(flagOf({})).toBe('unknown');
});
test("the institution's own judgement comes first", () => {
  expect(flagOf({ ...value(5, 4, 6), interpretation: [{ coding: [{ code: 'HH' }] }] })).toBe('high');
  expect(flagOf({ valueString: '+', interpretation: [{ coding: [{ code: 'A' }] }] })).toBe('abnormal');
});
test('"below 5" cannot be called within a range from 4', () => {
  expect(flagOf({ valueQuantity: { value: 5, comparator: '<' }, referenceRange: range(4, 6) })).toBe('unknown');
  expect(flagOf({ valueQuantity: { value: 3, comparator: '<' }, referenceRange: range(4, 6) })).toBe('low');
});
test('a group shows its gravest member', () => {
  expect(graver('within', 'unknown')).toBe('unknown');
  expect(graver('unknown', 'low')).toBe('low');
  expect(graver('high', 'within')).toBe('high');
});
