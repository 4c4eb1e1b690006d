// Two records side by side, row by row: plain functions.
import type { TFunction } from 'i18next';
import { addressText, conceptText, humanName, targetOf } from '../fhir/text';
import type { Organization, Patient } from '../fhir/types';
import { isDeceased, sexText } from '../i18n/person';
import { CREDIT_CODE, DESIGNATION, LICENCE, numberOf } from './institution';
import { extensionOf, formerNames, residency, toldBirth } from './kept';

export interface Row { label: string; one: string; other: string; counted?: boolean }   // '': nothing on record; counted: a number that needs no likeness
export type Likeness = 'same' | 'different' | 'one-only' | 'neither' | 'counted';

const plain = (text: string) => text.replace(/[\s·•・-]/g, '').toUpperCase();

export function likeness({ one, other, counted }: Row): Likeness {
  if (counted) return 'counted';
  if (one === '' && other === '') return 'neither';
  if (one === '' || other === '') return 'one-only';
  return plain(one) === plain(other) ? 'same' : 'different';
}

// Of both, in the same order; what only one of them can have is '' at the other.
function paired<T>(one: T, other: T, list: { label: string; of: (each: T) => string | undefined }[]): Row[] {
  return list.map(({ label, of }) => ({ label, one: of(one)?.trim() ?? '', other: of(other)?.trim() ?? '' }));
}

export const RESIDENT_COUNTS = ['Encounter', 'Condition', 'AllergyIntolerance', 'MedicationRequest', 'Observation', 'DiagnosticReport', 'Immunization'];

export function residentRows(t: TFunction, one: Patient, other: Patient): Row[] {
  const numbers = new Map<string, string>();   // system → what it is called
  for (const each of [...(one.identifier ?? []), ...(other.identifier ?? [])]) if (each.system) numbers.set(each.system, each.type?.text ?? numbers.get(each.system) ?? each.system);
  return [
    ...paired(one, other, [
      { label: t('keeping.name'), of: (each) => humanName(each.name) },
      { label: t('keeping.keep.formerNames'), of: (each) => formerNames(each).join('、') },
      { label: t('keeping.sex'), of: (each) => (each.gender ? sexText(t, each.gender) : undefined) },
      { label: t('keeping.birth'), of: (each) => each.birthDate ?? toldBirth(each) },
      { label: t('keeping.compare.life'), of: (each) => (isDeceased(each) ? [t('person.died'), each.deceasedDateTime?.slice(0, 10)].filter(Boolean).join(' ') : t('keeping.compare.alive')) },
    ]),
    ...[...numbers].map(([system, label]) => paired(one, other, [{ label, of: (each) => each.identifier?.filter((number) => number.system === system).map((number) => number.value).join('、') }])[0]!),
    ...paired(one, other, [
      { label: t('keeping.phone'), of: (each) => each.telecom?.map((number) => number.value).join('、') },
      { label: t('keeping.address'), of: (each) => addressText(each.address) },
      { label: t('keeping.nationality'), of: (each) => extensionOf(each, 'ethnicity')?.valueCodeableConcept?.text },
      { label: t('keeping.contactName'), of: (each) => each.contact?.map((person) => person.name?.text).join('、') },
      { label: t('keeping.compare.residency'), of: (each) => (residency(each) ? t(`keeping.keep.residency.${residency(each)}`) : undefined) },
    ]),
  ];
}

export function institutionRows(t: TFunction, one: Organization, other: Organization): Row[] {
  const word = (key: string) => t(`keeping.institutions.${key}`);
  return paired(one, other, [
    { label: word('name'), of: (each) => each.name },
    { label: word('alias'), of: (each) => each.alias?.join('、') },
    { label: word('creditCode'), of: (each) => numberOf(each.identifier, CREDIT_CODE) },
    { label: word('licence'), of: (each) => numberOf(each.identifier, LICENCE) },
    { label: word('designation'), of: (each) => numberOf(each.identifier, DESIGNATION) },
    { label: word('kind'), of: (each) => conceptText(each.type?.[0]) },
    { label: word('address'), of: (each) => addressText(each.address) },
    { label: word('phone'), of: (each) => each.telecom?.map((number) => number.value).join('、') },
    { label: word('partOf'), of: (each) => each.partOf?.display ?? targetOf(each.partOf) },
    { label: t('keeping.compare.state'), of: (each) => (each.active === false ? word('inactive') : t('keeping.compare.active')) },
  ]);
}
