import { expect, test } from 'vitest';
import type { Organization } from '../fhir/types';
import { asWritten, corrected, CREDIT_CODE, newBed, newStaff, newWard, validity, wardsOf } from './institution';

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

test('a correction changes what was touched and leaves the rest as it was', () => {
  const organization: Organization = { resourceType: 'Organization', id: 'o', name: '县医院', identifier: [{ system: CREDIT_CODE, value: '1' }, { system: 'urn:other', value: '9' }], type: [{ coding: [{ code: 'prov' }], text: '医院' }], telecom: [{ system: 'fax', value: '2' }] };
  expect(corrected(organization, asWritten(organization))).toEqual(organization);
  const next = corrected(organization, { ...asWritten(organization), creditCode: 'a2', phone: '1,3' });
  expect(next.identifier).toEqual([{ system: 'urn:other', value: '9' }, { system: CREDIT_CODE, value: 'A2' }]);
  expect(next.telecom).toEqual([{ system: 'phone', value: '1' }, { system: 'phone', value: '3' }, { system: 'fax', value: '2' }]);
  expect([next.name, next.type]).toEqual([organization.name, organization.type]);
  expect(corrected(next, { ...asWritten(next), creditCode: '' }).identifier).toEqual([{ system: 'urn:other', value: '9' }]);
});
