// 术语: a system or value set, what is found in it while somebody types, and one concept with all that is known of it.
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { FailureNotice } from '../../app/Faults';
import { Bones } from '../../app/Skeletons';
import { useLoad } from '../../app/use-load';
import { FhirClient } from '../../fhir/client';
import { useLanguage } from '../../i18n/use-language';
import { useSettled } from '../../keeping/use-settled';
import { ConceptPane } from './ConceptPane';
import { atAddress, expand, nameOf, sources, type Coded, type Known, type Source } from './model';
import '../words';
import '../tools.css';
import './terminology.css';

const PAGE = 50;
const PAUSE_MS = 200;

export default function Terminology() {
  const { t, language } = useLanguage();
  const [params, setParams] = useSearchParams();
  const client = useMemo(() => new FhirClient(language), [language]);
  const lists = useLoad(`sources:${language}`, (signal) => sources(client, signal));
  const url = params.get('url');
  const kind = params.get('kind') === 'ValueSet' ? 'ValueSet' : 'CodeSystem';
  const source = useMemo((): Source | undefined => (url === null ? undefined : { kind, url }), [url, kind]);
  const code = params.get('code'), system = params.get('system');
  const change = (next: Record<string, string | undefined>, replace: boolean) => {
    const query = new URLSearchParams(params);
    for (const [key, value] of Object.entries(next)) {
      if (value === undefined || value === '') query.delete(key);
      else query.set(key, value);
    }
    setParams(query, { replace, preventScrollReset: true });
  };
  return (
    <div className="tool">
      <div className="page-title"><h1>{t('tools.terminology.title')}</h1><p>{t('tools.terminology.lead')}</p></div>
      {lists.failure && <FailureNotice failure={lists.failure} again={lists.again} />}
      <div className="terms">
        <section className="card terms-sources">
          <h2>{t('tools.terminology.sources')}</h2>
          {lists.data ? <SourceList list={lists.data} chosen={source} choose={(next) => change({ url: next.url, kind: next.kind, code: undefined, system: undefined }, false)} /> : <Bones lines={6} />}
        </section>
        {source ? <Codes key={`${source.kind}:${source.url}`} source={source} client={client} query={params.get('q') ?? ''} onQuery={(q) => change({ q }, true)} chosen={code ?? undefined} choose={(each) => change({ code: each.code, system: each.system }, false)} />
          : <p className="card soft">{t('tools.terminology.choose')}</p>}
        {code && system && <ConceptPane key={`${system}|${code}`} client={client} system={system} code={code} go={(next) => change({ code: next }, false)} />}
      </div>
    </div>
  );
}

const SHOWN_SOURCES = 40;

function SourceList({ list, chosen, choose }: { list: Known[]; chosen?: Source; choose: (source: Source) => void }) {
  const { t } = useLanguage();
  const [filter, setFilter] = useState('');
  const words = filter.trim().toLowerCase().split(/\s+/);
  const found = [...list.filter((each) => words.every((word) => `${each.title ?? ''} ${each.name ?? ''} ${each.url}`.toLowerCase().includes(word))), ...atAddress(filter, list)];
  return (
    <>
      <input className="tool-input" type="search" value={filter} aria-label={t('tools.terminology.filter')} placeholder={t('tools.terminology.filter')} autoComplete="off" onChange={(event) => setFilter(event.target.value)} />
      <p className="small soft" role="status">{found.length > SHOWN_SOURCES ? t('tools.terminology.firstOf', { n: SHOWN_SOURCES, all: found.length }) : t('tools.terminology.some', { n: found.length })}</p>
      <ul className="term-list">
        {found.slice(0, SHOWN_SOURCES).map((each) => (
          <li key={`${each.kind} ${each.url} ${each.version}`}>
            <button type="button" className="term" aria-pressed={chosen?.url === each.url && chosen?.kind === each.kind} onClick={() => choose({ kind: each.kind, url: each.url! })}>
              <strong>{nameOf(each)}</strong>
              <span className="small soft">{t(`tools.terminology.kinds.${each.kind}`)}{each.version && ` · ${each.version}`}{each.count !== undefined && ` · ${t('tools.terminology.some', { n: each.count })}`}</span>
              <span className="small soft term-url">{each.url}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Codes({ source, client, query, onQuery, chosen, choose }: { source: Source; client: FhirClient; query: string; onQuery: (query: string) => void; chosen?: string; choose: (code: Coded) => void }) {
  const { t, language } = useLanguage();
  const [text, setText] = useState(query);
  const [count, setCount] = useState(PAGE);
  const filter = useSettled(text, PAUSE_MS);
  useEffect(() => {
    if (filter !== query) onQuery(filter);
    setCount(PAGE);
    // only what is asked changes the address
  }, [filter]);
  const load = useLoad(`expand:${language}:${source.kind}:${source.url}:${filter}:${count}`, (signal) => expand(client, source, filter, count, language, signal));
  const list = load.data?.list ?? [];
  const total = load.data?.total;
  return (
    <section className="card terms-codes">
      <h2><label htmlFor="term-search">{t('tools.terminology.search')}</label></h2>
      <input id="term-search" className="tool-input" type="search" value={text} placeholder={t('tools.terminology.searchHint')} autoComplete="off" spellCheck={false} onChange={(event) => setText(event.target.value)} />
      <p className="small soft" role="status">{load.loading ? t('state.loading') : load.data ? (list.length === 0 ? t('tools.terminology.none') : total !== undefined && total > list.length ? t('tools.terminology.firstOf', { n: list.length, all: total }) : t('tools.terminology.some', { n: list.length })) : ''}</p>
      {load.failure && <FailureNotice failure={load.failure} again={load.again} />}
      {load.loading ? <Bones lines={6} /> : (
        <ul className="term-list">
          {list.map((each, i) => (
            <li key={`${each.system}|${each.code}|${i}`} style={{ paddingLeft: `${Math.min(each.level, 6)}rem` }}>
              <button type="button" className={each.inactive ? 'term term-inactive' : 'term'} aria-pressed={chosen === each.code} onClick={() => choose(each)}>
                <span><code>{each.code}</code> <strong>{each.display ?? ''}</strong></span>
                {each.names.length > 0 && <span className="small soft">{each.names.slice(0, 3).join(' · ')}</span>}
                {each.inactive && <span className="small unrecorded">{t('tools.terminology.inactive')}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
      {(total === undefined ? list.length >= count : total > list.length) && !load.loading && <button type="button" className="plain-button" onClick={() => setCount((n) => n + 2 * PAGE)}>{t('tools.terminology.showMore')}</button>}
    </section>
  );
}
