import { expect, test } from 'vitest';
import { allSources, atAddress, coded, conceptOf, mapsOf, nameOf } from './model';

test('an expansion with its hierarchy, in lines', () => {
  const list = coded([{ contains: [{ system: 's', code: 'I10', display: '高血压', designation: [{ language: 'en', value: 'Hypertension' }, { value: '高血压' }], contains: [{ system: 's', code: 'I10.x00', display: '特发性高血压', inactive: true }] }] }]);
  expect(list.map(({ code, names, level, inactive }) => [code, names, level, inactive])).toEqual([['I10', ['Hypertension'], 1, false], ['I10.x00', [], 2, true]]);
});

test('a concept: names, parents, children, properties', () => {
  const concept = conceptOf({
    resourceType: 'Parameters',
    parameter: [
      { name: 'name', valueString: 'ICD-10' }, { name: 'display', valueString: '高血压' },
      { name: 'designation', part: [{ name: 'language', valueCode: 'en' }, { name: 'value', valueString: 'Hypertension' }] },
      { name: 'property', part: [{ name: 'code', valueCode: 'parent' }, { name: 'value', valueCode: 'I10-I15' }, { name: 'description', valueString: '高血压病' }] },
      { name: 'property', part: [{ name: 'code', valueCode: 'child' }, { name: 'value', valueCoding: { code: 'I10.x00', display: '特发性高血压' } }] },
      { name: 'property', part: [{ name: 'code', valueCode: 'inactive' }, { name: 'value', valueBoolean: false }] },
      { name: 'property', part: [{ name: 'code', valueCode: 'chapter' }, { name: 'value', valueInteger: 9 }] },
    ],
  });
  expect(concept.parents).toEqual([{ code: 'parent', value: 'I10-I15', linked: true, description: '高血压病' }]);
  expect(concept.children).toEqual([{ code: 'child', value: 'I10.x00', linked: true, description: '特发性高血压' }]);
  expect(concept.properties).toEqual([{ code: 'chapter', value: '9', linked: false, description: undefined }]);
  expect(concept.designations).toEqual([{ language: 'en', use: undefined, value: 'Hypertension' }]);
});

test('maps', () => {
  expect(mapsOf({ resourceType: 'Parameters', parameter: [{ name: 'result', valueBoolean: true }, { name: 'match', part: [{ name: 'equivalence', valueCode: 'wider' }, { name: 'concept', valueCoding: { system: 't', code: 'B' } }, { name: 'source', valueUri: 'urn:map' }] }] })).toEqual([{ equivalence: 'wider', coding: { system: 't', code: 'B' }, source: 'urn:map' }]);
  expect(mapsOf({ resourceType: 'Parameters', parameter: [{ name: 'result', valueBoolean: false }] })).toEqual([]);
});

test('what is stored goes before what is only told of; each once', () => {
  const all = allSources([{ resourceType: 'CodeSystem', kind: 'CodeSystem', url: 'urn:a', title: '甲' }], { resourceType: 'TerminologyCapabilities', codeSystem: [{ uri: 'urn:a' }, { uri: 'http://hl7.org/fhir/administrative-gender', version: [{ code: '4.0.1' }] }] });
  expect(all.map((each) => [each.kind, nameOf(each), each.version])).toEqual([['CodeSystem', '甲', undefined], ['CodeSystem', 'administrative-gender', '4.0.1']]);
  expect(atAddress(' urn:a ', all).map((each) => each.kind)).toEqual(['ValueSet']);
  expect(atAddress('高血压', all)).toEqual([]);
});
