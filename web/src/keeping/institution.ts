// What is kept about institutions, read from resources: plain functions.
import type { FhirClient } from '../fhir/client';
import { DAY } from '../fhir/time';
import type { Identifier, Location, Organization, Practitioner, PractitionerRole } from '../fhir/types';

export const CREDIT_CODE = 'urn:witmed:id:uscc', LICENCE = 'urn:witmed:id:institution-licence', DESIGNATION = 'urn:witmed:id:insured-institution';
export const STAFF_NUMBER = 'urn:witmed:id:practitioner', PRACTICE_LICENCE = 'urn:witmed:id:practitioner-licence';
const DEPARTMENT = { system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'dept' };
const PHYSICAL = 'http://terminology.hl7.org/CodeSystem/location-physical-type';

export const numberOf = (list: Identifier[] | undefined, system: string) => list?.find((each) => each.system === system)?.value;

const isA = (location: Location, code: string) => location.physicalType?.coding?.some((each) => each.system === PHYSICAL && each.code === code) ?? false;
export const isWard = (location: Location) => isA(location, 'wa');
export const isBed = (location: Location) => isA(location, 'bd');
export const isDepartment = (organization: Organization) => organization.type?.some((each) => each.coding?.some((coding) => coding.code === DEPARTMENT.code)) ?? false;

export interface Ward { ward: Location; beds: Location[] }
export function wardsOf(locations: Location[]): Ward[] {
  return locations.filter(isWard).map((ward) => ({
    ward,
    beds: locations.filter((each) => isBed(each) && each.partOf?.reference === `Location/${ward.id}`).sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'zh', { numeric: true })),
  }));
}

export type Validity = { kind: 'none' } | { kind: 'unlimited' } | { kind: 'expired'; until: string } | { kind: 'expiring'; until: string; days: number } | { kind: 'valid'; until: string };
const SOON_DAYS = 90;

// Of somebody's licences: the one that lasts longest decides.
export function validity(practitioner: Practitioner, now: number): Validity {
  const list = practitioner.qualification ?? [];
  if (list.length === 0) return { kind: 'none' };
  if (list.some((each) => !each.period?.end)) return { kind: 'unlimited' };
  const until = list.map((each) => each.period?.end ?? '').sort().at(-1) ?? '';
  const days = Math.ceil((new Date(`${until.slice(0, 10)}T23:59:59`).getTime() - now) / DAY) - 1;
  if (days < 0) return { kind: 'expired', until };
  return days <= SOON_DAYS ? { kind: 'expiring', until, days } : { kind: 'valid', until };
}

const identifiers = (numbers: [string, string][]): Identifier[] | undefined => {
  const list = numbers.filter(([, value]) => value.trim() !== '').map(([system, value]) => ({ system, value: value.trim().toUpperCase() }));
  return list.length > 0 ? list : undefined;
};
const phone = (value: string) => (value.trim() === '' ? undefined : [{ system: 'phone', value: value.trim() }]);

// By name or code; `whole` is false when there are more than `most`.
export async function findInstitutions(client: FhirClient, text: string, most: number, signal: AbortSignal): Promise<{ list: Organization[]; whole: boolean }> {
  const key = /^[0-9A-Za-z-]{6,}$/.test(text) ? 'identifier' : 'name:contains';
  const filter = text ? `&${key}=${encodeURIComponent(key === 'identifier' ? text.toUpperCase() : text)}` : '';
  const { resources, whole } = await client.all(`/Organization?type:not=dept&_sort=name&_count=${most}${filter}`, most, signal);
  return { list: (resources as Organization[]).filter((each) => !isDepartment(each)), whole };
}

type Values = Record<string, string>;

