import type { Event, Kind } from '../model/event';

export interface Year { year: number; total: number; counts: Partial<Record<Kind, number>> }

const SHOWN = 30;   // at most so many columns; older years join the first

// Entries by calendar year, every year from the first to the last, empty ones too.
export function yearsOf(events: Event[]): Year[] {
  if (events.length === 0) return [];
  const yearOf = (event: Event) => Number(event.at.day.slice(0, 4));
  const last = yearOf(events[0]!);
  const first = Math.max(yearOf(events.at(-1)!), last - SHOWN + 1);
  const years: Year[] = [];
  for (let year = first; year <= last; year++) years.push({ year, total: 0, counts: {} });
  for (const event of events) {
    const year = years[Math.max(0, yearOf(event) - first)];
    if (!year) continue;
    year.total += 1;
    year.counts[event.kind] = (year.counts[event.kind] ?? 0) + 1;
  }
  return years;
}
