import { describe, expect, test } from 'vitest';
import { ageParts, parseMoment } from './time';

describe('parseMoment', () => {
  test('keeps the precision that was written', () => {
    expect(parseMoment('2020')).toMatchObject({ precision: 'year', day: '2020' });
    expect(parseMoment('2020-02')).toMatchObject({ precision: 'month', day: '2020-02' });
    expect(parseMoment('2020-02-29')).toMatchObject({ precision: 'day', day: '2020-02-29' });
  });
  test('shows day and clock as the institution wrote them, whatever the zone of the reader', () => {
    expect(parseMoment('2016-01-27T23:30:00+08:00')).toMatchObject({ day: '2016-01-27', clock: '23:30', ms: Date.UTC(2016, 0, 27, 15, 30) });
    expect(parseMoment('2016-01-27T00:10:00-05:00')).toMatchObject({ day: '2016-01-27', clock: '00:10' });
  });
  test('refuses what is no date', () => {
    for (const text of [undefined, '', '20', 'soon', '2020-13', '2020-00-10', '2020-01-40', '2020-01-01Tnoon']) expect(parseMoment(text)).toBeUndefined();
  });
});

describe('ageParts', () => {
  const at = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();
  const age = (birth: string, now: number) => ageParts(parseMoment(birth)!, now);
  test('the birthday itself counts, the day before does not', () => {
    expect(age('1990-06-15', at(2026, 6, 15)).years).toBe(36);
    expect(age('1990-06-15', at(2026, 6, 14))).toEqual({ years: 35, months: 11, days: 30 });
  });
  test('days of a newborn over the end of a month', () => expect(age('2026-01-30', at(2026, 2, 3))).toEqual({ years: 0, months: 0, days: 4 }));
  test('born on 29 February', () => expect(age('2024-02-29', at(2025, 2, 28))).toMatchObject({ years: 0, months: 11 }));
});
