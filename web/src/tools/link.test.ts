import { expect, test } from 'vitest';
import { linkWith, pack, unpack, unpackHash } from './link';

test('what is packed is unpacked again', () => {
  const text = `{"name":"张𠮷","value":1.00,"long":"${'x'.repeat(50_000)}"}`;
  expect(unpack(pack(text))).toBe(text);
  expect(pack(text)).toMatch(/^[\w-]+$/);
  for (const broken of ['!!!', '_____']) expect(unpack(broken)).toBeUndefined();
});

test('a bomb is not unpacked', () => expect(unpack(pack('0'.repeat(5_000_000)))).toBeUndefined());

test('a link carries the address of a resource, or the resource itself', () => {
  const base = 'http://here/tools/fhirpath';
  const query = new URLSearchParams({ expression: "a & 'x'" });
  const kept = new URL(linkWith(query, 'Patient/1', '{}', base)!);
  expect([...kept.searchParams]).toEqual([['expression', "a & 'x'"], ['resource', 'Patient/1']]);
  expect(kept.hash).toBe('');
  const pasted = new URL(linkWith(new URLSearchParams({ resource: 'Patient/1' }), undefined, '{"a":1}', base)!);
  expect([unpackHash(pasted.hash), pasted.searchParams.get('resource')]).toEqual(['{"a":1}', null]);
  expect(linkWith(query, undefined, Array.from({ length: 9000 }, (_, i) => (i * 7919) % 104729).join(), base)).toBeUndefined();
});
