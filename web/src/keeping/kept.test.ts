import { describe, expect, test } from 'vitest';
import type { Patient } from '../fhir/types';
import { asWritten, correct, undoneActs } from './kept';

const patient: Patient = {
  resourceType: 'Patient', id: 'p', name: [{ use: 'official', text: '王秀英', family: '王', given: ['秀英'] }, { use: 'usual', text: 'wang xiuying' }], gender: 'female', birthDate: '1950-01-02',
  telecom: [{ system: 'phone', value: '13912345678', use: 'mobile' }, { system: 'email', value: 'a@b' }], address: [{ use: 'home', text: '柳湾村 1 号', line: ['柳湾村'] }, { use: 'old', text: '河口村' }],
};
const from = asWritten(patient);

describe('a correction changes what was touched and nothing else', () => {
  test('nothing', () => expect(correct(patient, from, { ...from })).toEqual(patient));
  test('a name: the former one is kept as old', () => {
    const names = correct(patient, from, { ...from, name: '王秀瑛' }, '2026-11-22').name;
    expect(names?.map((each) => [each.use, each.text])).toEqual([['official', '王秀瑛'], ['old', '王秀英'], ['usual', 'wang xiuying']]);
  });
  test('telephones: others stay', () => {
    expect(correct(patient, from, { ...from, phone: '13912345678，13700000000' }).telecom).toEqual([{ system: 'phone', value: '13912345678', use: 'mobile' }, { system: 'phone', value: '13700000000' }, { system: 'email', value: 'a@b' }]);
  });
  test('the address that holds now', () => {
    expect(correct(patient, from, { ...from, address: '柳湾村 2 号' }).address).toEqual([{ use: 'home', text: '柳湾村 2 号', line: ['柳湾村'] }, { use: 'old', text: '河口村' }]);
  });
  test('a day of birth takes the place of what was told', () => {
    const told: Patient = { resourceType: 'Patient', _birthDate: { extension: [{ url: 'urn:witmed:ext:date-as-told', valueString: '腊月初八' }] } };
    const next = correct(told, asWritten(told), { ...asWritten(told), birth: '1951-01-15' });
    expect(next).toEqual({ resourceType: 'Patient', birthDate: '1951-01-15' });
  });
});

test('acts that were undone', () => {
  expect([...undoneActs([{ resourceType: 'Provenance', id: 'u', activity: { coding: [{ code: 'undo' }] }, entity: [{ role: 'removal', what: { reference: 'Provenance/a/_history/1' } }] }, { resourceType: 'Provenance', id: 'a' }])]).toEqual(['a']);
});
