// The live feed of commits (GET /feed, server-sent events). The browser keeps the position and comes again by itself.
import type { CodeableConcept, HumanName, Reference } from './types';

export interface FeedEntry {
  method: 'created' | 'updated' | 'removed';
  type: string;
  id: string;
  version: number;
  name?: HumanName[] | string;
  about?: CodeableConcept;
  patient?: string;         // "Patient/x"
  institution?: Reference;
}
export interface FeedCommit { sequence: number; time: string; changes: number; entry: FeedEntry[] }

export type FeedState = 'connecting' | 'open' | 'lost';

interface Listener {
  commit: (commit: FeedCommit) => void;
  skipped: (changes: number) => void;
  state: (state: FeedState) => void;
}

const RETRY_MS = 5000;   // after a refusal, which the browser itself does not try again

function parsed<T>(event: Event): T | undefined {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as T;
  } catch {
    return undefined;
  }
}

// Listens from the present on, or after `after`. Returns how to stop.
export function listenToFeed(listener: Listener, after?: number): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let position = after;
  const open = () => {
    source = new EventSource(position === undefined ? '/feed' : `/feed?after=${position}`);
    source.addEventListener('open', () => listener.state('open'));
    source.addEventListener('commit', (event) => {
      const commit = parsed<FeedCommit>(event);
      if (!commit) return;
      position = commit.sequence;
      listener.commit(commit);
    });
    source.addEventListener('skipped', (event) => {
      const gap = parsed<{ after: number; to: number }>(event);
      if (gap) listener.skipped(gap.to - gap.after);
    });
    source.addEventListener('error', () => {
      listener.state('lost');
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    });
  };
  listener.state('connecting');
  open();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
}
