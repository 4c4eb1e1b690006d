// 居民健康档案: one resident's life on one page.
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { NavLink, useParams } from 'react-router';
import { FailureNotice, NotFound } from '../app/Faults';
import { PageSkeleton } from '../app/Skeletons';
import { humanName } from '../fhir/text';
import { ageText, sexText } from '../i18n/person';
import { useLanguage } from '../i18n/use-language';
import { rememberResident } from '../pages/recent';
import { Header } from './Header';
import type { ResidentRecord } from './model/record';
import { RawProvider } from './raw/raw-context';
import { Summary } from './summary/Summary';
import { useRecord } from './use-record';
import './record.css';

const Timeline = lazy(() => import('./timeline/Timeline'));
const Trends = lazy(() => import('./trends/Trends'));
const Medicines = lazy(() => import('./medicines/Medicines'));

const TABS = ['summary', 'timeline', 'trends', 'medicines'] as const;
type Tab = (typeof TABS)[number];

export default function Resident() {
  const { id = '', tab = 'summary' } = useParams();
  const { record, failure, again, started } = useRecord(id);
  const opened = useOpenTime(record, started);
  useEffect(() => {
    if (record) rememberResident(record.patient);
  }, [record]);
  if (!TABS.includes(tab as Tab)) return <NotFound />;
  if (failure) return <FailureNotice failure={failure} again={again} />;
  if (!record) return <PageSkeleton />;
  return (
    <RawProvider patientId={id}>
      <div className="record" data-resident={id} data-opened={opened}>
        <Header record={record} opened={opened} whole={tab === 'summary'} />
        <Tabs record={record} id={id} />
        <Suspense fallback={<PageSkeleton />}>
          {tab === 'summary' && <Summary record={record} />}
          {tab === 'timeline' && <Timeline record={record} />}
          {tab === 'trends' && <Trends record={record} />}
          {tab === 'medicines' && <Medicines record={record} />}
        </Suspense>
      </div>
    </RawProvider>
  );
}

// Milliseconds from asking to the first picture with the record in it; shown, so that anybody can see it.
function useOpenTime(record: ResidentRecord | undefined, started: number): number | undefined {
  const [opened, setOpened] = useState<number>();
  const measured = useRef(0);
  useLayoutEffect(() => {
    if (!record || measured.current === started) return;
    measured.current = started;
    requestAnimationFrame(() => setOpened(Math.round(performance.now() - started)));
  }, [record, started]);
  return opened;
}

// The name stays in sight while scrolling: who is looked at must never be in doubt.
function Tabs({ record, id }: { record: ResidentRecord; id: string }) {
  const { t } = useLanguage();
  const counts = useMemo(() => ({ summary: undefined, timeline: record.events.length, trends: record.series.length, medicines: record.medicines.length }), [record]);
  return (
    <div className="tabs">
      <span className="tabs-who">
        <strong>{humanName(record.patient.name) ?? t('person.nameUnknown')}</strong> {sexText(t, record.patient.gender)} · {ageText(t, record.patient, Date.now())}
      </span>
      <nav aria-label={t('record.views')}>
        {TABS.map((tab) => (
          <NavLink key={tab} to={tab === 'summary' ? `/residents/${id}` : `/residents/${id}/${tab}`} end preventScrollReset>
            {t(`record.tabs.${tab}`)}{counts[tab] !== undefined && <span className="tabs-count">{counts[tab]}</span>}
          </NavLink>
        ))}
      </nav>
    </div>
  );
}
