// Raw FHIR on demand: what the store holds, with the digits it was written with, fetched when it is opened.
import { createContext, lazy, Suspense, useCallback, useContext, useMemo, useState } from 'react';
import type { Resource } from '../../fhir/types';
import type { Event } from '../model/event';

export type Shown = { kind: 'event'; event: Event } | { kind: 'resources'; title: string; resources: Resource[] } | { kind: 'record'; resources: Resource[] };

interface Raw {
  openEvent: (event: Event) => void;
  openResources: (title: string, resources: Resource[]) => void;
  openRecord: (resources: Resource[]) => void;
}

const RawPanel = lazy(() => import('./RawPanel'));

const RawContext = createContext<Raw>({ openEvent: () => {}, openResources: () => {}, openRecord: () => {} });
export const useRaw = () => useContext(RawContext);

export function RawProvider({ patientId, children }: { patientId: string; children: React.ReactNode }) {
  const [shown, setShown] = useState<Shown>();
  const [open, setOpen] = useState(false);
  const show = useCallback((next: Shown) => {
    setShown(next);
    setOpen(true);
  }, []);
  const raw = useMemo<Raw>(() => ({
    openEvent: (event) => show({ kind: 'event', event }),
    openResources: (title, resources) => show({ kind: 'resources', title, resources }),
    openRecord: (resources) => show({ kind: 'record', resources }),
  }), [show]);
  return (
    <RawContext value={raw}>
      {children}
      {shown && <Suspense><RawPanel patientId={patientId} shown={shown} open={open} onClose={() => setOpen(false)} /></Suspense>}
    </RawContext>
  );
}
