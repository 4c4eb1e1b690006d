// The people of a resident's household and kin, and which records are theirs.
import type { FhirClient } from '../../fhir/client';
import { humanName, targetOf } from '../../fhir/text';
import type { Group, Identifier, Patient, RelatedPerson, Resource } from '../../fhir/types';
import type { Terms } from '../../i18n/terms';

export interface Member {
  key: string;
  name?: string;
  relation?: string;         // to the resident, as written
  gender?: string;
  birthDate?: string;
  phone?: string;
  records: Patient[];        // found for this person; several when institutions keep a file each
  same?: boolean;            // another file of the resident itself (Patient.link)
}
export interface Household { name?: string; members: Member[] }
export interface Family { relatives: Member[]; households: Household[] }

// An address holds some fifty identifiers.
const AT_ONCE = 50;

async function patientsBy(client: FhirClient, parameter: string, values: string[], signal: AbortSignal): Promise<Patient[]> {
  const found: Patient[] = [];
  for (let i = 0; i < values.length; i += AT_ONCE) {
    const query = values.slice(i, i + AT_ONCE).map(encodeURIComponent).join(',');
    const { resources } = await client.all(`/Patient?${parameter}=${query}&_count=200`, 1000, signal);
    found.push(...(resources.filter((each) => each.resourceType === 'Patient') as Patient[]));
  }
  return found;
}

// What separates values and parts of them in a search is escaped inside a value (FHIR R4 search, "escaping").
const escaped = (text: string) => text.replace(/[\\,|$]/g, (sign) => `\\${sign}`);
const token = (identifier: Identifier) => (identifier.system && identifier.value ? `${escaped(identifier.system)}|${escaped(identifier.value)}` : undefined);
const tokensOf = (identifiers: Identifier[] | undefined) => (identifiers ?? []).map(token).filter((each) => each !== undefined);
const phoneOf = (person: RelatedPerson | Patient) => person.telecom?.find((each) => each.system === 'phone')?.value;

const asMember = (patient: Patient, more: Partial<Member> = {}): Member => ({
  key: `Patient/${patient.id}`, name: humanName(patient.name), gender: patient.gender, birthDate: patient.birthDate, phone: phoneOf(patient), records: [patient], ...more,
});

export async function loadFamily(client: FhirClient, patient: Patient, resources: Resource[], terms: Terms, signal: AbortSignal): Promise<Family> {
  const relatives = resources.filter((each) => each.resourceType === 'RelatedPerson') as RelatedPerson[];
  const groups = (resources.filter((each) => each.resourceType === 'Group') as Group[]).filter((each) => each.type === 'person' && each.actual !== false);
  const tokens = [...new Set(relatives.flatMap((each) => tokensOf(each.identifier)))];
  const links = (patient.link ?? []).map((each) => targetOf(each.other)).filter((each) => each?.startsWith('Patient/'));
  const entities = groups.flatMap((group) => (group.member ?? []).filter((each) => !each.inactive).map((each) => targetOf(each.entity)));
  const ids = [...new Set([...links, ...entities].filter((each) => each?.startsWith('Patient/') && each !== `Patient/${patient.id}`).map((each) => each!.slice('Patient/'.length)))];
  const [byToken, byId] = await Promise.all([patientsBy(client, 'identifier', tokens, signal), patientsBy(client, '_id', ids, signal)]);
  const find = (reference: string | undefined) => byId.find((each) => `Patient/${each.id}` === reference);

  const kin: Member[] = relatives.map((person) => {
    const own = tokensOf(person.identifier);
    return {
      key: `RelatedPerson/${person.id}`, name: humanName(person.name), relation: terms.name(person.relationship?.[0]), gender: person.gender, birthDate: person.birthDate, phone: phoneOf(person),
      records: byToken.filter((each) => each.id !== patient.id && tokensOf(each.identifier).some((text) => own.includes(text))),
    };
  });
  for (const link of links) {
    const other = find(link);
    if (other) kin.push(asMember(other, { same: true }));
  }
  const households = groups.map((group) => ({
    name: group.name,
    members: (group.member ?? []).filter((each) => !each.inactive).flatMap((each) => {
      const other = find(targetOf(each.entity));
      return other ? [asMember(other)] : [];
    }),
  })).filter((each) => each.members.length > 0);
  return { relatives: kin, households };
}
