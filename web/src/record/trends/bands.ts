// Reference ranges over time: one band as long as the same range was given, a new one where it changed.
import type { Point } from '../model/series';

export interface Band { from: number; to: number; low?: number; high?: number }

export function bandsOf(points: Point[], span: { from: number; to: number }): Band[] {
  const bands: Band[] = [];
  for (const { at, range } of points) {
    const open = bands.at(-1);
    const known = range?.low !== undefined || range?.high !== undefined;
    if (open && known && open.low === range.low && open.high === range.high) {
      open.to = at.ms;
      continue;
    }
    if (open) open.to = Math.max(open.to, at.ms);
    if (known) bands.push({ from: at.ms, to: at.ms, low: range.low, high: range.high });
  }
  // A range holds before its first use and after its last as far as the picture goes.
  const first = bands[0];
  const last = bands.at(-1);
  if (first) first.from = Math.min(first.from, span.from);
  if (last) last.to = Math.max(last.to, span.to);
  return bands;
}
