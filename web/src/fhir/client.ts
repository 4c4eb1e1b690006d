// Speaks to the FHIR API on our own origin. No other address is ever asked.
import { inSlices } from '../app/slices';
import { bundleInSlices, parsed } from './bundle-slices';
import type { Bundle, OperationOutcome, Resource } from './types';

const BASE = '/fhir';
const DEADLINE_MS = 30_000;
const LONG = 200_000;   // letters or bytes; more are read in steps, with a breath between

// Why a request gave no answer that can be used. `offline`: the server was not reached; `late`: it did not answer in
// time; `refused`: it answered with a status ≥ 400; `garbled`: it answered something that is not FHIR JSON.
export type FailureKind = 'offline' | 'late' | 'refused' | 'garbled';

export class FhirFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly status: number,
    readonly issues: string[],
    readonly requestId?: string,
    readonly outcome?: OperationOutcome,   // as the server said it, for forms that place it beside a field
  ) {
    super(issues.join('; ') || `${kind} ${status}`);
  }
}

function issueTexts(body: unknown): string[] {
  const outcome = body as OperationOutcome | undefined;
  if (outcome?.resourceType !== 'OperationOutcome') return [];
  return (outcome.issue ?? [])
    .map((issue) => issue.details?.text ?? issue.diagnostics ?? issue.code ?? '')
    .filter((text) => text !== '');
}

const headersOf = (language: string) => ({ Accept: 'application/fhir+json', 'Accept-Language': language });
const asked = new Map<string, Promise<Response>>();

// Asks now what a page that is still on its way will ask first; the answer is given once.
export function askAhead(path: string, language: string) {
  const answer = fetch(BASE + path, { headers: headersOf(language), signal: AbortSignal.timeout(DEADLINE_MS) });
  answer.catch(() => undefined);   // who takes it is told
  const key = `${language} ${path}`;
  asked.set(key, answer);
  setTimeout(() => asked.get(key) === answer && asked.delete(key), DEADLINE_MS);   // nobody came for it
}

// What was asked ahead has a deadline of its own.
const isLate = (cause: unknown) => cause instanceof Error && cause.name === 'TimeoutError';

// When all of it is there: decoding two megabytes as they arrive costs twice as much.
function* decoded(bytes: Uint8Array): Generator<void, string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += LONG) {
    parts.push(decoder.decode(bytes.subarray(at, at + LONG), { stream: at + LONG < bytes.length }));
    yield;
  }
  return parts.join('');
}

async function request(path: string, language: string, signal?: AbortSignal, body?: Resource | string): Promise<string> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const ahead = body ? undefined : asked.get(`${language} ${path}`);
  if (ahead) asked.delete(`${language} ${path}`);
  let response: Response;
  try {
    response = await (ahead ?? fetch(BASE + path, {
      method: body ? 'POST' : 'GET',
      headers: { ...headersOf(language), ...(body && { 'Content-Type': 'application/fhir+json' }) },
      body: typeof body === 'object' ? JSON.stringify(body) : body,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    }));
    signal?.throwIfAborted();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new FhirFailure(deadline.aborted || isLate(cause) ? 'late' : 'offline', 0, []);
  }
  const requestId = response.headers.get('X-Request-Id') ?? undefined;
  let text: string;
  try {
    text = await inSlices(decoded(new Uint8Array(await response.arrayBuffer())), signal);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new FhirFailure(deadline.aborted || isLate(cause) ? 'late' : 'offline', response.status, [], requestId);
  }
  if (response.ok) return text;
  const said = parsed(text) as OperationOutcome | undefined;
  throw new FhirFailure('refused', response.status, issueTexts(said), requestId, said?.resourceType === 'OperationOutcome' ? said : undefined);
}

// A link in a Bundle names the server as it knows itself; behind a proxy that can differ from where the page came
// from, so only the part after /fhir is kept.
export function localPath(link: string): string {
  const url = new URL(link, 'http://local');
  const at = url.pathname.indexOf(BASE);
  return (at < 0 ? url.pathname : url.pathname.slice(at + BASE.length)) + url.search;
}

export function nextPath(bundle: Bundle): string | undefined {
  const link = bundle.link?.find((each) => each.relation === 'next');
  return link && localPath(link.url);
}

export class FhirClient {
  constructor(private readonly language: string) {}

  // The answer as the server wrote it.
  text(path: string, signal?: AbortSignal): Promise<string> {
    return request(path, this.language, signal);
  }

  async get<T extends Resource>(path: string, signal?: AbortSignal): Promise<T> {
    const text = await this.text(path, signal);
    const body = (text.length > LONG ? await inSlices(bundleInSlices(text), signal) : parsed(text)) as T | undefined;
    if (body?.resourceType === undefined) throw new FhirFailure('garbled', 200, []);
    return body;
  }

  // An operation whose body and answer are text, so that every digit stays.
  postText(path: string, body: string, signal?: AbortSignal): Promise<string> {
    return request(path, this.language, signal, body);
  }

  // An operation: Patient/$register. A body is sent once; who wants it sent again asks again.
  async post<T extends Resource>(path: string, body: Resource, signal?: AbortSignal): Promise<T> {
    const answer = parsed(await request(path, this.language, signal, body)) as T | undefined;
    if (answer?.resourceType === undefined) throw new FhirFailure('garbled', 200, []);
    return answer;
  }

  // Exact number of current resources that match `query` ("Patient", "Encounter?date=ge2025-01").
  async count(query: string, signal?: AbortSignal): Promise<number> {
    const sign = query.includes('?') ? '&' : '?';
    const bundle = await this.get<Bundle>(`/${query}${sign}_summary=count`, signal);
    if (bundle.total === undefined) throw new FhirFailure('garbled', 200, []);
    return bundle.total;
  }

  // All resources of a search or operation, following `next`, at most `limit` of them. `whole` is false when more
  // were there: a page must then say that it shows a part.
  async all(path: string, limit: number, signal?: AbortSignal): Promise<{ resources: Resource[]; whole: boolean }> {
    const resources: Resource[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const bundle: Bundle = await this.get<Bundle>(next, signal);
      for (const entry of bundle.entry ?? []) {
        if (entry.resource && entry.resource.resourceType !== 'OperationOutcome') resources.push(entry.resource);
      }
      next = nextPath(bundle);
      if (resources.length >= limit && next !== undefined) return { resources, whole: false };
    }
    return { resources, whole: true };
  }

  // The pages of a search or operation as the server wrote them, for a file that keeps every digit.
  async texts(path: string, signal?: AbortSignal): Promise<string[]> {
    const pages: string[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const page: string = await this.text(next, signal);
      pages.push(page);
      const bundle = parsed(page) as Bundle | undefined;
      next = bundle && nextPath(bundle);
    }
    return pages;
  }
}
