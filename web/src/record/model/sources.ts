// Who wrote what: the institutions of a record, how much each wrote, and until when its data came in.
import { parseMoment, type Moment } from '../../fhir/time';
import { targetOf } from '../../fhir/text';
import type { Reference, Resource } from '../../fhir/types';
import type { Directory } from './directory';

export interface Source {
  name?: string;            // undefined: the entries name no institution
  count: number;
  types: [type: string, count: number][];   // most first
  first?: Moment;           // of care, as the institution dated it
  latest?: Moment;
  received?: Moment;        // when its last entry came in: what is newer there is not known here
  keeper: boolean;          // keeps the resident's file
}

// Where resources name who answers for them, the institution itself before people.
const AUTHORS = [
  'serviceProvider', 'managingOrganization', 'custodian', 'provider', 'performer', 'author', 'recorder', 'asserter', 'requester', 'informationSource', 'insurer', 'payor', 'sender',
];
// … and when it happened, best first.
const TIMES = [
  'effectiveDateTime', 'effectiveInstant', 'performedDateTime', 'occurrenceDateTime', 'authoredOn', 'recordedDate', 'onsetDateTime', 'issued', 'started', 'created', 'date', 'dateTime',
];

type Members = Record<string, unknown>;

function referencesIn(value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Members;
  if (typeof object.reference === 'string') return [object as Reference];
  return 'actor' in object ? referencesIn(object.actor) : [];
}

export function authorsOf(resource: Resource): Reference[] {
  const members = resource as unknown as Members;
  const authors: Reference[] = [];
  for (const key of AUTHORS) if (members[key] !== undefined) authors.push(...referencesIn(members[key]));
  return authors;
}

// The institution that answers for a resource, by name. What came in from outside may only say so in meta.source.
export function sourceName(resource: Resource, directory: Directory): string | undefined {
  const members = resource as unknown as Members;
  const encounter = members.encounter as Reference | undefined;
  const name = directory.institution(authorsOf(resource), encounter);
  if (name) return name;
  const source = resource.meta?.source;
  return source && (directory.nameOf({ reference: source }) ?? source);
}

function careMoment(resource: Resource): Moment | undefined {
  const members = resource as unknown as Members;
  for (const key of TIMES) if (typeof members[key] === 'string') return parseMoment(members[key] as string);
  const period = (members.period ?? members.effectivePeriod ?? members.performedPeriod) as { start?: string } | undefined;
  return parseMoment(period?.start);
}

const earlier = (a: Moment | undefined, b: Moment | undefined) => (!a || (b && b.ms < a.ms) ? b : a);
const later = (a: Moment | undefined, b: Moment | undefined) => (!a || (b && b.ms > a.ms) ? b : a);

export function* sourcesOf(resources: Resource[], directory: Directory): Generator<void, Source[]> {
  const sources = new Map<string | undefined, Source & { byType: Map<string, number> }>();
  for (const resource of resources) {
    yield;
    const name = sourceName(resource, directory);
    let source = sources.get(name);
    if (!source) {
      source = { name, count: 0, types: [], keeper: false, byType: new Map() };
      sources.set(name, source);
    }
    source.count += 1;
    source.byType.set(resource.resourceType, (source.byType.get(resource.resourceType) ?? 0) + 1);
    source.received = later(source.received, parseMoment(resource.meta?.lastUpdated));
    if (resource.resourceType === 'Patient') {
      source.keeper ||= name !== undefined && targetOf((resource as { managingOrganization?: Reference }).managingOrganization) !== undefined;
      continue;   // its birth date is no care
    }
    const at = careMoment(resource);
    source.first = earlier(source.first, at);
    source.latest = later(source.latest, at);
  }
  return [...sources.values()]
    .map(({ byType, ...source }) => ({ ...source, types: [...byType].sort((a, b) => b[1] - a[1]) }))
    .sort((a, b) => Number(a.name === undefined) - Number(b.name === undefined) || b.count - a.count);
}
