import { describe, expect, test } from 'vitest';
import { toolsEn } from '../tools/words.en';
import { toolsZh } from '../tools/words.zh';
import { ageText } from './person';
import { en } from './en';
import { plainEn, plainZh } from './plain';
import { Terms } from './terms';
import { zh } from './zh';

function keys(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) => (typeof value === 'object' ? keys(value as object, `${path}${key}.`) : [`${path}${key}`]));
}
function places(words: object): Record<string, string> {
  const flat: Record<string, string> = {};
  const walk = (at: object, path: string) => {
    for (const [key, value] of Object.entries(at)) {
      if (typeof value === 'string') flat[`${path}${key}`] = (value.match(/\{\{\w+\}\}/g) ?? []).sort().join();
      else walk(value as object, `${path}${key}.`);
    }
  };
  walk(words, '');
  return flat;
}

test('both languages say the same things, with the same values in them', () => {
  expect(keys(en).sort()).toEqual(keys(zh).sort());
  expect(places(en)).toEqual(places(zh));
  expect(keys(toolsEn).sort()).toEqual(keys(toolsZh).sort());
  expect(places(toolsEn)).toEqual(places(toolsZh));
});

test('plainer words have their place and keep the values in them', () => {
  for (const [plain, full] of [[plainZh, zh], [plainEn, en]] as const) {
    const values = places(full);
    for (const [key, value] of Object.entries(places(plain))) expect([key, value]).toEqual([key, values[key]]);
  }
});

describe('age, as a paediatrician says it', () => {
  const t = ((key: string, values?: Record<string, number>) => {
    const text = key.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], zh) as string;
    return text.replace(/\{\{(\w)\}\}/g, (_, name: string) => String(values?.[name]));
  }) as never;
  const now = new Date(2026, 0, 15).getTime();
  test.each([
    ['2026-01-12', '3 天'], ['2025-11-10', '2 个月 5 天'], ['2024-11-15', '1 岁 2 个月'], ['2020-01-15', '6 岁'], ['1950', '76 岁'], [undefined, '年龄未记录'], ['2027-01-01', '年龄未记录'],
  ])('%s', (birthDate, text) => expect(ageText(t, { resourceType: 'Patient', birthDate }, now)).toBe(text));
  test('born on the last day of a month: never minus days', () => {
    const on = (birthDate: string, day: Date) => ageText(t, { resourceType: 'Patient', birthDate }, day.getTime());
    expect(on('2026-01-31', new Date(2026, 2, 1))).toBe('1 个月 0 天');
    expect(on('2026-01-31', new Date(2026, 1, 28))).toBe('28 天');
    expect(on('2026-10-31', new Date(2026, 10, 29))).toBe('29 天');
  });
  test('of the dead: at death', () => expect(ageText(t, { resourceType: 'Patient', birthDate: '1940-01-01', deceasedDateTime: '2020-06-01' }, now)).toBe('80 岁'));
});

describe('terms', () => {
  const pressure = { coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure panel' }], text: '血压' };
  const cold = { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.3.11', code: 'J06.900' }], text: '急性上呼吸道感染' };
  test('as written in Chinese, by code in English', () => {
    expect(new Terms('zh').name(pressure)).toBe('血压');
    expect(new Terms('en').name(pressure)).toBe('Blood pressure');
    expect(new Terms('en').name(cold)).toBe('Upper respiratory infection');
    expect(new Terms('zh').name({ coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }] })).toBe('心率');
  });
  test('what no list knows stays as it was written', () => {
    expect(new Terms('en').name({ coding: [{ system: 'x', code: 'Q99' }], text: '罕见病' })).toBe('罕见病');
    expect(new Terms('zh').name(undefined)).toBeUndefined();
  });
});
