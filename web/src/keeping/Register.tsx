// 新建档案: one form, duplicates looked for while it is filled in.
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { FailureNotice } from '../app/Faults';
import { FhirClient, FhirFailure } from '../fhir/client';
import { humanName } from '../fhir/text';
import type { Patient } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import { Candidates } from './Candidates';
import { Findings } from './Field';
import { emptyForm, formParameters, outcomeFindings, readPreview, type Finding, type FormState, type Preview } from './form';
import { HealthFields, IdentityFields, PlaceFields } from './FormFields';
import { first, parameters, type Parameter, type Parameters } from './parameters';
import { useSettled } from './use-settled';
import './keeping.css';

const PAUSE_MS = 350;
const PATH = '/Patient/$register';
// Findings that only say what is not there yet wait until the form is sent.
const MISSING = /-missing$|-none$|^name$/;

export default function Register() {
  const { t } = useLanguage();
  const [saved, setSaved] = useState<Patient>();
  const [round, setRound] = useState(0);
  if (saved) return <Saved patient={saved} again={() => { setSaved(undefined); setRound(round + 1); }} />;
  return (
    <div className="keeping">
      <div className="page-title page-title-tools">
        <div><h1>{t('keeping.title')}</h1><p>{t('keeping.lead')}</p></div>
        <Link className="plain-button" to="/import">{t('keeping.importLink')}</Link>
      </div>
      <RegisterForm key={round} onSaved={setSaved} />
    </div>
  );
}

function Saved({ patient, again }: { patient: Patient; again: () => void }) {
  const { t } = useLanguage();
  const button = useRef<HTMLAnchorElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <section className="card saved" role="status">
      <h1>{t('keeping.saved')}</h1>
      <p>{t('keeping.savedHelp', { name: humanName(patient.name) ?? '' })}</p>
      <div className="saved-next">
        <Link ref={button} className="plain-button" to={`/residents/${patient.id}`}>{t('keeping.toRecord')}</Link>
        <Link className="plain-button" to={`/keep/${patient.id}`}>{t('keeping.toKeep')}</Link>
        <Button type="primary" onClick={again}>{t('keeping.another')}</Button>
      </div>
    </section>
  );
}

// What the server says of the form as it stands.
function usePreview(client: FhirClient, sent: Parameter[]): { preview?: Preview; failed: boolean } {
  const [state, setState] = useState<{ preview?: Preview; failed: boolean }>({ failed: false });
  const key = useSettled(JSON.stringify(sent), PAUSE_MS);
  useEffect(() => {
    const list = JSON.parse(key) as Parameter[];
    if (list.length === 0) return setState({ failed: false });
    const abort = new AbortController();
    client.post<Parameters>(PATH, parameters([...list, { name: 'preview', valueBoolean: true }]), abort.signal).then(
      (answer) => setState({ preview: readPreview(answer), failed: false }),
      () => !abort.signal.aborted && setState({ failed: true }),
    );
    return () => abort.abort();
  }, [key, client]);
  return state;
}

function RegisterForm({ onSaved }: { onSaved: (patient: Patient) => void }) {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const [form, setForm] = useState<FormState>(emptyForm);
  const [touched, setTouched] = useState<Set<string>>(new Set());
  const [different, setDifferent] = useState<Set<string>>(new Set());
  const [confirmed, setConfirmed] = useState<Set<string>>(new Set());
  const [refused, setRefused] = useState<Finding[]>();
  const [failure, setFailure] = useState<FhirFailure>();
  const [busy, setBusy] = useState(false);
  const sent = useMemo(() => formParameters(form), [form]);
  const told = useMemo(() => [...different].map((id) => ({ name: 'different-from', valueReference: { reference: `Patient/${id}` } })), [different]);
  const { preview, failed } = usePreview(client, useMemo(() => (sent.length > 0 ? [...sent, ...told] : []), [sent, told]));
  const tried = refused !== undefined;

  const change = (part: Partial<FormState>) => setForm((now) => ({ ...now, ...part }));
  const touch = (field: string) => setTouched((now) => (now.has(field) ? now : new Set(now).add(field)));
  const all = preview?.findings ?? refused ?? [];
  const findings = (field: string) => all.filter((each) => each.field === field && (tried || (touched.has(field) && !MISSING.test(each.rule))));
  const questions = tried ? all.filter((each) => each.severity === 'warning' && each.rule !== 'duplicate-likely') : [];
  const errors = tried ? all.filter((each) => each.severity === 'error') : [];

  const save = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const confirm = [...confirmed].map((rule) => ({ name: 'confirm', valueString: rule }));
      const answer = await client.post<Parameters>(PATH, parameters([...sent, ...told, ...confirm]));
      onSaved(first(answer.parameter, 'resident')?.resource as Patient);
    } catch (cause) {
      if (!(cause instanceof FhirFailure)) throw cause;
      if (cause.outcome && (cause.status === 422 || cause.status === 409)) setRefused(outcomeFindings(cause.outcome));
      else setFailure(cause);
    } finally {
      setBusy(false);
    }
  };
  const props = { form, change, findings, touch, age: preview?.age };
  const candidates = preview?.candidates ?? [];
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <IdentityFields {...props} />
      <aside className="card form-side" aria-label={t('keeping.candidates')}>
        <h2>{t('keeping.candidates')}</h2>
        <p className="visually-hidden" role="status">{candidates.length > 0 ? t('keeping.candidatesFound', { n: candidates.length }) : ''}</p>
        {failed && <p className="unrecorded">{t('keeping.checkingFailed')}</p>}
        <Candidates list={candidates} different={different} onDifferent={(id, apart) => setDifferent((now) => {
          const next = new Set(now);
          if (apart) next.add(id); else next.delete(id);
          return next;
        })} />
      </aside>
      <PlaceFields {...props} />
      <HealthFields {...props} />
      {(questions.length > 0 || errors.length > 0) && (
        <section className="card form-section form-check" role="alert">
          <h2>{errors.length > 0 ? t('keeping.mustMend', { n: errors.length }) : t('keeping.confirmTitle')}</h2>
          <Findings findings={errors} />
          {questions.length > 0 && <p className="soft">{t('keeping.confirmHelp')}</p>}
          {questions.map((each) => (
            <label className="check" key={each.rule}>
              <input type="checkbox" checked={confirmed.has(each.rule)} onChange={(event) => setConfirmed((now) => {
                const next = new Set(now);
                if (event.target.checked) next.add(each.rule); else next.delete(each.rule);
                return next;
              })} />
              <span>{language === 'zh' ? each.zh : each.en}</span>
            </label>
          ))}
        </section>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div className="form-foot"><Button type="primary" htmlType="submit" size="large" disabled={busy}>{busy ? t('keeping.saving') : t('keeping.save')}</Button></div>
    </form>
  );
}
