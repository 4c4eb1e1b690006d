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

// Whole years, months and days between two days, as people count an age: for somebody born on the 31st, a shorter month is
// over on the first of the next. The server counts the same (src/services/identity/birth.h).
export function ageParts(birth: Moment, at: number): { years: number; months: number; days: number } {
  const from = new Date(birth.ms);
  const now = new Date(at);
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const over = (months: number) => {   // the day on which so many months are over
    const month = from.getMonth() + months;
    const last = new Date(from.getFullYear(), month + 1, 0).getDate();
    return new Date(from.getFullYear(), month, Math.min(from.getDate(), last + 1));
  };
  let months = (today.getFullYear() - from.getFullYear()) * 12 + today.getMonth() - from.getMonth();
  if (over(months) > today) months -= 1;
  return { years: Math.floor(months / 12), months: months % 12, days: Math.round((today.getTime() - over(months).getTime()) / DAY) };
}
