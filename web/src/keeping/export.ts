// What is kept, as a table with the headings that an import takes.
import type { FhirClient } from '../fhir/client';
import { conceptText, humanName, targetOf } from '../fhir/text';
import type { Group, Identifier, Organization, Patient, Practitioner, PractitionerRole, Resource } from '../fhir/types';
import { COLUMNS } from './columns';
import type { Table } from './csv';
import type { ImportKind } from './import-run';
import { CREDIT_CODE, DESIGNATION, isDepartment, LICENCE, numberOf, PRACTICE_LICENCE, STAFF_NUMBER } from './institution';
import { DOCUMENT_SYSTEMS, extensionOf, toldBirth } from './kept';

export const EXPORT_MOST = 20_000;   // rows: more is a job of the server, `witmed export`

const SEX: Record<string, string> = { male: '男', female: '女', unknown: '未知', other: '未说明' };
const KIND_NAMES: Record<string, string> = { 'resident-id': '居民身份证', 'household-book': '居民户口簿', 'birth-certificate': '出生医学证明', passport: '护照', 'hk-macao-permit': '港澳居民来往内地通行证', 'taiwan-permit': '台湾居民来往大陆通行证', 'hmt-residence': '港澳台居民居住证', 'foreign-residence': '外国人永久居留身份证' };
const phoneOf = (resource: { telecom?: { system?: string; value?: string }[] }) => resource.telecom?.find((each) => each.system === 'phone')?.value;

function documentOf(list: Identifier[] | undefined): { kind?: string; number?: string } {
  for (const [kind, system] of Object.entries(DOCUMENT_SYSTEMS)) {
    const found = list?.find((each) => each.system === system && each.use !== 'old');
    if (found) return { kind: KIND_NAMES[kind], number: found.value };
  }
  return {};
}

// A row by headings; what is not known stays empty.
const row = (kind: ImportKind, values: Record<string, string | undefined>) => COLUMNS[kind].map((heading) => values[heading] ?? '');

export function residentRow(patient: Patient, group?: Group): string[] {
  const document = documentOf(patient.identifier);
  const address = patient.address?.find((each) => each.use !== 'old');
  const contact = patient.contact?.[0];
  const member = group?.member?.find((each) => targetOf(each.entity) === `Patient/${patient.id}`);
  return row('Patient', {
    姓名: humanName(patient.name), 性别: SEX[patient.gender ?? ''], 出生日期: patient.birthDate ?? toldBirth(patient), 证件种类: document.kind, 证件号码: document.number, 民族: extensionOf(patient, 'ethnicity')?.valueCodeableConcept?.text, 电话: phoneOf(patient),
    住址: address?.text, 区县代码: extensionOf(address, 'county')?.valueString, 村居: extensionOf(address, 'village')?.valueString, 网格: extensionOf(address, 'grid')?.valueString, 户号: group?.identifier?.[0]?.value, 与户主关系: extensionOf(member, 'household-role')?.valueString,
    联系人: contact?.name?.text, 联系人关系: contact?.relationship?.[0]?.text, 联系人电话: contact?.telecom?.[0]?.value,
    健康卡号: numberOf(patient.identifier, 'urn:oid:2.16.156.10011.1.19'), 医保号: numberOf(patient.identifier, 'urn:witmed:id:insurance'), 健康档案编号: numberOf(patient.identifier, 'urn:witmed:id:health-record'),
  });
}

export function institutionRow(organization: Organization, byId: Map<string, Organization>): string[] {
  const parent = byId.get(targetOf(organization.partOf)?.slice(13) ?? '');
  return row('Organization', { 机构名称: organization.name, 统一社会信用代码: numberOf(organization.identifier, CREDIT_CODE), 登记号: numberOf(organization.identifier, LICENCE), 医保定点编码: numberOf(organization.identifier, DESIGNATION), 机构类别: conceptText(organization.type?.[0]), 地址: organization.address?.[0]?.text, 电话: phoneOf(organization), 上级机构信用代码: numberOf(parent?.identifier, CREDIT_CODE) });
}

export function staffRow(person: Practitioner, role: PractitionerRole | undefined, employer: Organization | undefined): string[] {
  const licence = person.qualification?.[0];
  return row('Practitioner', { 姓名: humanName(person.name), 性别: SEX[person.gender ?? ''], 工号: numberOf(person.identifier, STAFF_NUMBER), 身份证号: documentOf(person.identifier).number, 执业类别: licence?.code?.text, 执业证书编号: numberOf(licence?.identifier, PRACTICE_LICENCE) ?? numberOf(person.identifier, PRACTICE_LICENCE), 证书起: licence?.period?.start, 有效期至: licence?.period?.end, 职称: conceptText(role?.code?.[0]), 机构信用代码: numberOf(employer?.identifier, CREDIT_CODE), 科室: conceptText(role?.specialty?.[0]), 电话: phoneOf(person) });
}

export async function exportTable(client: FhirClient, kind: ImportKind): Promise<{ table: Table; whole: boolean }> {
  const read = (path: string) => client.all(path, EXPORT_MOST);
  const byId = <T extends Resource>(list: Resource[]) => new Map(list.map((each) => [each.id ?? '', each as T]));
  if (kind === 'Patient') {
    const [patients, groups] = [await read('/Patient?_count=1000'), await read('/Group?_count=1000')];
    const households = new Map((groups.resources as Group[]).flatMap((group) => (group.member ?? []).map((each) => [targetOf(each.entity) ?? '', group] as const)));
    return { table: [COLUMNS.Patient, ...(patients.resources as Patient[]).map((each) => residentRow(each, households.get(`Patient/${each.id}`)))], whole: patients.whole };
  }
  const organizations = byId<Organization>((await read('/Organization?_count=1000')).resources);
  if (kind === 'Organization') {
    // Parents first, as an import needs them.
    const depth = (each: Organization): number => { const parent = organizations.get(targetOf(each.partOf)?.slice(13) ?? ''); return parent && parent !== each ? 1 + depth(parent) : 0; };
    const list = [...organizations.values()].filter((each) => !isDepartment(each)).sort((a, b) => depth(a) - depth(b));
    return { table: [COLUMNS.Organization, ...list.map((each) => institutionRow(each, organizations))], whole: true };
  }
  const people = await read('/Practitioner?_count=1000');
  const roles = new Map(((await read('/PractitionerRole?_count=1000')).resources as PractitionerRole[]).map((each) => [targetOf(each.practitioner)?.slice(13) ?? '', each]));
  return { table: [COLUMNS.Practitioner, ...(people.resources as Practitioner[]).map((each) => { const role = roles.get(each.id ?? ''); return staffRow(each, role, organizations.get(targetOf(role?.organization)?.slice(13) ?? '')); })], whole: people.whole };
}
