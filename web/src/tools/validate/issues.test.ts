import { expect, test } from 'vitest';
import { readJson } from '../json';
import { countOf, problemsOf } from './issues';

const text = '{\n  "resourceType": "Patient",\n  "gender": "男",\n  "name": [{ "familie": "张" }]\n}';
const found = problemsOf({
  resourceType: 'OperationOutcome',
  issue: [
    { severity: 'warning', code: 'invariant', details: { text: '姓名为空' }, expression: ['Patient.name[0]'], location: ['line 4, column 12'] },
    { severity: 'fatal', code: 'value', details: { coding: [{ code: 'binding' }], text: '没有这个代码' }, expression: ['Patient.gender'] },
    { severity: 'error', code: 'structure', diagnostics: 'unknown', location: ['line 2, column 3'] },
    { severity: 'error', code: 'processing', details: { text: '没有这个规范' } },
    { severity: 'error', code: 'structure', details: { text: '没有这个属性' }, expression: ['Patient.name[0]'], location: ['line 4, column 14'] },
    { severity: 'information', code: 'informational', details: { text: '操作成功' } },
  ],
}, text, readJson(text));

test('in the order of the text, each with its place', () => {
  expect(found.map((each) => [each.severity, each.text, each.place && text.slice(each.place.start, each.place.end), each.place?.line, each.place?.column])).toEqual([
    ['error', '没有这个规范', undefined, undefined, undefined],
    ['error', 'unknown', '"resourceType": "Patient"', 2, 3],
    ['error', '没有这个代码', '"gender": "男"', 3, 3],
    ['warning', '姓名为空', '{ "familie": "张" }', 4, 12],
    ['error', '没有这个属性', '"familie": "张"', 4, 14],
  ]);
  expect(found[2]?.rule).toBe('binding');
  expect([countOf(found, 'error'), countOf(found, 'warning'), countOf(found, 'information')]).toEqual([4, 1, 0]);
});
