import { expect, test } from 'vitest';
import { inOne } from '../app/slices';
import { bundleInSlices } from './bundle-slices';

const entry = (n: number, more = {}) => ({ fullUrl: `http://x/Patient/${n}`, resource: { resourceType: 'Patient', id: String(n), name: [{ text: 'a,{"fullUrl":"b","entry":[' }], ...more } });
const same = (value: unknown, piece: number) => expect(inOne(bundleInSlices(JSON.stringify(value), piece))).toEqual(value);

test('pieces of every size give what the whole gives', () => {
  const bundle = { resourceType: 'Bundle', type: 'searchset', entry: Array.from({ length: 20 }, (_, n) => entry(n)), link: [{ relation: 'next', url: 'u' }] };
  for (let piece = 1; piece < 4000; piece += 97) same(bundle, piece);
  same({ resourceType: 'Bundle', entry: [] }, 1);
  same({ resourceType: 'Bundle', entry: [entry(1)] }, 1);
  same({ resourceType: 'Bundle' }, 1);
});

test('a Bundle within the Bundle is not cut', () => {
  const inner = { resourceType: 'Bundle', type: 'document', entry: Array.from({ length: 60 }, (_, n) => entry(n)) };
  same({ resourceType: 'Bundle', type: 'searchset', entry: [entry(1), { fullUrl: 'http://x/Bundle/1', resource: inner }, entry(2)] }, 1);
});

test('what is no JSON is nothing', () => {
  for (const text of ['', '<html>', '{"entry":[', '{"entry":[{"fullUrl":"a"},{"fullUrl":"b"}', '{"entry":[1,{"fullUrl":"b"}]']) expect(inOne(bundleInSlices(text, 1))).toBeUndefined();
});
