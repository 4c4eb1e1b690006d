import { expect, test } from 'vitest';
import { newBed, newStaff, newWard, validity, wardsOf } from './institution';

const at = new Date('2026-11-22T10:00:00').getTime();
const until = (...ends: (string | undefined)[]) => validity({ resourceType: 'Practitioner', qualification: ends.map((end) => ({ period: { end } })) }, at);

test.each([
  [[], { kind: 'none' }], [[undefined], { kind: 'unlimited' }], [['2026-11-21'], { kind: 'expired', until: '2026-11-21' }], [['2026-11-22'], { kind: 'expiring', until: '2026-11-22', days: 0 }],
  [['2026-12-22'], { kind: 'expiring', until: '2026-12-22', days: 30 }], [['2028-01-01'], { kind: 'valid', until: '2028-01-01' }], [['2020-01-01', '2028-01-01'], { kind: 'valid', until: '2028-01-01' }],
])('licences until %j', (ends, expected) => expect(until(...(ends as string[]))).toEqual(expected));

test('beds stand in their ward, in the order of their numbers', () => {
  const ward = { ...newWard('内科一病区', 'o'), id: 'w' };
  const wards = wardsOf([newBed('10', 'o', 'w'), newBed('2', 'o', 'w'), ward, newBed('1', 'o', 'elsewhere')]);
  expect(wards.map((each) => [each.ward.name, each.beds.map((bed) => bed.name)])).toEqual([['内科一病区', ['2', '10']]]);
});

test('staff without a licence have no qualification', () => {
  expect(newStaff({ name: '李', sex: '' }).qualification).toBeUndefined();
  expect(newStaff({ name: '李', licence: 'x1', until: '2030-01-01' }).qualification).toEqual([{ identifier: [{ system: 'urn:witmed:id:practitioner-licence', value: 'X1' }], code: { text: '执业证书' }, period: { start: undefined, end: '2030-01-01' } }]);
});
