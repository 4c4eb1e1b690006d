// Two institutions side by side, row by row: plain functions.
import type { TFunction } from 'i18next';
import { addressText, conceptText, targetOf } from '../fhir/text';
import type { Organization } from '../fhir/types';
import { CREDIT_CODE, DESIGNATION, LICENCE, numberOf } from './institution';

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
