import { expect, test } from 'vitest';
import { DAY } from '../../fhir/time';
import type { MedicationRequest } from '../../fhir/types';
import { Terms } from '../../i18n/terms';
import { Directory } from './directory';
import { MedicineNames, medicinesOf, supplyEnd } from './medicines';

const request = (day: string, days?: number, more: Partial<MedicationRequest> = {}): MedicationRequest => ({
  resourceType: 'MedicationRequest', id: day, status: 'active', authoredOn: day,
  medicationCodeableConcept: { coding: [{ system: 'http://www.whocc.no/atc', code: 'C08CA01' }], text: '氨氯地平片' },
  dosageInstruction: [{ text: '每日1次' }],
  dispenseRequest: days === undefined ? undefined : { expectedSupplyDuration: { value: days, code: 'd' } },
  ...more,
});
const at = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();
const made = (requests: MedicationRequest[], now: number) => medicinesOf(requests, new MedicineNames([]), new Directory([]), new Terms('zh'), now)[0]!;

test('refills within two weeks are one course, a longer pause begins another', () => {
  const medicine = made([request('2025-03-10', 28), request('2025-01-01', 28), request('2025-02-05', 28), request('2025-06-01', 28)], at(2025, 6, 10));
  expect(medicine.courses.map((course) => course.requests)).toEqual([3, 1]);
  expect(medicine.courses[0]!.to).toBe(at(2025, 3, 10) + 28 * DAY);
});
test('another dose begins another course', () => {
  const medicine = made([request('2025-01-01', 28), request('2025-01-20', 28, { dosageInstruction: [{ text: '每日2次' }] })], at(2025, 2, 1));
  expect(medicine.courses).toHaveLength(2);
});
test('what can be said today', () => {
  expect(made([request('2025-01-01', 28)], at(2025, 1, 20)).intake).toBe('taking');
  expect(made([request('2025-01-01', 28)], at(2025, 3, 1)).intake).toBe('runOut');
  expect(made([request('2025-01-01')], at(2025, 1, 2)).intake).toBe('unclear');
  expect(made([request('2025-01-01', 28, { status: 'stopped' })], at(2025, 1, 2)).intake).toBe('ended');
});
test('repeats lengthen the supply; a bounds period says it outright', () => {
  expect(supplyEnd(request('2025-01-01', undefined, { dispenseRequest: { expectedSupplyDuration: { value: 2, code: 'wk' }, numberOfRepeatsAllowed: 1 } }), 0)).toBe(28 * DAY);
  expect(supplyEnd(request('2025-01-01', undefined, { dosageInstruction: [{ timing: { repeat: { boundsPeriod: { end: '2025-02-01' } } } }] }), 0)).toBe(at(2025, 2, 1));
  expect(supplyEnd(request('2025-01-01'), 0)).toBeUndefined();
});
