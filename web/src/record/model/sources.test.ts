import { expect, test } from 'vitest';
import type { Patient, Resource } from '../../fhir/types';
import { Terms } from '../../i18n/terms';
import type { EventWords } from './events';
import { inOne } from '../../app/slices';
import { buildRecord, onlyFrom } from './record';

const words = new Proxy({}, { get: (_, key) => (key === 'dose' || key === 'outside' ? () => '' : String(key)) }) as EventWords;
const terms = new Terms('zh');
const now = Date.parse('2026-01-01');
const patient: Patient = { resourceType: 'Patient', id: 'p', meta: { lastUpdated: '2020-01-01T00:00:00Z' }, managingOrganization: { reference: 'Organization/v' } };
const resources = [
  patient,
  { resourceType: 'Encounter', id: 'e', meta: { lastUpdated: '2025-03-02T00:00:00Z' }, serviceProvider: { reference: 'Organization/h', display: '县医院' }, period: { start: '2025-03-01' } },
  { resourceType: 'Observation', id: 'o', meta: { lastUpdated: '2025-03-09T00:00:00Z' }, encounter: { reference: 'Encounter/e' }, performer: [{ reference: 'Practitioner/x' }], code: { text: '血压' }, effectiveDateTime: '2025-03-01', valueQuantity: { value: 1 } },
  { resourceType: 'AllergyIntolerance', id: 'a', code: { text: '青霉素' }, recorder: { reference: 'Organization/h' } },
  { resourceType: 'Procedure', id: 'pr', code: { text: '换药' }, performer: [{ actor: { reference: 'Organization/v', display: '柳湾村卫生室' } }], performedPeriod: { start: '2024-01-01' } },
  { resourceType: 'Immunization', id: 'i', vaccineCode: { text: '流感' }, occurrenceDateTime: '2023-10-01', meta: { source: 'urn:oid:1.2.3' } },
  { resourceType: 'Condition', id: 'c', code: { text: '高血压' }, recordedDate: '2022-02-02' },
] as Resource[];
const record = inOne(buildRecord(patient, resources, terms, words, now));

test('each institution with its entries, its care and until when its data came in', () => {
  expect(record.sources.map(({ name, count }) => [name, count])).toEqual([['县医院', 3], ['柳湾村卫生室', 2], ['urn:oid:1.2.3', 1], [undefined, 1]]);
  const [hospital, clinic] = record.sources;
  expect(hospital).toMatchObject({ keeper: false, received: { day: '2025-03-09' }, first: { day: '2025-03-01' }, latest: { day: '2025-03-01' } });
  // The name of the institution stands beside another reference to it.
  expect(clinic).toMatchObject({ keeper: true, latest: { day: '2024-01-01' } });
});

test('one institution alone: its entries, with names known from the whole', () => {
  const one = onlyFrom(record, '县医院', terms, words, now);
  expect(one.resources.map((each) => each.id)).toEqual(['p', 'e', 'o', 'a']);
  expect(one.events.map((event) => event.institution)).toEqual(['县医院', '县医院']);
  expect(onlyFrom(record, undefined, terms, words, now).resources.map((each) => each.id)).toEqual(['p', 'c']);
});