// What a correction can change, as written, and the institution with it changed; what was not touched stays as it was.
const NUMBERS: [string, string][] = [['creditCode', CREDIT_CODE], ['licence', LICENCE], ['designation', DESIGNATION]];
export const asWritten = (organization: Organization): Values => ({
  ...Object.fromEntries(NUMBERS.map(([name, system]) => [name, numberOf(organization.identifier, system) ?? ''])),
  kind: organization.type?.[0]?.text ?? '', address: organization.address?.[0]?.text ?? '', phone: (organization.telecom ?? []).filter((each) => each.system === 'phone').map((each) => each.value).join('，'),
});
export function corrected(organization: Organization, to: Values): Organization {
  const from = asWritten(organization);
  const next: Organization = structuredClone(organization);
  const changed = (name: string) => (to[name] ?? '').trim() !== from[name];
  const text = (name: string) => (to[name] ?? '').trim();
  for (const [name, system] of NUMBERS) {
    if (!changed(name)) continue;
    const rest = (next.identifier ?? []).filter((each) => each.system !== system);
    next.identifier = text(name) ? [...rest, { system, value: text(name).toUpperCase() }] : rest.length > 0 ? rest : undefined;
    if (next.identifier?.length === 0) next.identifier = undefined;
  }
  if (changed('kind')) next.type = [{ ...(next.type?.[0] ?? { coding: [{ system: DEPARTMENT.system, code: 'prov' }] }), text: text('kind') || undefined }, ...(next.type ?? []).slice(1)];
  if (changed('address')) next.address = text('address') ? [{ ...next.address?.[0], text: text('address') }, ...(next.address ?? []).slice(1)] : (next.address ?? []).length > 1 ? next.address?.slice(1) : undefined;
  if (changed('phone')) {
    const others = (next.telecom ?? []).filter((each) => each.system !== 'phone');
    const list = [...text('phone').split(/[，,、]/).map((each) => each.trim()).filter((each) => each !== '').map((value) => ({ system: 'phone', value })), ...others];
    next.telecom = list.length > 0 ? list : undefined;
  }
  return next;
}
export const newOrganization = (values: Values): Organization => ({
  resourceType: 'Organization', active: true, name: values.name?.trim(),
  identifier: identifiers([[CREDIT_CODE, values.creditCode ?? ''], [LICENCE, values.licence ?? ''], [DESIGNATION, values.designation ?? '']]),
  type: values.kind ? [{ coding: [{ system: DEPARTMENT.system, code: 'prov' }], text: values.kind }] : undefined,
  telecom: phone(values.phone ?? ''), address: values.address ? [{ text: values.address }] : undefined,
});
export const newDepartment = (name: string, of: string): Organization => ({ resourceType: 'Organization', active: true, name, type: [{ coding: [DEPARTMENT] }], partOf: { reference: `Organization/${of}` } });
export const newWard = (name: string, of: string): Location => ({ resourceType: 'Location', status: 'active', name, physicalType: { coding: [{ system: PHYSICAL, code: 'wa' }], text: '病区' }, managingOrganization: { reference: `Organization/${of}` } });
export const newBed = (name: string, of: string, ward: string): Location => ({ resourceType: 'Location', status: 'active', name, physicalType: { coding: [{ system: PHYSICAL, code: 'bd' }], text: '床位' }, managingOrganization: { reference: `Organization/${of}` }, partOf: { reference: `Location/${ward}` } });

export function newStaff(values: Values): Practitioner {
  const period = values.from || values.until ? { start: values.from || undefined, end: values.until || undefined } : undefined;
  const licensed = values.licenceKind || values.licence;
  return {
    resourceType: 'Practitioner', name: [{ use: 'official', text: values.name?.trim() }], gender: values.sex || undefined,
    identifier: identifiers([[STAFF_NUMBER, values.number ?? ''], [PRACTICE_LICENCE, values.licence ?? '']]), telecom: phone(values.phone ?? ''),
    qualification: licensed ? [{ identifier: identifiers([[PRACTICE_LICENCE, values.licence ?? '']]), code: { text: values.licenceKind || '执业证书' }, period }] : undefined,
  };
}
export const newRole = (values: Values, of: string): PractitionerRole => ({
  resourceType: 'PractitionerRole', active: true, organization: { reference: `Organization/${of}` },
  code: values.title ? [{ text: values.title }] : undefined, specialty: values.department ? [{ text: values.department }] : undefined,
});
