// Raw FHIR on demand: what the store holds, with the digits it was written with, fetched when it is opened.
import { Drawer } from 'antd';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { Resource } from '../../fhir/types';
import { useLanguage } from '../../i18n/use-language';
import type { Event } from '../model/event';
import { EventFacts } from './EventFacts';
import { ResourceText } from './ResourceText';
import { WholeRecord } from './WholeRecord';
import './raw.css';

type Shown = { kind: 'event'; event: Event } | { kind: 'resources'; title: string; resources: Resource[] } | { kind: 'record'; resources: Resource[] };

interface Raw {
  openEvent: (event: Event) => void;
  openResources: (title: string, resources: Resource[]) => void;
  openRecord: (resources: Resource[]) => void;
}

const RawContext = createContext<Raw>({ openEvent: () => {}, openResources: () => {}, openRecord: () => {} });
export const useRaw = () => useContext(RawContext);

export function RawProvider({ patientId, children }: { patientId: string; children: React.ReactNode }) {
  const { t } = useLanguage();
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
  const title = shown?.kind === 'event' ? shown.event.title : shown?.kind === 'resources' ? shown.title : t('raw.title');
  return (
    <RawContext value={raw}>
      {children}
      <Drawer open={open} onClose={() => setOpen(false)} title={title} size={Math.min(window.innerWidth, 720 * Math.max(1, window.innerWidth / 2400))} destroyOnHidden rootClassName="raw">
        {shown?.kind === 'event' && <EventFacts event={shown.event} />}
        {shown?.kind === 'event' && <Texts resources={shown.event.resources} />}
        {shown?.kind === 'resources' && <Texts resources={shown.resources} />}
        {shown?.kind === 'record' && <WholeRecord patientId={patientId} resources={shown.resources} />}
      </Drawer>
    </RawContext>
  );
}

const SHOWN = 40;

function Texts({ resources }: { resources: Resource[] }) {
  const { t } = useLanguage();
  return (
    <section className="raw-texts" aria-label={t('raw.title')}>
      <h3>{t('raw.title')}</h3>
      {resources.slice(0, SHOWN).map((resource) => (
        <ResourceText key={`${resource.resourceType}/${resource.id}`} type={resource.resourceType} id={resource.id ?? ''} />
      ))}
      {resources.length > SHOWN && <p className="small soft">{t('raw.cut', { n: SHOWN })}</p>}
    </section>
  );
}
