import { describe, expect, test } from 'vitest';
import { fromCharacters, JsonFault, locate, member, offsetOf, placeOf, rangeAt, raw, readJson, said } from './json';

const text = '{\n  "resourceType": "Patient",\n  "name": [\n    { "family": "张𠮷", "given": ["伟", "小伟"] }\n  ],\n  "multipleBirthInteger": 2,\n  "_birthDate": { "extension": [] }\n}';
const root = readJson(text);
const at = (path: string) => {
  const { start, end, exact } = locate(root, path);
  return [text.slice(start, end), exact];
};

describe('places', () => {
  test('of values, with their names', () => {
    expect(at('Patient.name[0].given[1]')).toEqual(['"小伟"', true]);
    expect(at('Patient.name[0].family')).toEqual(['"family": "张𠮷"', true]);
    expect(at('Patient.multipleBirth')).toEqual(['"multipleBirthInteger": 2', true]);
    expect(at('Patient.multipleBirth.ofType(integer)')).toEqual(['"multipleBirthInteger": 2', true]);
    expect(at('Patient.birthDate')).toEqual(['"_birthDate": { "extension": [] }', true]);
    expect(at('Patient')[1]).toBe(true);
  });
  test('of what is not there: what would hold it', () => {
    expect(at('Patient.name[0].use')).toEqual(['{ "family": "张𠮷", "given": ["伟", "小伟"] }', false]);
    expect(at('Patient.name[3].use')[1]).toBe(false);
    expect(at('Patient.gender')).toEqual(['{', false]);
  });
  test('of what begins at an offset', () => {
    const range = (start: string) => {
      const found = rangeAt(root, text.indexOf(start));
      return found && text.slice(found.start, found.end);
    };
    expect([range('"family"'), range('"小伟"'), range('{ "family"'), range('"张𠮷"'), range('family')]).toEqual(['"family": "张𠮷"', '"小伟"', '{ "family": "张𠮷", "given": ["伟", "小伟"] }', '"family": "张𠮷"', undefined]);
  });
  test('lines and columns, counted in characters', () => {
    const offset = text.indexOf(', "given"');
    expect(placeOf(text, offset)).toEqual({ line: 4, column: 21 });
    expect(offsetOf(text, 4, 21)).toBe(offset);
    expect(offsetOf(text, 1, 99)).toBe(1);
    expect(offsetOf('a', 9, 1)).toBe(0);
    expect(fromCharacters('𠮷a', 1)).toBe(2);
  });
});

test('numbers keep their digits, texts what they say', () => {
  const json = '{"a":1.50,"b":"\\u4e2d\\n","c":[1e3,true,null]}';
  const node = readJson(json);
  expect(raw(json, member(node, 'a')!)).toBe('1.50');
  expect(said(json, member(node, 'b'))).toBe('中\n');
  expect(member(node, 'c')?.items?.map((each) => raw(json, each))).toEqual(['1e3', 'true', 'null']);
});

test.each([
  ['', 'value', 0], ['{"a":1', 'comma', 6], ['{"a" 1}', 'colon', 5], ['{a:1}', 'name', 1], ['[1 2]', 'comma', 3], ['"a\nb"', 'quote', 0], ['[1] 2', 'end', 4], ['[1,]', 'value', 3], ['01', 'end', 1], [`${'['.repeat(300)}`, 'shallower', 201],
])('%j: %s expected at %d', (json, expected, offset) => {
  let fault: unknown;
  try {
    readJson(json);
  } catch (cause) {
    fault = cause;
  }
  expect(fault).toBeInstanceOf(JsonFault);
  expect([(fault as JsonFault).expected, (fault as JsonFault).offset]).toEqual([expected, offset]);
});
