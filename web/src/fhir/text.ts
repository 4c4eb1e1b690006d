// Names of things, from FHIR data types.
import type { Address, CodeableConcept, Coding, HumanName, Identifier, Patient, Reference } from './types';

export const LOINC = 'http://loinc.org';
export const RESIDENT_ID = 'urn:oid:2.16.156.10011.1.3';   // 居民身份证号, OID as published in the WS/T data sets
export const SYNTHETIC_TAG = { system: 'urn:witmed:tag', code: 'synthetic' };

export function conceptText(concept: CodeableConcept | undefined): string | undefined {
  if (!concept) return undefined;
  if (concept.text) return concept.text;
  for (const coding of concept.coding ?? []) if (coding.display) return coding.display;
  return concept.coding?.[0]?.code;
}

export function codeOf(concept: CodeableConcept | undefined, system?: string): string | undefined {
  const codings = concept?.coding;
  if (!codings) return undefined;
  if (system === undefined) return codings[0]?.code;
  for (const coding of codings) if (coding.system === system) return coding.code;
  return undefined;
}

export function hasCode(concepts: CodeableConcept[] | undefined, code: string): boolean {
  for (const concept of concepts ?? []) for (const coding of concept.coding ?? []) if (coding.code === code) return true;
  return false;
}

// One text for a code wherever it occurs, to group by: the first coding, else the text.
export function conceptKey(concept: CodeableConcept | undefined): string | undefined {
  const coding: Coding | undefined = concept?.coding?.find((each) => each.code);
  if (coding) return `${coding.system ?? ''}|${coding.code}`;
  return concept?.text;
}

// Family and given name are written without a space when they are Chinese.
export function humanName(names: HumanName[] | undefined): string | undefined {
  const name = names?.find((each) => each.use === 'official') ?? names?.[0];
  if (!name) return undefined;
  if (name.text) return name.text;
  const given = name.given ?? [];
  const family = name.family ?? '';
  const han = /\p{Script=Han}/u.test(family + given.join(''));
  return (han ? family + given.join('') : [...given, family].join(' ')).trim() || undefined;
}

export function addressText(addresses: Address[] | undefined): string | undefined {
  const address = addresses?.[0];
  if (!address) return undefined;
  if (address.text) return address.text;
  const parts = [address.state, address.city, address.district, ...(address.line ?? [])].filter(Boolean);
  return parts.length > 0 ? parts.join('') : undefined;
}

export function residentNumber(patient: Patient): Identifier | undefined {
  return patient.identifier?.find((each) => each.system === RESIDENT_ID) ?? patient.identifier?.find((each) => each.value?.length === 18);
}

// Who looks at a list needs to tell two people apart, not their whole number: six digits, then the last four.
export function maskNumber(number: string): string {
  if (number.length < 8) return number;
  const head = number.length >= 15 ? 6 : 3;
  return number.slice(0, head) + '*'.repeat(number.length - head - 4) + number.slice(-4);
}

export function isSynthetic(tags: Coding[] | undefined): boolean {
  return tags?.some((tag) => tag.system === SYNTHETIC_TAG.system && tag.code === SYNTHETIC_TAG.code) ?? false;
}

// "Patient/x" of a reference; relative and absolute references, without the version.
export function targetOf(reference: Reference | undefined): string | undefined {
  const text = reference?.reference;
  if (!text) return undefined;
  const history = text.indexOf('/_history/');
  const whole = history < 0 ? text : text.slice(0, history);
  const last = whole.lastIndexOf('/');
  if (last <= 0) return whole;
  const before = whole.lastIndexOf('/', last - 1);
  return before < 0 ? whole : whole.slice(before + 1);
}
