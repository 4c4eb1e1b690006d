import { expect, test } from 'vitest';
import { Terms } from '../i18n/terms';
import { entryOf, toMove, type Entry } from './entries';

const terms = new Terms('zh');
const entry = (reference: string, encounter?: string): Entry => ({ reference, type: reference.split('/')[0] as Entry['type'], encounter, wrong: false });

test('what hangs on a chosen visit goes with it and is not asked for again; visits and reports first', () => {
  const list = [entry('Observation/alone'), entry('Observation/of-v', 'Encounter/v'), entry('DiagnosticReport/r', 'Encounter/other'), entry('Encounter/v')];
  const { ask, along } = toMove(list);
  expect(ask.map((each) => each.reference)).toEqual(['Encounter/v', 'DiagnosticReport/r', 'Observation/alone']);
  expect(along.map((each) => each.reference)).toEqual(['Observation/of-v']);
});

test('an entry marked as wrong says so, and where it went', () => {
  const moved = entryOf({ resourceType: 'Condition', id: 'c', verificationStatus: { coding: [{ code: 'entered-in-error' }] }, code: { text: '高血压' }, extension: [{ url: 'urn:witmed:ext:moved-to', valueReference: { reference: 'Condition/new' } }] } as never, terms);
  expect(moved).toMatchObject({ wrong: true, movedTo: 'Condition/new', title: '高血压' });
  expect(entryOf({ resourceType: 'Observation', id: 'o', status: 'final' } as never, terms).wrong).toBe(false);
});
