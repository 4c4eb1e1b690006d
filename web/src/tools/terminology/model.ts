// What a terminology service answers (R4: $expand, $lookup, $translate, $subsumes), as the page shows it.
import type { Coding, Resource } from '../../fhir/types';
import { named, textOf, type Parameter, type Parameters } from '../../keeping/parameters';
import type { FhirClient } from '../../fhir/client';

export interface Listed extends Resource { url?: string; name?: string; title?: string; version?: string; status?: string; count?: number; content?: string }
export interface Designation { language?: string; use?: Coding; value?: string }
export interface Contained { system?: string; version?: string; code?: string; display?: string; designation?: Designation[]; abstract?: boolean; inactive?: boolean; contains?: Contained[] }
export interface ValueSet extends Listed { expansion?: { total?: number; offset?: number; contains?: Contained[] } }
export interface Coded { system: string; code: string; display?: string; names: string[]; level: number; inactive: boolean; abstract: boolean }

// What is chosen from the list: the codes of a system, or those of a value set.
export interface Source { kind: 'CodeSystem' | 'ValueSet'; url: string }

const LISTED = 1000;
export type Known = Listed & { kind: Source['kind'] };
interface TerminologyCapabilities extends Resource { codeSystem?: { uri?: string; version?: { code?: string }[] }[] }

// Those that are stored come first and with their names; of the other code systems only the address is told.
export function allSources(stored: Known[], told: TerminologyCapabilities): Known[] {
  const seen = new Set(stored.filter((each) => each.kind === 'CodeSystem').map((each) => each.url));
  const systems = (told.codeSystem ?? []).map((each): Known => ({ resourceType: 'CodeSystem', kind: 'CodeSystem', url: each.uri, version: each.version?.at(-1)?.code }));
  return [...stored, ...systems.filter((each) => each.url !== undefined && !seen.has(each.url))];
}

// What is typed may be the address of one that no list has: R4's value sets are reached so.
export function atAddress(typed: string, list: Known[]): Known[] {
  const url = typed.trim();
  if (!/^(https?:\/\/|urn:)\S+$/.test(url)) return [];
  return (['ValueSet', 'CodeSystem'] as const).filter((kind) => !list.some((each) => each.kind === kind && each.url === url)).map((kind) => ({ resourceType: kind, kind, url }));
}

export async function sources(client: FhirClient, signal: AbortSignal): Promise<Known[]> {
  const told = client.get<TerminologyCapabilities>('/metadata?mode=terminology', signal);
  const stored = await Promise.all((['CodeSystem', 'ValueSet'] as const).map(async (kind) => {
    const { resources } = await client.all(`/${kind}?_elements=url,name,title,version,status,content,count&_count=${LISTED}`, LISTED, signal);
    return (resources as Listed[]).filter((each) => each.url !== undefined).map((each): Known => ({ ...each, kind }));
  }));
  return allSources(stored.flat(), await told);
}

// What to call it: its title, else the end of its address.
export const nameOf = ({ title, name, url }: Listed): string => title ?? name ?? url?.split(/[/:]/).filter((part) => part !== '').at(-1) ?? '';

// A hierarchy, laid out in lines.
export function coded(list: Contained[], level = 0): Coded[] {
  return list.flatMap((each) => {
    const inner = coded(each.contains ?? [], level + 1);
    if (each.code === undefined) return inner;
    const names = [...new Set((each.designation ?? []).map((one) => one.value ?? '').filter((name) => name !== '' && name !== each.display))];
    return [{ system: each.system ?? '', code: each.code, display: each.display, names, level, inactive: each.inactive === true, abstract: each.abstract === true }, ...inner];
  });
}

export interface Found { list: Coded[]; total?: number }

