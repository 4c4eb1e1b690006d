// A small form over the page that asks for one operation; what the server refuses is shown in it, and what it asks about
// can be confirmed in it.
import { Input, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { FhirClient, FhirFailure } from '../fhir/client';
import { useLanguage } from '../i18n/use-language';
import { Choice, Field, Findings } from './Field';
import { DOCUMENT_KINDS, outcomeFindings, type Finding } from './form';
import { parameters, partsParameter, textParameter, type Parameter, type Parameters } from './parameters';

export type DialogField =
  | { name: string; kind: 'text' | 'long' | 'date'; label: string; hint?: string; required?: boolean; start?: string }
  | { name: 'sex'; kind: 'sex'; start?: string }
  | { name: 'document'; kind: 'document' };

export interface DialogSpec {
  title: string;
  path: string;                 // "/Patient/x/$move-out"
  fields: DialogField[];
  note?: string;
  more?: (values: Record<string, string>) => Parameter[];   // beside the fields, or instead of those of `own`
  own?: string[];               // fields that `more` sends in its own way
}

export function Dialog({ spec, onClose, onDone }: { spec: DialogSpec; onClose: () => void; onDone: (answer: Parameters) => void }) {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const [values, setValues] = useState<Record<string, string>>(() => Object.fromEntries(spec.fields.map((each) => [each.name, 'start' in each ? (each.start ?? '') : ''])));
  const [confirmed, setConfirmed] = useState<string[]>([]);
  const [findings, setFindings] = useState<Finding[]>([]);
  const [failure, setFailure] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const set = (name: string, value: string) => setValues((now) => ({ ...now, [name]: value }));

  const send = async () => {
    setBusy(true);
    setFailure([]);
    const list: Parameter[] = [];
    for (const each of spec.fields) {
      if (spec.own?.includes(each.name)) continue;
      if (each.kind === 'document') {
        if ((values['document-number'] ?? '').trim() !== '') list.push(...partsParameter('document', { kind: values['document-kind'] ?? 'resident-id', number: values['document-number'] ?? '' }));
      } else list.push(...textParameter(each.name, values[each.name] ?? ''));
    }
    for (const rule of confirmed) list.push({ name: 'confirm', valueString: rule });
    try {
      onDone(await client.post<Parameters>(spec.path, parameters([...list, ...(spec.more?.(values) ?? [])])));
    } catch (cause) {
      if (!(cause instanceof FhirFailure)) throw cause;
      setFindings(outcomeFindings(cause.outcome));
      if (!cause.outcome) setFailure([t(`state.${cause.kind}.title`)]);
    } finally {
      setBusy(false);
    }
  };
  const wrong = findings.filter((each) => each.severity === 'error');
  const questions = findings.filter((each) => each.severity === 'warning');
  return (
    <Modal open title={spec.title} onCancel={onClose} onOk={() => void send()} okText={t('keeping.keep.save')} cancelText={t('keeping.keep.cancel')} okButtonProps={{ disabled: busy }} destroyOnHidden>
      <form className="keeping dialog-form" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        {spec.note && <p className="warned">{spec.note}</p>}
        {spec.fields.map((each) => <One key={each.name} field={each} values={values} set={set} />)}
        {(wrong.length > 0 || failure.length > 0) && (
          <div role="alert">
            <h3>{t('keeping.keep.failed')}</h3>
            <Findings findings={wrong} />
            {failure.map((text) => <p key={text} className="finding finding-error">{text}</p>)}
          </div>
        )}
        {questions.map((each) => (
          <label className="check" key={each.rule}>
            <input type="checkbox" checked={confirmed.includes(each.rule)} onChange={(event) => setConfirmed((now) => (event.target.checked ? [...now, each.rule] : now.filter((rule) => rule !== each.rule)))} />
            <span>{language === 'zh' ? each.zh : each.en}</span>
          </label>
        ))}
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}

function One({ field, values, set }: { field: DialogField; values: Record<string, string>; set: (name: string, value: string) => void }) {
  const { t } = useLanguage();
  if (field.kind === 'sex') {
    return <Choice label={t('keeping.sex')} value={values.sex ?? ''} onChange={(value) => set('sex', value)} options={['male', 'female', 'unknown', 'other'].map((value) => ({ value, label: t(`keeping.sexes.${value}`) }))} />;
  }
  if (field.kind === 'document') {
    return (
      <>
        <Field label={t('keeping.document')}>
          {(attributes) => (
            <select {...attributes} className="select" value={values['document-kind'] ?? 'resident-id'} onChange={(event) => set('document-kind', event.target.value)}>
              {DOCUMENT_KINDS.map((kind) => <option key={kind} value={kind}>{t(`keeping.kinds.${kind}`)}</option>)}
            </select>
          )}
        </Field>
        <Field label={t('keeping.number')}>
          {(attributes) => <Input {...attributes} autoComplete="off" value={values['document-number'] ?? ''} onChange={(event) => set('document-number', event.target.value)} />}
        </Field>
      </>
    );
  }
  return (
    <Field label={field.label} hint={field.hint} required={field.required}>
      {(attributes) =>
        field.kind === 'long'
          ? <Input.TextArea {...attributes} rows={2} maxLength={300} value={values[field.name] ?? ''} onChange={(event) => set(field.name, event.target.value)} />
          : <Input {...attributes} type={field.kind === 'date' ? 'date' : 'text'} autoComplete="off" maxLength={300} value={values[field.name] ?? ''} onChange={(event) => set(field.name, event.target.value)} />}
    </Field>
  );
}
