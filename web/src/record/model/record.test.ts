import { expect, test } from 'vitest';
import type { Patient, Resource } from '../../fhir/types';
import { Terms } from '../../i18n/terms';
import type { EventWords } from './events';
import { inOne } from '../../app/slices';
import { buildRecord } from './record';
import { lastOf } from './series';

const words: EventWords = {
  visit: 'visit', vitals: 'vitals', result: 'result', report: 'report', plan: 'plan', ambulatory: 'out', inpatient: 'in', emergency: 'er', home: 'home', virtual: 'online',
  dose: (n) => `dose ${n}`, outside: (n, of) => `${n}/${of}`,
};
const patient: Patient = { resourceType: 'Patient', id: 'p', birthDate: '1950-01-01', meta: { tag: [{ system: 'urn:witmed:tag', code: 'synthetic' }] } };
const make = (resources: object[], language: 'zh' | 'en' = 'zh') => inOne(buildRecord(patient, [patient, ...(resources as Resource[])], new Terms(language), words, Date.parse('2026-01-01')));
const loinc = (code: string, text?: string) => ({ coding: [{ system: 'http://loinc.org', code }], text });
const vital = [{ coding: [{ code: 'vital-signs' }] }];
const observation = (id: string, code: string, value: number, more: object = {}) => ({
  resourceType: 'Observation', id, status: 'final', code: loinc(code), effectiveDateTime: '2025-05-01T09:00:00+08:00', valueQuantity: { value, unit: 'mmol/L' }, ...more,
});

test('results of a report are one entry, that tells how many are outside', () => {
  const normal = { referenceRange: [{ low: { value: 1 }, high: { value: 5 } }] };
  const record = make([
    observation('a', '14771-0', 9, normal), observation('b', '14647-2', 4, normal), observation('c', '14927-8', 2),
    { resourceType: 'DiagnosticReport', id: 'd', status: 'final', code: { text: '血脂' }, effectiveDateTime: '2025-05-01T10:00:00+08:00', result: [{ reference: 'Observation/a' }, { reference: 'Observation/b' }] },
  ]);
  const results = record.events.filter((event) => event.kind === 'result');
  expect(results.map((event) => event.title)).toEqual(['血脂', '甘油三酯']);
  expect(results[0]).toMatchObject({ flag: 'high' });
  expect(results[0]!.detail).toContain('1/2');
  expect(results[1]).toMatchObject({ flag: 'unknown' });
  expect(results[0]!.resources).toHaveLength(3);
});

test('vital signs of one visit are one entry; a blood pressure reads as a pair', () => {
  const panel = {
    resourceType: 'Observation', id: 'bp', status: 'final', category: vital, code: loinc('85354-9', '血压'), encounter: { reference: 'Encounter/e' }, effectiveDateTime: '2025-05-01T09:00:00+08:00',
    component: [['8480-6', 150, 139], ['8462-4', 80, 89]].map(([code, value, high]) => ({ code: loinc(String(code)), valueQuantity: { value, unit: 'mmHg', code: 'mm[Hg]' }, referenceRange: [{ high: { value: high } }] })),
  };
  const record = make([panel, observation('hr', '8867-4', 70, { category: vital, encounter: { reference: 'Encounter/e' } })]);
  expect(record.events).toHaveLength(1);
  expect(record.events[0]).toMatchObject({ kind: 'vital', flag: 'high', detail: '血压 150/80 mmHg · 心率 70 mmol/L' });
  const series = record.series.find((each) => each.name === '血压')!;
  expect(series.lines.map((line) => line.name)).toEqual(['收缩压', '舒张压']);
  expect(lastOf(series)).toMatchObject({ text: '150/80', flag: 'high' });
});

test('series of one code split by unit, and show the decimals of their most exact value', () => {
  const record = make([
    observation('a', '14771-0', 5), observation('b', '14771-0', 6.4, { effectiveDateTime: '2025-04-01' }),
    observation('c', '14771-0', 98, { valueQuantity: { value: 98, unit: 'mg/dL' } }),
  ]);
  expect(record.series.map((each) => [each.unit, each.count])).toEqual([['mmol/L', 2], ['mg/dL', 1]]);
  expect(lastOf(record.series[0]!)).toMatchObject({ text: '5.0' });
});

