import { afterEach, expect, test, vi } from 'vitest';
import { FhirClient, FhirFailure, localPath, nextPath } from './client';

afterEach(() => vi.unstubAllGlobals());

const answer = (body: unknown, status = 200) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'X-Request-Id': 'r-7' } });
const client = new FhirClient('zh');

test('a next link is followed on our own origin, whatever host it names', () => {
  expect(localPath('http://inside:8080/fhir/Patient/p/$everything?_count=2&_cursor=a%2Fb')).toBe('/Patient/p/$everything?_count=2&_cursor=a%2Fb');
  expect(nextPath({ resourceType: 'Bundle', link: [{ relation: 'self', url: '/fhir/Patient' }] })).toBeUndefined();
});

test('all pages are read, outcomes in them left out', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    const last = url.includes('page=2');
    return Promise.resolve(answer({
      resourceType: 'Bundle',
      link: last ? [] : [{ relation: 'next', url: 'https://x/fhir/Patient?page=2' }],
      entry: [{ resource: { resourceType: 'Patient', id: last ? 'b' : 'a' } }, { resource: { resourceType: 'OperationOutcome' } }],
    }));
  });
  const { resources, whole } = await client.all('/Patient', 100);
  expect(resources.map((each) => each.id)).toEqual(['a', 'b']);
  expect(whole).toBe(true);
  expect(asked).toEqual(['/fhir/Patient', '/fhir/Patient?page=2']);
  expect((await client.all('/Patient', 1)).whole).toBe(false);
});

test('what the server refused comes with its own words and the request id', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(answer({ resourceType: 'OperationOutcome', issue: [{ details: { text: '没有这个资源' } }] }, 404)));
  const failure = await client.get('/Patient/x').catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(FhirFailure);
  expect(failure).toMatchObject({ kind: 'refused', status: 404, issues: ['没有这个资源'], requestId: 'r-7' });
});

test('no connection, and an answer that is not FHIR, are told apart', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  await expect(client.get('/Patient')).rejects.toMatchObject({ kind: 'offline' });
  vi.stubGlobal('fetch', () => Promise.resolve(answer('<html>')));
  await expect(client.get('/Patient')).rejects.toMatchObject({ kind: 'garbled' });
  vi.stubGlobal('fetch', () => Promise.resolve(answer({ resourceType: 'Bundle' })));
  await expect(client.count('Patient')).rejects.toMatchObject({ kind: 'garbled' });
});
