// The overview's figures, from plain FHIR searches.
import type { FhirClient } from '../../fhir/client';
import { codeOf, conceptKey } from '../../fhir/text';
import { ageParts, parseMoment } from '../../fhir/time';
import type { Bundle, CodeableConcept, Condition, Encounter, Patient } from '../../fhir/types';
import { isDeceased } from '../../i18n/person';
import { isChronic } from '../../record/model/problems';

export const COUNTED = [
  'Patient', 'Encounter', 'Condition', 'Observation', 'DiagnosticReport', 'MedicationRequest', 'Procedure', 'Immunization', 'AllergyIntolerance', 'CarePlan', 'CareTeam', 'Coverage',
  'RelatedPerson', 'Organization', 'Practitioner', 'Location',
] as const;

// More than this is not fetched into a browser; the page then says that it shows a part.
const FETCH_LIMIT = 20_000;
const PAGE = 2000;

export interface Band { from: number; male: number; female: number }
export interface Pyramid { bands: Band[]; unknown: number; whole: boolean; counted: number }

export const BAND_YEARS = 5;
const LAST_BAND = 90;

export function pyramidOf(patients: Patient[], whole: boolean, now: number): Pyramid {
  const bands: Band[] = [];
  for (let from = 0; from <= LAST_BAND; from += BAND_YEARS) bands.push({ from, male: 0, female: 0 });
  let unknown = 0;
  for (const patient of patients) {
    if (isDeceased(patient)) continue;
    const birth = parseMoment(patient.birthDate);
    const sex = patient.gender;
    if (!birth || birth.ms > now || (sex !== 'male' && sex !== 'female')) {
      unknown += 1;
      continue;
    }
    const { years } = ageParts(birth, now);
    bands[Math.min(Math.floor(years / BAND_YEARS), bands.length - 1)]![sex] += 1;
  }
  return { bands, unknown, whole, counted: patients.length };
}

export async function loadPyramid(client: FhirClient, signal: AbortSignal): Promise<Pyramid> {
  const { resources, whole } = await client.all(`/Patient?_elements=birthDate,gender,deceased&_count=${PAGE}`, FETCH_LIMIT, signal);
  return pyramidOf(resources as Patient[], whole, Date.now());
}

export interface Frequency { key: string; code: CodeableConcept; people: number }
export interface Frequencies { chronic: Frequency[]; all: Frequency[]; whole: boolean; counted: number }

// How many people have each diagnosis, however often it was written.
export function frequenciesOf(conditions: Condition[], whole: boolean, limit: number): Frequencies {
  const people = new Map<string, { code: CodeableConcept; who: Set<string> }>();
  for (const condition of conditions) {
    const key = conceptKey(condition.code);
    if (key === undefined || !condition.code) continue;
    const entry = people.get(key) ?? { code: condition.code, who: new Set<string>() };
    people.set(key, entry);
    entry.who.add((condition as Condition & { subject?: { reference?: string } }).subject?.reference ?? condition.id ?? '');
  }
  const sorted = [...people].map(([key, { code, who }]) => ({ key, code, people: who.size })).sort((a, b) => b.people - a.people || (a.key < b.key ? -1 : 1));
  const chronic = sorted.filter(({ code }) => isChronic(codeOf(code)));
  return { chronic: chronic.slice(0, limit), all: sorted.slice(0, limit), whole, counted: conditions.length };
}

export async function loadFrequencies(client: FhirClient, signal: AbortSignal): Promise<Frequencies> {
  const { resources, whole } = await client.all(`/Condition?_elements=code,subject&_count=${PAGE}`, FETCH_LIMIT, signal);
  return frequenciesOf(resources as Condition[], whole, 12);
}

export interface Month { month: string; visits: number }

// The `count` months that end with `last` ("2026-01"), oldest first.
export function monthsUpTo(last: string, count: number): string[] {
  let year = Number(last.slice(0, 4));
  let month = Number(last.slice(5, 7));
  const months: string[] = [];
  for (let i = 0; i < count; i++) {
    months.unshift(`${year}-${String(month).padStart(2, '0')}`);
    month -= 1;
    if (month === 0) {
      month = 12;
      year -= 1;
    }
  }
  return months;
}

// Exact counts by the server: one small request a month, so that a region of any size costs the same.
export async function loadMonths(client: FhirClient, signal: AbortSignal): Promise<Month[]> {
  const newest = await client.get<Bundle>('/Encounter?_sort=-date&_count=1&_elements=period', signal);
  const visit = newest.entry?.[0]?.resource as Encounter | undefined;
  const start = visit?.period?.start;
  if (!start) return [];
  return Promise.all(monthsUpTo(start.slice(0, 7), 24).map(async (month) => ({ month, visits: await client.count(`Encounter?date=sa${previous(month)}&date=lt${following(month)}`, signal) })));
}

const previous = (month: string) => monthsUpTo(month, 2)[0]!;

function following(month: string): string {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5, 7));
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

export async function loadChanges(client: FhirClient, signal: AbortSignal) {
  return (await client.get<Bundle>('/_history?_count=20', signal)).entry ?? [];
}

export interface Count { type: string; count: number }

export async function loadCounts(client: FhirClient, signal: AbortSignal): Promise<Count[]> {
  return Promise.all(COUNTED.map(async (type) => ({ type, count: await client.count(type, signal) })));
}
