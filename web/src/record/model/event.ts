// One entry of the timeline: something that happened to the resident, with the resources that say so.
import type { Moment } from '../../fhir/time';
import type { Resource } from '../../fhir/types';
import type { Flag } from './flag';

export const KINDS = ['visit', 'diagnosis', 'vital', 'result', 'medicine', 'procedure', 'immunisation', 'plan'] as const;
export type Kind = (typeof KINDS)[number];

export interface Event {
  key: string;
  kind: Kind;
  at: Moment;
  end?: number;              // milliseconds since 1970, for what lasts
  title: string;
  detail?: string;
  flag: Flag;
  institution?: string;      // undefined: not recorded
  resources: Resource[];
}

// Newest first; within one moment, the visit before what happened in it.
export function compareEvents(a: Event, b: Event): number {
  return b.at.ms - a.at.ms || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.key < b.key ? -1 : 1);
}
