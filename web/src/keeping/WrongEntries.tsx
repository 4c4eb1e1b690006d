// 写错人的记录: a visit that belongs to somebody else goes there with all that hangs on it; the wrong one stays, marked.
import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useLoad } from '../app/use-load';
import { FhirClient } from '../fhir/client';
import { conceptText, humanName, maskNumber, residentNumber } from '../fhir/text';
import { parseMoment } from '../fhir/time';
import type { Encounter, Patient } from '../fhir/types';
import { sexText } from '../i18n/person';
import { useLanguage } from '../i18n/use-language';
import { lookUp } from '../pages/lookup';
import type { DialogSpec } from './Dialog';
import { useSettled } from './use-settled';

const SHOWN = 10;

export function WrongEntries({ id, open }: { id: string; open: (spec: DialogSpec) => void }) {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const load = useLoad(`visits:${id}`, (signal) => client.all(`/Encounter?patient=Patient/${id}&_sort=-date&_count=${SHOWN}`, SHOWN, signal));
  const list = (load.data?.resources ?? []) as Encounter[];
  const spec = (visit: Encounter): DialogSpec => ({
    title: t('keeping.wrong.move'), path: `/Encounter/${visit.id}/$reassign`, note: t('keeping.wrong.help'),
    fields: [{ name: 'to', kind: 'resident', label: t('keeping.wrong.to'), except: id }, { name: 'reason', kind: 'long', label: t('keeping.keep.reason'), required: true }, { name: 'by', kind: 'text', label: t('keeping.keep.by') }],
    own: ['to'],
    more: (values) => [{ name: 'to', valueReference: { reference: `Patient/${values.to ?? ''}` } }],
  });
  return (
    <section className="card wide">
      <h2>{t('keeping.wrong.title')}</h2>
      <p className="soft small">{t('keeping.wrong.lead')}</p>
      {load.data && list.length === 0 && <p className="empty">{t('keeping.wrong.none')}</p>}
      <ul className="kept-rows">
        {list.map((visit) => (
          <li key={visit.id}>
            <span className="num soft">{parseMoment(visit.period?.start)?.day ?? t('state.unrecorded')}</span>
            <span>{conceptText(visit.type?.[0]) ?? conceptText(visit.reasonCode?.[0]) ?? t('types.Encounter')}</span>
            <span className="soft">{visit.serviceProvider?.display}</span>
            {visit.status === 'entered-in-error' ? <span className="end soft">{t('keeping.wrong.marked')}</span> : <button type="button" className="link end" onClick={() => open(spec(visit))}>{t('keeping.wrong.move')}</button>}
          </li>
        ))}
      </ul>
    </section>
  );
}

// Who else: found as on the find page, chosen from a list.
export function ResidentChoice({ value, except, onChange, attributes }: { value: string; except: string; onChange: (id: string) => void; attributes: { id: string } }) {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const [text, setText] = useState('');
  const query = useSettled(text.trim(), 250);
  const load = useLoad(`choose:${query}`, (signal) => (query ? lookUp(client, query, signal) : Promise.resolve({ patients: [], more: false })));
  const list: Patient[] = (load.data?.patients ?? []).filter((each) => each.id !== except).slice(0, 6);
  return (
    <>
      <Input {...attributes} type="search" autoComplete="off" value={text} placeholder={t('find.placeholder')} onChange={(event) => { setText(event.target.value); onChange(''); }} />
      <div className="resident-choice" role="radiogroup" aria-label={t('keeping.wrong.to')}>
        {list.map((each) => (
          <label key={each.id} className="check">
            <input type="radio" name={`${attributes.id}-choice`} checked={value === each.id} onChange={() => onChange(each.id ?? '')} />
            <span>{humanName(each.name)} · {sexText(t, each.gender)} · {each.birthDate ?? t('state.unrecorded')}{residentNumber(each)?.value ? ` · ${maskNumber(residentNumber(each)?.value ?? '')}` : ''}</span>
          </label>
        ))}
      </div>
    </>
  );
}
