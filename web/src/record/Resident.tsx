// 居民健康档案: one resident's life on one page.
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { NavLink, useParams } from 'react-router';
import { FailureNotice, NotFound } from '../app/Faults';
import { PageSkeleton } from '../app/Skeletons';
import { humanName } from '../fhir/text';
import { ageText, sexText } from '../i18n/person';
import { useLanguage } from '../i18n/use-language';
import { rememberResident } from '../pages/recent';
import { Arriving } from './Arriving';
import { Header } from './Header';
import type { ResidentRecord } from './model/record';
import { RawProvider } from './raw/raw-context';
import { Summary } from './summary/Summary';
import { useRecord, type OneSource } from './use-record';
import './record.css';

const Timeline = lazy(() => import('./timeline/Timeline'));
const Trends = lazy(() => import('./trends/Trends'));
const Medicines = lazy(() => import('./medicines/Medicines'));

const Family = lazy(() => import('./family/Family'));
const Sources = lazy(() => import('./sources/Sources'));

const TABS = ['summary', 'timeline', 'trends', 'medicines', 'sources', 'family'] as const;
type Tab = (typeof TABS)[number];

export default function Resident() {
  const { id = '' } = useParams();
  return <OneResident key={id} id={id} />;   // nothing of one resident may stay when another is opened
}

function OneResident({ id }: { id: string }) {
  const { t } = useLanguage();
  const { tab = 'summary' } = useParams();
  const [only, setOnly] = useState<OneSource>();
  const { record, whole, failure, again, started } = useRecord(id, only);
  const opened = useOpenTime(whole, started);
  useEffect(() => {
    if (whole) rememberResident(whole.patient);
  }, [whole]);
  if (!TABS.includes(tab as Tab)) return <NotFound />;
  if (failure) return <FailureNotice failure={failure} again={again} />;
  if (!record || !whole) return <Arriving id={id} whole={tab === 'summary'} />;
  return (
    <RawProvider patientId={id}>
      <div className="record" data-resident={id} data-opened={opened}>
        <Header record={whole} opened={opened} whole={tab === 'summary'} />
        <Tabs record={record} id={id} sources={whole.sources.length} family={whole.resources.filter((each) => each.resourceType === 'RelatedPerson').length} />
        {only && (
          <p className="filtered" role="status">
            <span>{t('sources.filtered', { name: only.name ?? t('sources.unknown'), n: record.resources.length })}</span>
            <button type="button" className="plain-button" onClick={() => setOnly(undefined)}>{t('sources.showAll')}</button>
          </p>
        )}
        <Suspense fallback={<PageSkeleton />}>
          {tab === 'summary' && <Summary record={record} />}
          {tab === 'timeline' && <Timeline record={record} />}
          {tab === 'trends' && <Trends record={record} />}
          {tab === 'medicines' && <Medicines record={record} />}
          {tab === 'sources' && <Sources record={whole} only={only} setOnly={setOnly} />}
          {tab === 'family' && <Family record={whole} />}
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
function Tabs({ record, id, sources, family }: { record: ResidentRecord; id: string; sources: number; family: number }) {
  const { t } = useLanguage();
  const counts = useMemo(() => ({ summary: undefined, timeline: record.events.length, trends: record.series.length, medicines: record.medicines.length, sources, family }), [record, sources, family]);
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
