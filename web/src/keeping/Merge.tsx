// Two records become one: the other is searched for and chosen, both stand side by side, and only who has said that they
// were compared can confirm. `MergeResident` and `MergeInstitution` say of what.
import { Button, Input } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { FailureNotice } from '../app/Faults';
import { Bones, PageSkeleton } from '../app/Skeletons';
import { useLoad } from '../app/use-load';
import { FhirClient, FhirFailure } from '../fhir/client';
import { humanName } from '../fhir/text';
import type { Organization, Patient, Resource } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import { Compare } from './Compare';
import { institutionRows, RESIDENT_COUNTS, residentRows, type Row } from './compare';
import { InstitutionChoice, ResidentChoice, type ChooseProps } from './Choose';
import { Choice, Field, Findings } from './Field';
import { outcomeFindings, type Finding } from './form';
import { parameters, textParameter } from './parameters';
import './keeping.css';

interface Kind<T extends Resource> {
  type: 'Patient' | 'Organization';
  words: string;                                   // key of the page's words
  home: (id: string) => string;
  nameOf: (each: T) => string | undefined;
  choice: (props: ChooseProps) => ReactNode;
  rows: (t: ReturnType<typeof useLanguage>['t'], one: T, other: T) => Row[];
  counts: [word: string, search: string][];        // searches whose totals are compared: "Encounter?patient=Patient/"
  either: boolean;                                 // may either of the two stay?
}

const RESIDENTS: Kind<Patient> = {
  type: 'Patient', words: 'keeping.merge.resident', home: (id) => `/keep/${id}`, nameOf: (each) => humanName(each.name), choice: (props) => <ResidentChoice {...props} />,
  rows: residentRows, counts: RESIDENT_COUNTS.map((type) => [`types.${type}`, `${type}?patient=Patient/`]), either: true,
};
const INSTITUTIONS: Kind<Organization> = {
  type: 'Organization', words: 'keeping.merge.institution', home: (id) => `/institutions/${id}`, nameOf: (each) => each.name, choice: (props) => <InstitutionChoice {...props} />,
  rows: institutionRows, counts: [['keeping.institutions.departments', 'Organization?partof=Organization/'], ['keeping.institutions.wards', 'Location?organization=Organization/'], ['keeping.institutions.staff', 'PractitionerRole?organization=Organization/']], either: false,
};

export const MergeResident = () => <Merge kind={RESIDENTS} />;
export const MergeInstitution = () => <Merge kind={INSTITUTIONS} />;

function Merge<T extends Resource>({ kind }: { kind: Kind<T> }) {
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const other = params.get('with') ?? '';
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const load = useLoad(`merge:${language}:${id}`, (signal) => client.get<T>(`/${kind.type}/${id}`, signal));
  if (load.failure) return <FailureNotice failure={load.failure} again={load.again} />;
  if (!load.data) return <PageSkeleton />;
  return (
    <div className="keeping">
      <div className="page-title page-title-tools">
        <div><h1>{t(`${kind.words}.title`)}</h1><p>{t(`${kind.words}.lead`)}</p></div>
        <Link className="plain-button" to={kind.home(id)}>{t('keeping.merge.back', { name: kind.nameOf(load.data) ?? '' })}</Link>
      </div>
      <section className="card">
        <h2>{t('keeping.merge.search')}</h2>
        <Field label={t(`${kind.words}.other`)}>
          {(attributes) => kind.choice({ attributes, value: other, except: id, onChange: (chosen) => setParams(chosen ? { with: chosen } : {}, { replace: true }) })}
        </Field>
      </section>
      {other !== '' && <Both key={other} kind={kind} one={load.data} id={other} client={client} />}
    </div>
  );
}

async function countsOf(client: FhirClient, kind: { counts: [string, string][] }, ids: string[], signal: AbortSignal): Promise<[string, string, string][]> {
  return Promise.all(kind.counts.map(async ([word, search]): Promise<[string, string, string]> => {
    const [one, other] = await Promise.all(ids.map((id) => client.count(search + id, signal)));
    return [word, String(one), String(other)];
  }));
}

function Both<T extends Resource>({ kind, one, id, client }: { kind: Kind<T>; one: T; id: string; client: FhirClient }) {
  const { t, language } = useLanguage();
  const load = useLoad(`both:${language}:${id}`, async (signal) => {
    const [other, counts] = await Promise.all([client.get<T>(`/${kind.type}/${id}`, signal), countsOf(client, kind, [one.id ?? '', id], signal)]);
    return { other, counts };
  });
  if (load.failure) return <FailureNotice failure={load.failure} again={load.again} />;
  if (!load.data) return <div className="card"><Bones lines={8} /></div>;
  const { other, counts } = load.data;
  const rows = [...kind.rows(t, one, other), ...counts.map(([word, left, right]) => ({ label: t(word), one: left, other: right, counted: true }))];
  const head = (each: T, key: string) => <><span className="merge-heads">{t(`keeping.merge.${key}`)}</span><Link to={kind.home(each.id ?? '')} target="_blank">{kind.nameOf(each) ?? t('person.nameUnknown')}</Link></>;
  return (
    <>
      <section className="card">
        <h2>{t('keeping.merge.compare')}</h2>
        <Compare one={head(one, 'this')} other={head(other, 'that')} rows={rows} />
      </section>
      <Confirm kind={kind} one={one} other={other} client={client} />
    </>
  );
}

function Confirm<T extends Resource>({ kind, one, other, client }: { kind: Kind<T>; one: T; other: T; client: FhirClient }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const [stays, setStays] = useState<'this' | 'that'>('that');
  const [reason, setReason] = useState('');
  const [by, setBy] = useState('');
  const [compared, setCompared] = useState(false);
  const [findings, setFindings] = useState<Finding[]>([]);
  const [busy, setBusy] = useState(false);
  const [into, from] = stays === 'that' ? [other, one] : [one, other];
  const names = { from: kind.nameOf(from) ?? t('person.nameUnknown'), into: kind.nameOf(into) ?? t('person.nameUnknown') };
  const send = async () => {
    setBusy(true);
    setFindings([]);
    try {
      await client.post(`/${kind.type}/${from.id}/$merge`, parameters([{ name: 'into', valueReference: { reference: `${kind.type}/${into.id}` } }, ...textParameter('reason', reason), ...textParameter('by', by)]));
      navigate(kind.home(into.id ?? ''));
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
      <form className="merge-form" onSubmit={(event) => { event.preventDefault(); if (compared && !busy) void send(); }}>
        {kind.either && <Choice label={t('keeping.merge.stays')} value={stays} onChange={setStays} options={(['that', 'this'] as const).map((value) => ({ value, label: t(`keeping.merge.${value}`) }))} />}
        <p>{t(`${kind.words}.help`, names)}</p>
        <Field label={t('keeping.keep.reason')} hint={t('keeping.keep.reasonHint')} required>{(attributes) => <Input.TextArea {...attributes} rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        <Field label={t('keeping.keep.by')}>{(attributes) => <Input {...attributes} autoComplete="off" maxLength={300} value={by} onChange={(event) => setBy(event.target.value)} />}</Field>
        <label className="check"><input type="checkbox" checked={compared} onChange={(event) => setCompared(event.target.checked)} /><span>{t(`${kind.words}.compared`)}</span></label>
        {findings.length > 0 && <div role="alert"><h3>{t('keeping.keep.failed')}</h3><Findings findings={findings} /></div>}
        <div><Button type="primary" htmlType="submit" disabled={!compared || busy}>{t('keeping.merge.do', names)}</Button></div>
      </form>
    </section>
  );
}
