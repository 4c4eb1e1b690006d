// Loads something when its key changes, drops what comes too late, and can be asked again.
import { startTransition, useCallback, useEffect, useState } from 'react';
import { FhirFailure } from '../fhir/client';

export interface Load<T> { data?: T; failure?: FhirFailure; loading: boolean; again: () => void }

export function useLoad<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Load<T> {
  const [state, setState] = useState<{ key: string; data?: T; failure?: FhirFailure }>({ key: '' });
  const [round, setRound] = useState(0);
  const want = `${key}#${round}`;
  useEffect(() => {
    const abort = new AbortController();
    const show = (next: typeof state) => startTransition(() => setState(next));   // what came is drawn in slices, so that the page stays alive
    work(abort.signal).then(
      (data) => !abort.signal.aborted && show({ key: want, data }),
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        if (cause instanceof FhirFailure) show({ key: want, failure: cause });
        else {
          console.error(cause);
          show({ key: want, failure: new FhirFailure('garbled', 0, [String(cause)]) });
        }
      },
    );
    return () => abort.abort();
    // `work` is made anew at each drawing; `key` says when it is different work.
  }, [want]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  const current = state.key === want;
  return { data: current ? state.data : undefined, failure: current ? state.failure : undefined, loading: !current, again };
}
