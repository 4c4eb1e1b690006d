// Whether a value lies outside what its own institution calls normal. Nothing is inferred beyond that: a value with
// neither an interpretation nor a range is `unknown`, and unknown is never shown as fine.
import type { ObservationValue } from '../../fhir/types';

export type Flag = 'high' | 'low' | 'abnormal' | 'within' | 'unknown';

const BY_CODE: Record<string, Flag> = {
  H: 'high', HH: 'high', HU: 'high', '>': 'high',
  L: 'low', LL: 'low', LU: 'low', '<': 'low',
  A: 'abnormal', AA: 'abnormal', POS: 'abnormal', DET: 'abnormal',
  N: 'within', NEG: 'within', ND: 'within',
};

export interface Range { low?: number; high?: number; text?: string }

export function rangeOf(value: ObservationValue): Range | undefined {
  const range = value.referenceRange?.[0];
  if (!range) return undefined;
  const low = range.low?.value;
  const high = range.high?.value;
  if (low === undefined && high === undefined && !range.text) return undefined;
  return { low, high, text: range.text };
}

export function flagOf(value: ObservationValue): Flag {
  const code = value.interpretation?.[0]?.coding?.[0]?.code;
  const told = code === undefined ? undefined : BY_CODE[code];
  if (told) return told;
  const range = rangeOf(value);
  const number = value.valueQuantity?.value ?? value.valueInteger;
  if (number === undefined || !range) return 'unknown';
  // "<0.5" says nothing about a lower limit; "≥8" nothing about an upper one.
  const comparator = value.valueQuantity?.comparator;
  if (range.high !== undefined && number > range.high && !comparator?.startsWith('<')) return 'high';
  if (range.low !== undefined && number < range.low && !comparator?.startsWith('>')) return 'low';
  if (comparator) return 'unknown';
  return range.low === undefined && range.high === undefined ? 'unknown' : 'within';
}

export const isOutside = (flag: Flag) => flag === 'high' || flag === 'low' || flag === 'abnormal';

// The graver of two: what a group shows for its members.
export function graver(a: Flag, b: Flag): Flag {
  const rank = (flag: Flag) => (flag === 'within' ? 0 : flag === 'unknown' ? 1 : 2);
  return rank(b) > rank(a) ? b : a;
}
