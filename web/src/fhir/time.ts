// FHIR dates and times. A date may be a year, a month or a day only; it is never made more exact than it was written.

export type Precision = 'year' | 'month' | 'day' | 'time';
export interface Moment {
  ms: number;            // where it starts on the axis, milliseconds since 1970
  precision: Precision;
  day: string;           // "2024-03-05", "2024-03" or "2024": the date as the institution wrote it
  clock?: string;        // "09:10" as written, when a time was written
}

export const DAY = 86_400_000;
export const YEAR = 365.2425 * DAY;

const two = (n: number) => (n < 10 ? `0${n}` : String(n));

export function isoDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

// undefined for an absent or malformed text.
export function parseMoment(text: string | undefined): Moment | undefined {
  if (!text || text.length < 4) return undefined;
  const year = Number(text.slice(0, 4));
  if (!Number.isInteger(year)) return undefined;
  if (text.length === 4) return { ms: new Date(year, 0, 1).getTime(), precision: 'year', day: text };
  const month = Number(text.slice(5, 7));
  if (!(month >= 1 && month <= 12)) return undefined;
  if (text.length === 7) return { ms: new Date(year, month - 1, 1).getTime(), precision: 'month', day: text };
  const day = Number(text.slice(8, 10));
  if (!(day >= 1 && day <= 31)) return undefined;
  if (text.length === 10) return { ms: new Date(year, month - 1, day).getTime(), precision: 'day', day: text };
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return undefined;
  // A time written in UTC is the machine's, not a wall clock's: it is turned into the reader's own zone.
  if (text.endsWith('Z')) {
    const local = new Date(ms);
    return { ms, precision: 'time', day: isoDay(ms), clock: `${two(local.getHours())}:${two(local.getMinutes())}` };
  }
  return { ms, precision: 'time', day: text.slice(0, 10), clock: text.slice(11, 16) };
}

// Whole years, months and days between two days, as people count an age.
export function ageParts(birth: Moment, at: number): { years: number; months: number; days: number } {
  const from = new Date(birth.ms);
  const to = new Date(at);
  let years = to.getFullYear() - from.getFullYear();
  let months = to.getMonth() - from.getMonth();
  let days = to.getDate() - from.getDate();
  if (days < 0) {
    months -= 1;
    days += new Date(to.getFullYear(), to.getMonth(), 0).getDate();
  }
  if (months < 0) {
    years -= 1;
    months += 12;
  }
  return { years, months, days };
}
