import { expect, test } from 'vitest';
import { humanName, maskNumber, targetOf } from './text';

test('a Chinese name is written together, another one with a space', () => {
  expect(humanName([{ family: '欧阳', given: ['春', '梅'] }])).toBe('欧阳春梅');
  expect(humanName([{ family: 'Smith', given: ['Ann', 'Mary'] }])).toBe('Ann Mary Smith');
  expect(humanName([{ use: 'usual', text: 'Wang Hui' }, { use: 'official', text: '王辉' }])).toBe('王辉');
  expect(humanName([])).toBeUndefined();
});

test('masked numbers keep their length, the region and the last four', () => {
  expect(maskNumber('470121197104079873')).toBe('470121********9873');
  expect(maskNumber('10000048271')).toBe('100****8271');
  expect(maskNumber('1234')).toBe('1234');
});

test('the target of a reference, relative, absolute, versioned', () => {
  expect(targetOf({ reference: 'Organization/o-1' })).toBe('Organization/o-1');
  expect(targetOf({ reference: 'http://elsewhere/fhir/Organization/o-1/_history/3' })).toBe('Organization/o-1');
  expect(targetOf({ reference: 'urn:uuid:1' })).toBe('urn:uuid:1');
  expect(targetOf({ display: 'x' })).toBeUndefined();
});
