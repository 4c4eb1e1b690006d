// The figures, asked again now and then while somebody looks; what was shown stays until newer ones are there.
import { startTransition, useEffect, useRef, useState } from 'react';
import { FhirFailure, type FhirClient } from '../../fhir/client';
import { loadFigures, type Figures } from './figures';

const AGAIN_MS = 20_000;
const PREPARING_MS = 1000;

export interface FiguresLoad { figures?: Figures; failure?: FhirFailure; again: () => void }

export function useFigures(client: FhirClient): FiguresLoad {
  const [state, setState] = useState<{ figures?: Figures; failure?: FhirFailure }>({});
  const [round, setRound] = useState(0);
  const held = useRef<Figures>(undefined);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      if (document.hidden) {
        timer = setTimeout(ask, AGAIN_MS);
        return;
      }
      try {
        const figures = await loadFigures(client, abort.signal);
        held.current = figures;
        startTransition(() => setState({ figures }));
      } catch (cause) {
        if (abort.signal.aborted) return;
        // Old figures carry their own time and may stay; without any the failure is shown.
        if (!held.current) setState({ failure: cause instanceof FhirFailure ? cause : new FhirFailure('garbled', 0, [String(cause)]) });
      }
      if (!abort.signal.aborted) timer = setTimeout(ask, held.current?.preparing === undefined ? AGAIN_MS : PREPARING_MS);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [client, round]);
  return { ...state, again: () => setRound((n) => n + 1) };
}
