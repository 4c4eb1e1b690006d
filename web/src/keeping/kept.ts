// What is kept about a resident, read from the Patient: plain functions.
import { isoDay } from '../fhir/time';
import type { DocumentKind } from './form';
import type { Extension, Patient, Reference, Resource } from '../fhir/types';

const EXT = 'urn:witmed:ext:';
export const extensionOf = (element: { extension?: Extension[] } | undefined, name: string) => element?.extension?.find((each) => each.url === EXT + name);

export interface Provenance extends Resource {
  recorded?: string;
  activity?: { text?: string; coding?: { code?: string }[] };
  reason?: { text?: string }[];
  agent?: { who?: Reference }[];
  target?: Reference[];
  entity?: { role?: string; what?: Reference }[];
}

export const identityStatus = (patient: Patient) => extensionOf(patient, 'identity-status')?.valueCode;
export const residency = (patient: Patient) => extensionOf(patient, 'residency')?.valueCode;
export const toldBirth = (patient: Patient) => extensionOf(patient._birthDate, 'date-as-told')?.valueString;
export const formerNames = (patient: Patient) => (patient.name ?? []).filter((each) => each.use === 'old' && each.text).map((each) => each.text as string);

// Acts that were undone: an undo names the act it took back.
export function undoneActs(acts: Provenance[]): Set<string> {
  const undone = new Set<string>();
  for (const act of acts) {
    if (act.activity?.coding?.[0]?.code !== 'undo') continue;
    for (const { role, what } of act.entity ?? []) if (role === 'removal' && what?.reference) undone.add(what.reference.split('/')[1] ?? '');
  }
  return undone;
}

export interface Corrected { name: string; sex: string; birth: string; phone: string; address: string }
export const asWritten = (patient: Patient): Corrected => ({
  name: patient.name?.find((each) => each.use === 'official')?.text ?? patient.name?.[0]?.text ?? '',
  sex: patient.gender ?? '', birth: patient.birthDate ?? '',
  phone: (patient.telecom ?? []).filter((each) => each.system === 'phone').map((each) => each.value).join('，'),
  address: patient.address?.find((each) => each.use !== 'old')?.text ?? '',
});

// The Patient with what was changed in it; what was not touched stays exactly as it was.
export function correct(patient: Patient, from: Corrected, to: Corrected, today = isoDay(Date.now())): Patient {
  const next: Patient = structuredClone(patient);
  if (to.name !== from.name) {
    const rest = (next.name ?? []).map((each) => (each.text === from.name && each.use === 'official' ? { ...each, use: 'old', period: { end: today } } : each));
    next.name = [{ use: 'official', text: to.name.trim() }, ...rest];
  }
  if (to.sex !== from.sex) next.gender = to.sex;
  if (to.birth !== from.birth) {
    next.birthDate = to.birth.trim() || undefined;
    delete next._birthDate;
  }
  if (to.phone !== from.phone) {
    const phones = to.phone.split(/[，,、]/).map((each) => each.trim()).filter((each) => each !== '');
    const others = (next.telecom ?? []).filter((each) => each.system !== 'phone');
    const list = [...phones.map((value) => (next.telecom ?? []).find((each) => each.value === value) ?? { system: 'phone', value }), ...others];
    next.telecom = list.length > 0 ? list : undefined;
  }
  if (to.address !== from.address) {
    const list = [...(next.address ?? [])];
    const at = list.findIndex((each) => each.use !== 'old');
    if (at >= 0) list[at] = { ...list[at], text: to.address.trim() };
    else list.unshift({ use: 'home', text: to.address.trim() });
    next.address = list;
  }
  return next;
}

// Under which system each document's number stands (src/services/identity/document.cpp).
export const DOCUMENT_SYSTEMS: Record<DocumentKind, string> = {
  'resident-id': 'urn:oid:2.16.156.10011.1.3', 'household-book': 'urn:witmed:id:household-book', 'birth-certificate': 'urn:witmed:id:birth-certificate', passport: 'urn:witmed:id:passport',
  'hk-macao-permit': 'urn:witmed:id:hk-macao-permit', 'taiwan-permit': 'urn:witmed:id:taiwan-permit', 'hmt-residence': 'urn:witmed:id:hmt-residence', 'foreign-residence': 'urn:witmed:id:foreign-residence',
};

// One more document; its number is judged by the server.
export function withDocument(patient: Patient, kind: DocumentKind, number: string, name: string): Patient {
  const next: Patient = structuredClone(patient);
  const value = number.replace(/[\s-]/g, '').toUpperCase();
  next.identifier = [...(next.identifier ?? []), { use: kind === 'resident-id' ? 'official' : 'secondary', type: { coding: [{ system: 'urn:witmed:cs:identity-document', code: kind }], text: name }, system: DOCUMENT_SYSTEMS[kind], value }];
  return next;
}
