import { describe, expect, test } from 'vitest';
import { emptyForm, formParameters, outcomeFindings, readPreview } from './form';

const names = (form = emptyForm()) => formParameters(form).map((each) => each.name);

describe('what is sent of the form', () => {
  test('nothing of an empty one', () => expect(names()).toEqual([]));
  test('allergies: not asked is not sent, none is', () => {
    expect(names({ ...emptyForm(), allergies: 'not-asked', allergyText: '青霉素' })).toEqual([]);
    expect(formParameters({ ...emptyForm(), allergies: 'none' })).toEqual([{ name: 'allergies', valueString: 'none' }]);
    expect(formParameters({ ...emptyForm(), allergies: 'yes', allergyText: '青霉素、头孢' }).filter((each) => each.name === 'allergy').map((each) => each.part?.[0]?.valueString)).toEqual(['青霉素', '头孢']);
  });
  test('a lunar date goes as it was told', () => {
    expect(formParameters({ ...emptyForm(), birth: '1950-01-08', lunar: true })).toEqual([{ name: 'birth-date-told', valueString: '1950-01-08' }]);
  });
  test('documents without a number are no documents', () => {
    const form = { ...emptyForm(), documents: [{ kind: 'passport' as const, number: ' E12345678 ', validUntil: '' }, { kind: 'resident-id' as const, number: ' ', validUntil: '2030-01-01' }] };
    expect(formParameters(form)).toEqual([{ name: 'document', part: [{ name: 'kind', valueString: 'passport' }, { name: 'number', valueString: 'E12345678' }] }]);
  });
  test('the description of an unknown person only when unknown', () => {
    expect(names({ ...emptyForm(), description: '左腕有疤' })).toEqual([]);
    expect(names({ ...emptyForm(), unknown: true, description: '左腕有疤' })).toEqual(['unknown-person', 'description']);
  });
});

test('a preview: findings and candidates with their reasons', () => {
  const preview = readPreview({
    resourceType: 'Parameters',
    parameter: [
      { name: 'finding', part: [{ name: 'severity', valueCode: 'warning' }, { name: 'rule', valueCode: 'document-none' }, { name: 'field', valueString: 'document' }, { name: 'zh', valueString: '没有证件' }, { name: 'en', valueString: 'none' }] },
      { name: 'candidate', part: [{ name: 'resident', resource: { resourceType: 'Patient', id: 'p' } }, { name: 'score', valueInteger: 72 }, { name: 'reason', valueCode: 'name' }, { name: 'reason', valueCode: 'phone' }] },
      { name: 'age', valueString: '3天' },
    ],
  });
  expect(preview.findings).toEqual([{ severity: 'warning', rule: 'document-none', field: 'document', zh: '没有证件', en: 'none' }]);
  expect(preview.candidates).toMatchObject([{ patient: { id: 'p' }, score: 72, certain: false, reasons: ['name', 'phone'] }]);
  expect(preview.age).toBe('3天');
});

test('a refusal names its fields', () => {
  expect(outcomeFindings({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', details: { coding: [{ code: 'name' }], text: '请填写姓名' }, diagnostics: 'a name is needed', expression: ['name'] }] }))
    .toEqual([{ severity: 'error', rule: 'name', field: 'name', zh: '请填写姓名', en: 'a name is needed' }]);
});
