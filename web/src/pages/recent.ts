// The residents opened lately in this browser tab: only ids and what the list shows; gone when the tab closes,
// because a shared computer must not tell the next person who was looked at.
import type { Patient } from '../fhir/types';

const KEY = 'witmed.recent';
const LIMIT = 6;

export function recentResidents(): Patient[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Patient[];
  } catch {
    return [];
  }
}

export function rememberResident(patient: Patient) {
  const { resourceType, id, name, gender, birthDate, deceasedDateTime, deceasedBoolean, identifier, address } = patient;
  const kept: Patient = { resourceType, id, name, gender, birthDate, deceasedDateTime, deceasedBoolean, identifier, address };
  try {
    sessionStorage.setItem(KEY, JSON.stringify([kept, ...recentResidents().filter((each) => each.id !== id)].slice(0, LIMIT)));
  } catch {
    // storage refused: the list is a convenience only
  }
}

export function forgetResidents() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}