// What is typed is the server's to understand: Chinese, pinyin initials, a code.
export async function expand(client: FhirClient, source: Source, filter: string, count: number, language: string, signal: AbortSignal): Promise<Found> {
  const parameter: Parameter[] = [
    source.kind === 'ValueSet' ? { name: 'url', valueUri: source.url } : { name: 'valueSet', resource: { resourceType: 'ValueSet', status: 'active', compose: { include: [{ system: source.url }] } } as Resource },
    { name: 'count', valueInteger: count }, { name: 'includeDesignations', valueBoolean: true }, { name: 'displayLanguage', valueCode: language === 'zh' ? 'zh-CN' : 'en' },
  ];
  if (filter.trim() !== '') parameter.push({ name: 'filter', valueString: filter.trim() });
  const answer = await client.post<ValueSet>('/ValueSet/$expand', { resourceType: 'Parameters', parameter } as Parameters, signal);
  return { list: coded(answer.expansion?.contains ?? []), total: answer.expansion?.total };
}

export interface Property { code: string; value: string; linked: boolean; description?: string }
export interface Concept { name?: string; version?: string; display?: string; definition?: string; designations: Designation[]; parents: Property[]; children: Property[]; properties: Property[] }

const FAMILY = { parents: ['parent', 'subsumedBy'], children: ['child', 'subsumes'] };

function propertyOf(parameter: Parameter): Property {
  const parts = parameter.part ?? [];
  const value = parts.find((each) => each.name === 'value');
  const coding = value?.valueCoding;
  const said = coding ? `${coding.code ?? ''} ${coding.display ?? ''}`.trim() : value?.valueString ?? value?.valueCode ?? value?.valueDateTime ?? value?.valueDecimal ?? value?.valueInteger ?? value?.valueBoolean;
  return { code: textOf(parts, 'code') ?? '', value: coding?.code && FAMILY.parents.concat(FAMILY.children).includes(textOf(parts, 'code') ?? '') ? coding.code : String(said ?? ''), linked: value?.valueCode !== undefined || coding !== undefined, description: textOf(parts, 'description') ?? coding?.display };
}

export function conceptOf(answer: Parameters): Concept {
  const list = answer.parameter;
  const properties = named(list, 'property').map(propertyOf);
  const some = (codes: string[]) => properties.filter((each) => codes.includes(each.code));
  const family = [...FAMILY.parents, ...FAMILY.children];
  return {
    name: textOf(list, 'name'), version: textOf(list, 'version'), display: textOf(list, 'display'), definition: textOf(list, 'definition') ?? properties.find((each) => each.code === 'definition')?.value,
    designations: named(list, 'designation').map(({ part = [] }) => ({ language: textOf(part, 'language'), use: part.find((each) => each.name === 'use')?.valueCoding, value: textOf(part, 'value') })),
    parents: some(FAMILY.parents), children: some(FAMILY.children), properties: properties.filter((each) => !family.includes(each.code) && each.code !== 'definition' && !(each.code === 'inactive' && each.value === 'false')),
  };
}

export const lookUp = async (client: FhirClient, system: string, code: string, language: string, signal: AbortSignal): Promise<Concept> =>
  conceptOf(await client.get<Parameters>(`/CodeSystem/$lookup?${new URLSearchParams({ system, code, displayLanguage: language === 'zh' ? 'zh-CN' : 'en', property: '*' })}`, signal));

export interface Mapped { equivalence: string; coding: Coding; source?: string }

export function mapsOf(answer: Parameters): Mapped[] {
  return named(answer.parameter, 'match').map(({ part = [] }) => ({ equivalence: textOf(part, 'equivalence') ?? '', coding: part.find((each) => each.name === 'concept')?.valueCoding ?? {}, source: textOf(part, 'source') }));
}

export const translate = async (client: FhirClient, system: string, code: string, signal: AbortSignal): Promise<Mapped[]> => mapsOf(await client.get<Parameters>(`/ConceptMap/$translate?${new URLSearchParams({ system, code })}`, signal));

export const subsumes = async (client: FhirClient, system: string, codeA: string, codeB: string, signal: AbortSignal): Promise<string> =>
  textOf((await client.get<Parameters>(`/CodeSystem/$subsumes?${new URLSearchParams({ system, codeA, codeB })}`, signal)).parameter, 'outcome') ?? '';
