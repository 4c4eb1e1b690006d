// Numbers over time: observations of one kind and one unit, with the range that held for each.
import { parseMoment, type Moment } from '../../fhir/time';
import { conceptKey, hasCode } from '../../fhir/text';
import type { CodeableConcept, Observation, ObservationValue } from '../../fhir/types';
import type { Terms } from '../../i18n/terms';
import { flagOf, graver, rangeOf, type Flag, type Range } from './flag';

export interface Point { at: Moment; value: number; flag: Flag; range?: Range; observation: Observation }
export interface Line { key: string; name: string; points: Point[] }   // oldest first
export interface Series {
  key: string;
  name: string;
  unit: string;
  group: 'vital' | 'result';
  lines: Line[];           // several for a panel: systolic and diastolic
  latest: number;
  count: number;
}

export const isVital = (observation: Observation) => hasCode(observation.category, 'vital-signs');

export function momentOf(observation: Observation): Moment | undefined {
  return parseMoment(observation.effectiveDateTime ?? observation.effectiveInstant ?? observation.effectivePeriod?.start ?? observation.issued);
}

interface Draft { series: Series; lines: Map<string, Line> }

function addPoint(draft: Draft, lineKey: string, name: string, at: Moment, value: ObservationValue, observation: Observation) {
  const number = value.valueQuantity?.value;
  if (number === undefined) return;
  let line = draft.lines.get(lineKey);
  if (!line) {
    line = { key: lineKey, name, points: [] };
    draft.lines.set(lineKey, line);
    draft.series.lines.push(line);
  }
  line.points.push({ at, value: number, flag: flagOf(value), range: rangeOf(value), observation });
  draft.series.count += 1;
  if (at.ms > draft.series.latest) draft.series.latest = at.ms;
}

export function* seriesOf(observations: Observation[], terms: Terms): Generator<void, Series[]> {
  const drafts = new Map<string, Draft>();
  const draftFor = (concept: CodeableConcept | undefined, unit: string, vital: boolean): Draft | undefined => {
    const code = conceptKey(concept);
    if (code === undefined) return undefined;
    const key = unit ? `${code}~${unit}` : code;
    let draft = drafts.get(key);
    if (!draft) {
      const series: Series = { key, name: terms.name(concept) ?? code, unit, group: vital ? 'vital' : 'result', lines: [], latest: 0, count: 0 };
      draft = { series, lines: new Map() };
      drafts.set(key, draft);
    }
    return draft;
  };
  for (const observation of observations) {
    yield;
    const at = momentOf(observation);
    if (!at) continue;
    const vital = isVital(observation);
    if (observation.valueQuantity?.value !== undefined) {
      const draft = draftFor(observation.code, terms.unit(observation.valueQuantity), vital);
      if (draft) addPoint(draft, 'value', draft.series.name, at, observation, observation);
    }
    for (const part of observation.component ?? []) {
      if (part.valueQuantity?.value === undefined) continue;
      const draft = draftFor(observation.code, terms.unit(part.valueQuantity), vital);
      const key = conceptKey(part.code);
      if (draft && key) addPoint(draft, key, terms.name(part.code) ?? key, at, part, observation);
    }
  }
  const all = [...drafts.values()].map((draft) => draft.series).filter((series) => series.count > 0);
  for (const series of all) for (const line of series.lines) line.points.sort((a, b) => a.at.ms - b.at.ms);
  return all;
}

// The newest point of every line, for "last value" texts.
export function lastOf(series: Series): { text: string; at: Moment; flag: Flag; range?: Range } | undefined {
  let newest: Point | undefined;
  for (const line of series.lines) {
    const point = line.points.at(-1);
    if (point && (!newest || point.at.ms > newest.at.ms)) newest = point;
  }
  if (!newest) return undefined;
  const together = series.lines.map((line) => line.points.at(-1)).filter((point) => point?.observation === newest.observation);
  let flag: Flag = 'within';
  for (const point of together) flag = graver(flag, point!.flag);
  const decimals = decimalsOf(series);
  return { text: together.map((point) => point!.value.toFixed(decimals)).join('/'), at: newest.at, flag, range: series.lines.length === 1 ? newest.range : undefined };
}

// The order in which doctors read: pressure before pulse, sugar before fat. What is not named here comes after, the
// most measured first.
const IMPORTANT = [
  '85354-9', '8867-4', '29463-7', '39156-5', '8302-2', '8310-5', '2708-6', '59408-5', '9279-1',
  '4548-4', '1558-6', '14771-0', '2339-0', '14749-6', '2160-0', '14682-9', '33914-3', '62238-1', '98979-8', '13457-7', '22748-8', '2093-3', '2571-8', '2085-9', '718-7', '6690-2', '777-3',
];
const importance = (series: Series) => {
  const code = series.key.slice(series.key.indexOf('|') + 1).split('~')[0]!;
  const at = IMPORTANT.indexOf(code);
  return at < 0 ? IMPORTANT.length : at;
};

export function byImportance(a: Series, b: Series): number {
  return importance(a) - importance(b) || b.count - a.count || (a.key < b.key ? -1 : 1);
}

// As many decimals as the most exactly written value of the series: 5 beside 5.1 is 5.0.
export function decimalsOf(series: Series): number {
  let most = 0;
  for (const line of series.lines) {
    for (const { value } of line.points) {
      const text = String(value);
      const dot = text.indexOf('.');
      if (dot >= 0) most = Math.max(most, text.length - dot - 1);
    }
  }
  return Math.min(most, 3);
}
