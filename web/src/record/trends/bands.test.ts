import { expect, test } from 'vitest';
import type { Point } from '../model/series';
import { bandsOf } from './bands';

const point = (ms: number, low?: number, high?: number): Point => ({
  at: { ms, precision: 'day', day: '' }, value: 0, flag: 'unknown', range: low === undefined && high === undefined ? undefined : { low, high }, observation: { resourceType: 'Observation' },
});
const span = { from: 0, to: 100 };

test('one band while the range stays, another where it changed', () => {
  expect(bandsOf([point(10, 4, 6), point(20, 4, 6), point(30, 3.9, 6.1)], span)).toEqual([{ from: 0, to: 30, low: 4, high: 6 }, { from: 30, to: 100, low: 3.9, high: 6.1 }]);
});
test('no band where no range was given', () => {
  expect(bandsOf([point(10), point(20)], span)).toEqual([]);
  expect(bandsOf([point(10), point(20, undefined, 6)], span)).toEqual([{ from: 0, to: 100, low: undefined, high: 6 }]);
});
