// 找人: one box. The address keeps what was asked, so that going back finds the same list.
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { FailureNotice } from '../app/Faults';
import { Bones } from '../app/Skeletons';
import { FindIcon } from '../app/icons';
import { loadResident } from '../app/pages-ahead';
import { useLoad } from '../app/use-load';
import { FhirClient } from '../fhir/client';
import type { Patient } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import { lookUp, type Found } from './lookup';
import { PersonRow } from './PersonRow';
import { forgetResidents, recentResidents } from './recent';
import './find.css';

const PAUSE_MS = 160;   // while somebody types, ask only when they pause

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export default function Find() {
  const { t, language } = useLanguage();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [text, setText] = useState(params.get('q') ?? '');
  const query = useSettled(text.trim());
  const [recent, setRecent] = useState(recentResidents);
  const box = useRef<HTMLInputElement>(null);
  const client = useMemo(() => new FhirClient(language), [language]);
  const found = useLoad<Found>(`${language}:${query}`, (signal) => (query ? lookUp(client, query, signal) : Promise.resolve({ patients: [], more: false })));
  const list = query ? (found.data?.patients ?? []) : recent;

  useEffect(() => {
    box.current?.focus();
    void loadResident();
  }, []);
  useEffect(() => {
    if ((params.get('q') ?? '') !== query) setParams(query ? { q: query } : {}, { replace: true });
    // only a new query changes the address
  }, [query]);

  // The arrows walk from the box through the list and back; Enter in the box opens the first.
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;   // Enter belongs to the input method while it composes
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const stops = [box.current, ...event.currentTarget.querySelectorAll<HTMLElement>('.person a')];
      stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(document.activeElement as HTMLElement) + step))]?.focus();
    }
    const first = list[0];
    if (event.key === 'Enter' && event.target === box.current && first && query === text.trim()) navigate(`/residents/${first.id}`);
  };

  return (
    <div className="find" onKeyDown={onKey}>
      <div className="page-title">
        <h1>{t('find.title')}</h1>
        <p>{t('find.lead')}</p>
      </div>
      <div className="find-box">
        <FindIcon />
        <input
          ref={box} type="search" value={text} placeholder={t('find.placeholder')} aria-label={t('find.label')} autoComplete="off" spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <FindStatus query={query} found={found.data} loading={found.loading && query !== ''} />
      {query !== '' && found.failure && <FailureNotice failure={found.failure} again={found.again} />}
      {query === '' && recent.length > 0 && (
        <div className="card-head find-recent">
          <h2>{t('find.recent')}</h2>
          <button type="button" className="link end" onClick={() => { forgetResidents(); setRecent([]); }}>{t('find.forget')}</button>
        </div>
      )}
      {found.loading && query !== '' ? <div className="card"><Bones lines={5} /></div> : <People list={list} />}
    </div>
  );
}

function People({ list }: { list: Patient[] }) {
  const { t } = useLanguage();
  if (list.length === 0) return null;
  return (
    <ul className="people" aria-label={t('find.title')}>
      {list.map((patient, i) => <PersonRow key={patient.id} patient={patient} first={i === 0} />)}
    </ul>
  );
}

function FindStatus({ query, found, loading }: { query: string; found?: Found; loading: boolean }) {
  const { t } = useLanguage();
  if (query === '') return <p className="find-status" role="status">{t('find.startHelp')}</p>;
  if (loading || !found) return <p className="find-status" role="status">{loading ? t('state.loading') : ''}</p>;
  if (found.patients.length === 0) {
    return (
      <div className="nothing" role="status">
        <h2>{t('find.none', { q: query })}</h2>
        <p className="soft">{t('find.noneHelp')}</p>
      </div>
    );
  }
  const n = found.total ?? found.patients.length;
  return (
    <p className="find-status" role="status">
      {found.more && found.total === undefined ? t('find.more', { n }) : t('find.found', { n })}
      <span className="find-keys">{t('find.hint')}</span>
    </p>
  );
}
