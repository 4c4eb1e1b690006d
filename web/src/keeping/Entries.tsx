// 写错的记录: entries of one resident are chosen, one or many, and moved to whom they belong or marked as entered in error.
// Nothing is deleted. Each is an act of its own: what is refused is said beside it, the rest is done.
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { FailureNotice } from '../app/Faults';
import { Bones, PageSkeleton } from '../app/Skeletons';
import { useLoad } from '../app/use-load';
import { FhirClient, FhirFailure } from '../fhir/client';
import { humanName } from '../fhir/text';
import type { Patient } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import { ResidentChoice } from './Choose';
import { ENTRY_SORT, ENTRY_TYPES, entryOf, toMove, type Entry, type EntryType } from './entries';
import { Choice, Field } from './Field';
import { outcomeFindings } from './form';
import { parameters, textParameter } from './parameters';
import './keeping.css';
import './entries.css';

const SHOWN = 100;   // of one kind
type Way = 'move' | 'mark';
interface Done { entry: Entry; fault?: string }

export default function Entries() {
  const { id = '' } = useParams();
  const { t, language, terms } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const [type, setType] = useState<EntryType>('Encounter');
  const [chosen, setChosen] = useState<Map<string, Entry>>(new Map());
  const [done, setDone] = useState<Done[]>([]);
  const who = useLoad(`who:${id}`, (signal) => client.get<Patient>(`/Patient/${id}`, signal));
  const load = useLoad(`entries:${language}:${id}:${type}:${done.length}`, async (signal) => {
    const { resources, whole } = await client.all(`/${type}?patient=Patient/${id}&_sort=${ENTRY_SORT[type]}&_count=${SHOWN}`, SHOWN, signal);
    return { list: resources.map((each) => entryOf(each, terms)), whole };
  });
  if (who.failure) return <FailureNotice failure={who.failure} again={who.again} />;
  if (!who.data) return <PageSkeleton />;
  const toggle = (entry: Entry) => setChosen((now) => {
    const next = new Map(now);
    if (!next.delete(entry.reference)) next.set(entry.reference, entry);
    return next;
  });
  return (
    <div className="keeping">
      <div className="page-title page-title-tools">
        <div><h1>{t('keeping.entries.title')}</h1><p>{t('keeping.entries.lead', { name: humanName(who.data.name) ?? t('person.nameUnknown') })}</p></div>
        <Link className="plain-button" to={`/keep/${id}`}>{t('keeping.back', { name: humanName(who.data.name) ?? '' })}</Link>
      </div>
      {done.length > 0 && <Report done={done} />}
      <section className="card">
        <div className="card-head"><h2>{t('keeping.entries.choose')}</h2></div>
        <div className="choices" role="group" aria-label={t('keeping.entries.kind')}>
          {ENTRY_TYPES.map((each) => <button key={each} type="button" className="plain-button" aria-pressed={type === each} onClick={() => setType(each)}>{t(`types.${each}`)}</button>)}
        </div>
        {load.failure ? <FailureNotice failure={load.failure} again={load.again} /> : !load.data ? <Bones lines={6} /> : <List list={load.data.list} whole={load.data.whole} chosen={chosen} toggle={toggle} />}
      </section>
      {chosen.size > 0 && <Act key={done.length} id={id} client={client} chosen={[...chosen.values()]} clear={() => setChosen(new Map())} toggle={toggle} onDone={(list) => { setDone((now) => [...list, ...now]); setChosen(new Map()); }} />}
    </div>
  );
}

