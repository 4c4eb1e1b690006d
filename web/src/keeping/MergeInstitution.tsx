// Two institutions become one: the other is searched for and chosen, both stand side by side, and only who has said that they
// were compared can confirm.
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { FailureNotice } from '../app/Faults';
import { Bones, PageSkeleton } from '../app/Skeletons';
import { useLoad } from '../app/use-load';
import { FhirClient, FhirFailure } from '../fhir/client';
import type { Organization } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import { Compare } from './Compare';
import { institutionRows } from './compare';
import { InstitutionChoice } from './Choose';
import { Field, Findings } from './Field';
import { outcomeFindings, type Finding } from './form';
import { parameters, textParameter } from './parameters';
import './keeping.css';

// What goes over, as searches whose totals are shown.
const COUNTS: [word: string, search: string][] = [['departments', 'Organization?partof=Organization/'], ['wards', 'Location?organization=Organization/'], ['staff', 'PractitionerRole?organization=Organization/']];

const home = (id: string | undefined) => `/institutions/${id ?? ''}`;

export default function MergeInstitution() {
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const other = params.get('with') ?? '';
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const load = useLoad(`merge:${language}:${id}`, (signal) => client.get<Organization>(`/Organization/${id}`, signal));
  if (load.failure) return <FailureNotice failure={load.failure} again={load.again} />;
  if (!load.data) return <PageSkeleton />;
  return (
    <div className="keeping">
      <div className="page-title page-title-tools">
        <div><h1>{t('keeping.merge.title')}</h1><p>{t('keeping.merge.lead')}</p></div>
        <Link className="plain-button" to={home(id)}>{t('keeping.back', { name: load.data.name ?? '' })}</Link>
      </div>
      <section className="card">
        <h2>{t('keeping.merge.search')}</h2>
        <div className="merge-form"><Field label={t('keeping.merge.other')}>
          {(attributes) => <InstitutionChoice attributes={attributes} value={other} except={id} onChange={(chosen) => setParams(chosen ? { with: chosen } : {}, { replace: true })} />}
        </Field></div>
      </section>
      {other !== '' && <Both key={other} one={load.data} id={other} client={client} />}
    </div>
  );
}

async function countsOf(client: FhirClient, ids: string[], signal: AbortSignal): Promise<[string, string, string][]> {
  return Promise.all(COUNTS.map(async ([word, search]): Promise<[string, string, string]> => {
    const [one, other] = await Promise.all(ids.map((id) => client.count(search + id, signal)));
    return [word, String(one), String(other)];
  }));
}

function Both({ one, id, client }: { one: Organization; id: string; client: FhirClient }) {
  const { t, language } = useLanguage();
  const load = useLoad(`both:${language}:${id}`, async (signal) => {
    const [other, counts] = await Promise.all([client.get<Organization>(`/Organization/${id}`, signal), countsOf(client, [one.id ?? '', id], signal)]);
    return { other, counts };
  });
  if (load.failure) return <FailureNotice failure={load.failure} again={load.again} />;
  if (!load.data) return <div className="card"><Bones lines={8} /></div>;
  const { other, counts } = load.data;
  const rows = [...institutionRows(t, one, other), ...counts.map(([word, left, right]) => ({ label: t(`keeping.institutions.${word}`), one: left, other: right, counted: true }))];
  const head = (each: Organization, key: string) => <><span className="merge-heads">{t(`keeping.merge.${key}`)}</span><Link to={home(each.id)} target="_blank">{each.name ?? t('person.nameUnknown')}</Link></>;
  return (
    <>
      <section className="card">
        <h2>{t('keeping.merge.compare')}</h2>
        <Compare one={head(one, 'this')} other={head(other, 'that')} rows={rows} />
      </section>
      <Confirm from={one} into={other} client={client} />
    </>
  );
}

function Confirm({ from, into, client }: { from: Organization; into: Organization; client: FhirClient }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const [by, setBy] = useState('');
  const [compared, setCompared] = useState(false);
  const [findings, setFindings] = useState<Finding[]>([]);
  const [busy, setBusy] = useState(false);
  const ready = compared && reason.trim() !== '' && !busy;
  const names = { from: from.name ?? t('person.nameUnknown'), into: into.name ?? t('person.nameUnknown') };
  const send = async () => {
    setBusy(true);
    setFindings([]);
    try {
      await client.post(`/Organization/${from.id}/$merge`, parameters([{ name: 'into', valueReference: { reference: `Organization/${into.id}` } }, ...textParameter('reason', reason), ...textParameter('by', by)]));
      navigate(home(into.id));
    } catch (cause) {
      if (!(cause instanceof FhirFailure)) throw cause;
      const said = outcomeFindings(cause.outcome);
      setFindings(said.length > 0 ? said : [{ severity: 'error', rule: '', field: '', zh: t(`state.${cause.kind}.title`), en: t(`state.${cause.kind}.title`) }]);
      setBusy(false);
    }
  };
  return (
    <section className="card">
      <h2>{t('keeping.merge.confirm')}</h2>
      <form className="merge-form" onSubmit={(event) => { event.preventDefault(); if (ready) void send(); }}>
        <p>{t('keeping.merge.help', names)}</p>
        <Field label={t('keeping.keep.reason')} hint={t('keeping.keep.reasonHint')} required>{(attributes) => <Input.TextArea {...attributes} rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        <Field label={t('keeping.keep.by')}>{(attributes) => <Input {...attributes} autoComplete="off" maxLength={300} value={by} onChange={(event) => setBy(event.target.value)} />}</Field>
        <label className="check"><input type="checkbox" checked={compared} onChange={(event) => setCompared(event.target.checked)} /><span>{t('keeping.merge.compared')}</span></label>
        {findings.length > 0 && <div role="alert"><h3>{t('keeping.keep.failed')}</h3><Findings findings={findings} /></div>}
        <div><Button type="primary" htmlType="submit" disabled={!ready}>{t('keeping.merge.do', names)}</Button></div>
      </form>
    </section>
  );
}
