// The drawer itself, fetched when the first one is opened.
import { useEffect, useRef } from 'react';
import type { Resource } from '../../fhir/types';
import { useLanguage } from '../../i18n/use-language';
import { EventFacts } from './EventFacts';
import type { Shown } from './raw-context';
import { ResourceText } from './ResourceText';
import { WholeRecord } from './WholeRecord';
import './raw.css';

export default function RawPanel({ patientId, shown, open, onClose }: { patientId: string; shown: Shown; open: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const title = shown.kind === 'event' ? shown.event.title : shown.kind === 'resources' ? shown.title : t('raw.title');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open, shown]);
  return (
    <dialog ref={dialog} className="drawer raw" aria-labelledby="raw-title" onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <div className="drawer-head">
        <h2 id="raw-title">{title}</h2>
        <button type="button" className="plain-button" onClick={onClose}>{t('raw.close')}</button>
      </div>
      {open && (
        <div className="drawer-body">
          {shown.kind === 'event' && <EventFacts event={shown.event} />}
          {shown.kind === 'event' && <Texts resources={shown.event.resources} />}
          {shown.kind === 'resources' && <Texts resources={shown.resources} />}
          {shown.kind === 'record' && <WholeRecord patientId={patientId} resources={shown.resources} />}
        </div>
      )}
    </dialog>
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