function List({ list, whole, chosen, toggle }: { list: Entry[]; whole: boolean; chosen: Map<string, Entry>; toggle: (entry: Entry) => void }) {
  const { t } = useLanguage();
  if (list.length === 0) return <p className="empty">{t('keeping.entries.none')}</p>;
  return (
    <>
      {!whole && <p className="warned small entry-more">{t('keeping.entries.more', { n: SHOWN })}</p>}
      <ul className="entry-list">
        {list.map((each) => (
          <li key={each.reference} className={each.wrong ? 'entry-wrong' : undefined}>
            <label className="check">
              <input type="checkbox" disabled={each.wrong} checked={chosen.has(each.reference)} onChange={() => toggle(each)} />
              <span className="entry">
                <span className="num soft">{each.at ? each.at.day : t('state.unrecorded')}</span>
                <span><strong>{each.title ?? t(`types.${each.type}`)}</strong>{each.detail && ` ${each.detail}`}</span>
                <span className="soft small">{each.place}</span>
                {each.wrong && <em>{each.movedTo ? t('keeping.wrong.marked') : t('keeping.entries.marked')}</em>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}

function Act({ id, client, chosen, clear, toggle, onDone }: { id: string; client: FhirClient; chosen: Entry[]; clear: () => void; toggle: (entry: Entry) => void; onDone: (done: Done[]) => void }) {
  const { t } = useLanguage();
  const [way, setWay] = useState<Way>('move');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [by, setBy] = useState('');
  const [at, setAt] = useState<number>();
  const { ask, along } = way === 'move' ? toMove(chosen) : { ask: chosen, along: [] };
  const ready = reason.trim() !== '' && (way === 'mark' || to !== '');
  const send = async () => {
    const done: Done[] = [];
    for (const [i, entry] of ask.entries()) {
      setAt(i + 1);
      const list = [...textParameter('reason', reason), ...textParameter('by', by), ...(way === 'move' ? [{ name: 'to', valueReference: { reference: `Patient/${to}` } }] : [])];
      try {
        await client.post(`/${entry.reference}/${way === 'move' ? '$reassign' : '$entered-in-error'}`, parameters(list));
        done.push({ entry });
      } catch (cause) {
        if (!(cause instanceof FhirFailure)) throw cause;
        done.push({ entry, fault: outcomeFindings(cause.outcome)[0]?.zh || t(`state.${cause.kind}.title`) });
        if (cause.kind === 'offline') break;
      }
    }
    setAt(undefined);
    onDone(done);
  };
  return (
    <section className="card">
      <div className="card-head"><h2>{t('keeping.entries.act', { n: chosen.length })}</h2><button type="button" className="link end" onClick={clear}>{t('keeping.entries.clear')}</button></div>
      <ul className="entry-chosen" aria-label={t('keeping.entries.chosen')}>
        {chosen.map((each) => (
          <li key={each.reference}>
            <span><span className="num soft">{each.at?.day}</span> {each.title ?? t(`types.${each.type}`)} {each.detail}</span>
            <button type="button" className="link" disabled={at !== undefined} onClick={() => toggle(each)}>{t('keeping.entries.drop')}<span className="visually-hidden"> {each.at?.day} {each.title}</span></button>
          </li>
        ))}
      </ul>
      <form className="merge-form" onSubmit={(event) => { event.preventDefault(); if (ready && at === undefined) void send(); }}>
        <Choice label={t('keeping.entries.way')} value={way} onChange={setWay} options={(['move', 'mark'] as const).map((value) => ({ value, label: t(`keeping.entries.${value}`) }))} />
        <p className="soft">{t(`keeping.entries.${way}Help`)}</p>
        {along.length > 0 && <p className="soft small">{t('keeping.entries.along', { n: along.length })}</p>}
        {way === 'move' && <Field label={t('keeping.wrong.to')} required>{(attributes) => <ResidentChoice attributes={attributes} value={to} except={id} onChange={setTo} />}</Field>}
        <Field label={t('keeping.keep.reason')} hint={t('keeping.keep.reasonHint')} required>{(attributes) => <Input.TextArea {...attributes} rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        <Field label={t('keeping.keep.by')}>{(attributes) => <Input {...attributes} autoComplete="off" maxLength={300} value={by} onChange={(event) => setBy(event.target.value)} />}</Field>
        <div><Button type="primary" htmlType="submit" disabled={!ready || at !== undefined}>{at !== undefined ? t('keeping.entries.doing', { n: at, all: ask.length }) : t(`keeping.entries.${way}Do`, { n: ask.length })}</Button></div>
      </form>
    </section>
  );
}

function Report({ done }: { done: Done[] }) {
  const { t } = useLanguage();
  const failed = done.filter((each) => each.fault !== undefined);
  return (
    <section className="card" role="status">
      <h2>{t('keeping.entries.did', { n: done.length - failed.length })}{failed.length > 0 && ` · ${t('keeping.entries.didNot', { n: failed.length })}`}</h2>
      {failed.length > 0 && <ul className="findings">{failed.map((each) => <li key={each.entry.reference} className="finding finding-error">{each.entry.at?.day} {each.entry.title ?? t(`types.${each.entry.type}`)}：{each.fault}</li>)}</ul>}
    </section>
  );
}
