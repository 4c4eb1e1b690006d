// The resource that a tool looks at: its text, which may be written in, and where it came from.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { FhirClient, FhirFailure } from '../fhir/client';
import { prettyJson } from '../record/raw/pretty';
import { JsonFault, readJson, typeOf, type JsonNode } from './json';

export interface ToolResource {
  text: string;
  setText: (text: string) => void;
  path: string | undefined;      // in the record, as long as nobody has changed the text
  fetch: (path: string) => void;
  loading: boolean;
  failure?: FhirFailure;
  root?: JsonNode;               // nothing when the text is empty or cannot be read
  fault?: JsonFault;
  type?: string;
}

// "http://here/fhir/Patient/1", "/Patient/1" and "Patient/1" are the same to us: always of our own server.
export const localAddress = (typed: string): string => typed.trim().replace(/^https?:\/\/[^/]*/i, '').replace(/^\/+/, '').replace(/^fhir\//, '');

function read(text: string): Pick<ToolResource, 'root' | 'fault' | 'type'> {
  if (text.trim() === '') return {};
  try {
    const root = readJson(text);
    return { root, type: typeOf(text, root) };
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    return { fault };
  }
}

export function useResource(language: string, start: { text?: string; path?: string }): ToolResource {
  const [text, set] = useState(start.text ?? '');
  const [path, setPath] = useState<string>();
  const [want, setWant] = useState(start.path === undefined ? undefined : { path: start.path });
  const [failure, setFailure] = useState<FhirFailure>();
  useEffect(() => {
    if (!want) return;
    const abort = new AbortController();
    setFailure(undefined);
    new FhirClient(language).text(`/${localAddress(want.path)}`, abort.signal).then(
      (found) => {
        if (abort.signal.aborted) return;
        set(prettyJson(found).text);
        setPath(localAddress(want.path));
        setWant(undefined);
      },
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        setFailure(cause instanceof FhirFailure ? cause : new FhirFailure('garbled', 0, [String(cause)]));
        setWant(undefined);
      },
    );
    return () => abort.abort();
  }, [want, language]);
  const setText = useCallback((next: string) => {
    set(next);
    setPath(undefined);
    setWant(undefined);
    setFailure(undefined);
  }, []);
  const fetch = useCallback((next: string) => setWant({ path: next }), []);
  const known = useMemo(() => read(text), [text]);
  return { text, setText, path, fetch, loading: want !== undefined, failure, ...known };
}
