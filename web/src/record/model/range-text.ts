import type { Range } from './flag';

export function rangeText(range: Range | undefined): string | undefined {
  if (!range) return undefined;
  if (range.low !== undefined && range.high !== undefined) return `${range.low}–${range.high}`;
  if (range.high !== undefined) return `≤ ${range.high}`;
  if (range.low !== undefined) return `≥ ${range.low}`;
  return range.text;
}
