// The drawer itself, fetched when the first one is opened.
import { Drawer } from 'antd';
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
  return (
    <Drawer open={open} onClose={onClose} title={title} size={Math.min(window.innerWidth, 720 * Math.max(1, window.innerWidth / 2400))} destroyOnHidden rootClassName="raw">
      {shown.kind === 'event' && <EventFacts event={shown.event} />}
      {shown.kind === 'event' && <Texts resources={shown.event.resources} />}
      {shown.kind === 'resources' && <Texts resources={shown.resources} />}
      {shown.kind === 'record' && <WholeRecord patientId={patientId} resources={shown.resources} />}
    </Drawer>
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
