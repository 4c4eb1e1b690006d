// The overview's figures: one answer of the server, which keeps them counted ($overview, docs/api.md).
import type { FhirClient } from '../../fhir/client';
import type { Resource } from '../../fhir/types';

interface Parameter { name: string; part?: Parameter[]; valueInteger?: number; valueDecimal?: number; valueString?: string; valueInstant?: string }
interface Parameters extends Resource { parameter?: Parameter[] }

export interface Band { from: number; male: number; female: number }
export interface Disease { code: string; name: string; people: number; ages: Band[] }
export interface Diagnosis { code?: string; name: string; times: number }
export const VISIT_CLASSES = ['outpatient', 'inpatient', 'emergency', 'home', 'virtual', 'other'] as const;
export type VisitClass = (typeof VISIT_CLASSES)[number];
export interface Month { month: string; visits: number; by: Record<VisitClass, number> }
export interface Institution { id: string; name: string; parent?: string; level?: string; kind?: string; visits: number; written?: string; longitude?: number; latitude?: number }

export interface Figures {
  asOf: string;
  sequence: number;        // of the last change that is counted
  preparing?: number;       // percent of the first count; there are no figures yet
  counts: { type: string; resources: number }[];
  residents: number;
  alive: number;
  unknown: number;          // alive, without birth date or sex on record
  bands: Band[];            // five years each, the last is open
  diseases: Disease[];      // by living people, most first
  diagnoses: Diagnosis[];   // by entries, most first
  months: Month[];          // oldest first
  institutions: Institution[];
}

function value(parameter: Parameter): string | number | undefined {
  return parameter.valueInteger ?? parameter.valueDecimal ?? parameter.valueString ?? parameter.valueInstant;
}

function read(parts: Parameter[] | undefined): { of: (name: string) => string | number | undefined; text: (name: string) => string | undefined; number: (name: string) => number; parts: (name: string) => Parameter[] } {
  const list = parts ?? [];
  const of = (name: string) => {
    const found = list.find((each) => each.name === name);
    return found && value(found);
  };
  return {
    of,
    text: (name) => of(name)?.toString(),
    number: (name) => Number(of(name) ?? 0),
    parts: (name) => list.filter((each) => each.name === name),
  };
}

function bandOf(parameter: Parameter): Band {
  const { number } = read(parameter.part);
  return { from: number('from'), male: number('male'), female: number('female') };
}

function monthOf(parameter: Parameter): Month {
  const { text, number } = read(parameter.part);
  const by = Object.fromEntries(VISIT_CLASSES.map((each) => [each, number(each)])) as Record<VisitClass, number>;
  return { month: text('month') ?? '', visits: Object.values(by).reduce((sum, each) => sum + each, 0), by };
}

function institutionOf(parameter: Parameter): Institution {
  const { of, text, number } = read(parameter.part);
  const place = (name: string) => (of(name) === undefined ? undefined : number(name));
  return {
    id: text('id') ?? '', name: text('name') ?? '', parent: text('parent'), level: text('level'), kind: text('kind'),
    visits: number('visits'), written: text('written'), longitude: place('longitude'), latitude: place('latitude'),
  };
}

export function figuresOf(answer: Parameters): Figures {
  const { of, text, number, parts } = read(answer.parameter);
  return {
    asOf: text('asOf') ?? '', sequence: number('sequence'),
    preparing: of('preparing') === undefined ? undefined : number('preparing'),
    counts: parts('count').map((each) => ({ type: read(each.part).text('type') ?? '', resources: read(each.part).number('resources') })),
    residents: number('residents'), alive: number('alive'), unknown: number('unknown'),
    bands: parts('band').map(bandOf),
    diseases: parts('disease').map((each) => {
      const disease = read(each.part);
      return { code: disease.text('code') ?? '', name: disease.text('name') ?? '', people: disease.number('people'), ages: disease.parts('age').map(bandOf) };
    }),
    diagnoses: parts('diagnosis').map((each) => {
      const diagnosis = read(each.part);
      return { code: diagnosis.text('code'), name: diagnosis.text('name') ?? '', times: diagnosis.number('times') };
    }),
    months: parts('month').map(monthOf),
    institutions: parts('institution').map(institutionOf),
  };
}

export async function loadFigures(client: FhirClient, signal: AbortSignal): Promise<Figures> {
  return figuresOf(await client.get<Parameters>('/$overview', signal));
}
