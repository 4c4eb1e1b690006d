import { humanName } from '../fhir/text';
import type { Patient } from '../fhir/types';

// The family name in a circle; the colour only repeats what the text says of the sex.
export function Avatar({ patient }: { patient: Patient }) {
  const name = humanName(patient.name) ?? '?';
  const sex = patient.gender === 'male' || patient.gender === 'female' ? patient.gender : 'none';
  return <span className={`avatar avatar-${sex}`} aria-hidden="true">{[...name][0]}</span>;
}