test('what was entered in error is not in the record', () => {
  const record = make([
    observation('a', '14771-0', 9, { status: 'entered-in-error' }),
    { resourceType: 'Condition', id: 'c', code: { text: '高血压' }, recordedDate: '2020-01-01', verificationStatus: { coding: [{ code: 'refuted' }] } },
    { resourceType: 'MedicationRequest', id: 'm', status: 'entered-in-error', authoredOn: '2020-01-01', medicationCodeableConcept: { text: 'x' } },
  ]);
  expect(record.events).toEqual([]);
  expect(record.series).toEqual([]);
  expect(record.problems).toEqual([]);
  expect(record.medicines).toEqual([]);
});

test('the institution: named author first, then the visit, then where the author works; else none', () => {
  const condition = (id: string, more: object) => ({ resourceType: 'Condition', id, code: { coding: [{ code: id }] }, recordedDate: '2024-01-01', ...more });
  const record = make([
    { resourceType: 'Organization', id: 'o1', name: '村卫生室' }, { resourceType: 'Organization', id: 'o2', name: '县医院' },
    { resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' }, period: { start: '2024-01-01' }, serviceProvider: { reference: 'Organization/o1' } },
    { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'Practitioner/x' }, organization: { reference: 'Organization/o2' } },
    condition('A', { recorder: { reference: 'Organization/o2' }, encounter: { reference: 'Encounter/e' } }),
    condition('B', { recorder: { reference: 'Practitioner/x' }, encounter: { reference: 'Encounter/e' } }),
    condition('C', { recorder: { reference: 'Practitioner/x' } }), condition('D', {}),
  ]);
  const at = (code: string) => record.events.find((event) => event.key === `Condition/${code}`)!.institution;
  expect([at('A'), at('B'), at('C'), at('D')]).toEqual(['县医院', '村卫生室', '县医院', undefined]);
  expect(record.institutions[0]).toEqual({ name: '村卫生室', count: 2 });
});

test('allergies: none written is not the same as none known', () => {
  expect(make([])).toMatchObject({ allergies: [], noKnownAllergy: false });
  expect(make([{ resourceType: 'AllergyIntolerance', id: 'n', code: { coding: [{ code: '716186003' }] } }])).toMatchObject({ allergies: [], noKnownAllergy: true });
  const record = make([
    { resourceType: 'AllergyIntolerance', id: 'n', code: { coding: [{ code: '716186003' }] } },
    { resourceType: 'AllergyIntolerance', id: 'a', criticality: 'high', code: { text: '青霉素' }, reaction: [{ manifestation: [{ text: '皮疹' }] }] },
    { resourceType: 'AllergyIntolerance', id: 'b', code: { text: '花粉' }, clinicalStatus: { coding: [{ code: 'resolved' }] } },
  ]);
  expect(record.noKnownAllergy).toBe(false);
  expect(record.allergies.map((each) => each.name)).toEqual(['青霉素']);
  expect(record.allergies[0]).toMatchObject({ severe: true, reactions: ['皮疹'] });
});

test('problems: one line a code, chronic first, an acute one is as it was last', () => {
  const condition = (id: string, code: string, day: string, status: string) => ({ resourceType: 'Condition', id, code: { coding: [{ code }] }, recordedDate: day, clinicalStatus: { coding: [{ code: status }] } });
  const { problems } = make([
    condition('1', 'J06.900', '2024-01-01', 'active'), condition('2', 'J06.900', '2025-01-01', 'resolved'),
    condition('3', 'I10.x00', '2010-01-01', 'active'), condition('4', 'I10.x00', '2025-01-01', 'resolved'), condition('5', 'R51.x00', '2025-10-01', 'active'),
  ]);
  expect(problems.map(({ code, active, times }) => [code, active, times])).toEqual([['I10.x00', true, 2], ['R51.x00', true, 1], ['J06.900', false, 2]]);
  expect(problems[0]!.since!.day).toBe('2010-01-01');
});

test('newest first; the tag says that the data is synthetic', () => {
  const record = make([observation('a', '14771-0', 5), observation('b', '14771-0', 6, { effectiveDateTime: '2025-06' }), observation('c', '14771-0', 7, { effectiveDateTime: '2019' })]);
  expect(record.events.map((event) => event.at.day)).toEqual(['2025-06', '2025-05-01', '2019']);
  expect(record.synthetic).toBe(true);
});
