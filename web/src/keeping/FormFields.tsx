// The fields of the registration form, in the order in which they are asked at a counter.
import { Button, Input } from 'antd';
import { useLanguage } from '../i18n/use-language';
import { Choice, Field } from './Field';
import { DOCUMENT_KINDS, type Answer, type DocumentKind, type Finding, type FormState } from './form';
import { NATIONALITIES } from './nationalities';

export interface FieldsProps {
  form: FormState;
  change: (part: Partial<FormState>) => void;
  findings: (field: string) => Finding[];   // those to be shown now
  touch: (field: string) => void;           // somebody has been there
  age?: string;
}

function Documents({ form, change, findings, touch }: FieldsProps) {
  const { t } = useLanguage();
  const set = (index: number, part: Partial<FormState['documents'][number]>) =>
    change({ documents: form.documents.map((each, i) => (i === index ? { ...each, ...part } : each)) });
  return (
    <div className="documents">
      {form.documents.map((each, i) => (
        <div className="document-row" key={i}>
          <Field label={t('keeping.document')}>
            {(attributes) => (
              <select {...attributes} className="select" value={each.kind} onChange={(event) => set(i, { kind: event.target.value as DocumentKind })}>
                {DOCUMENT_KINDS.map((kind) => <option key={kind} value={kind}>{t(`keeping.kinds.${kind}`)}</option>)}
              </select>
            )}
          </Field>
          <Field label={t('keeping.number')} findings={i === form.documents.length - 1 ? findings('document') : []}>
            {(attributes) => <Input {...attributes} autoComplete="off" spellCheck={false} maxLength={60} value={each.number} onChange={(event) => set(i, { number: event.target.value })} onBlur={() => touch('document')} />}
          </Field>
          <Field label={t('keeping.validUntil')}>
            {(attributes) => <Input {...attributes} type="date" value={each.validUntil} onChange={(event) => set(i, { validUntil: event.target.value })} />}
          </Field>
          {form.documents.length > 1 && (
            <button type="button" className="link" onClick={() => change({ documents: form.documents.filter((_, at) => at !== i) })}>{t('keeping.removeDocument')}</button>
          )}
        </div>
      ))}
      <Button onClick={() => change({ documents: [...form.documents, { kind: 'household-book', number: '', validUntil: '' }] })}>{t('keeping.addDocument')}</Button>
    </div>
  );
}

function Text({ props, name, field, label, hint, required, wide, age }: {
  props: FieldsProps; name: 'name' | 'birth' | 'phone' | 'address' | 'village' | 'grid' | 'household' | 'householdRole'; field: string; label: string; hint?: string; required?: boolean; wide?: boolean; age?: string;
}) {
  const { t } = useLanguage();
  return (
    <Field label={label} hint={age ? t('keeping.ageIs', { age }) : hint} findings={props.findings(field)} required={required} wide={wide}>
      {(attributes) => (
        <Input {...attributes} autoComplete="off" spellCheck={false} maxLength={300} value={props.form[name]}
          onChange={(event) => props.change({ [name]: event.target.value })} onBlur={() => props.touch(field)} />
      )}
    </Field>
  );
}

export function IdentityFields(props: FieldsProps) {
  const { t } = useLanguage();
  const { form, change, findings, touch, age } = props;
  const sex = (value: string) => ({ value, label: t(`keeping.sexes.${value}`) });
  return (
    <section className="card form-section">
      <h2>{t('keeping.sections.who')}</h2>
      <label className="check"><input type="checkbox" checked={form.unknown} onChange={(event) => change({ unknown: event.target.checked })} /><span>{t('keeping.unknownPerson')}</span></label>
      {form.unknown && (
        <Field label={t('keeping.description')} hint={t('keeping.unknownHelp')} wide>
          {(attributes) => <Input.TextArea {...attributes} rows={2} maxLength={200} placeholder={t('keeping.descriptionHint')} value={form.description} onChange={(event) => change({ description: event.target.value })} />}
        </Field>
      )}
      {!form.unknown && <Documents {...props} />}
      <div className="form-grid">
        <Text props={props} name="name" field="name" label={t('keeping.name')} hint={t('keeping.nameHint')} required={!form.unknown} />
        <Choice label={t('keeping.sex')} value={form.sex} required={!form.unknown} findings={findings('sex')} options={['male', 'female', 'unknown', 'other'].map(sex)} onChange={(value) => { change({ sex: value }); touch('sex'); }} />
        <div>
          <Text props={props} name="birth" field="birth-date" label={t('keeping.birth')} hint={t('keeping.birthHint')} age={age} />
          <label className="check"><input type="checkbox" checked={form.lunar} onChange={(event) => change({ lunar: event.target.checked })} /><span>{t('keeping.lunar')}</span></label>
        </div>
        <Field label={t('keeping.nationality')} findings={findings('nationality')}>
          {(attributes) => (
            <select {...attributes} className="select" value={form.nationality} onChange={(event) => change({ nationality: event.target.value })}>
              <option value="">{t('state.unrecorded')}</option>
              {NATIONALITIES.map((each) => <option key={each}>{each}</option>)}
            </select>
          )}
        </Field>
      </div>
    </section>
  );
}

export function PlaceFields(props: FieldsProps) {
  const { t } = useLanguage();
  const { form, change } = props;
  const contact = (part: Partial<FormState['contact']>) => change({ contact: { ...form.contact, ...part } });
  return (
    <section className="card form-section">
      <h2>{t('keeping.sections.where')}</h2>
      <div className="form-grid">
        <Text props={props} name="phone" field="phone" label={t('keeping.phone')} hint={t('keeping.phoneHint')} />
        <Text props={props} name="address" field="address" label={t('keeping.address')} wide />
        <Text props={props} name="village" field="village" label={t('keeping.village')} />
        <Text props={props} name="grid" field="grid" label={t('keeping.grid')} />
        <Text props={props} name="household" field="household" label={t('keeping.household')} hint={t('keeping.householdHint')} />
        <Text props={props} name="householdRole" field="household-role" label={t('keeping.householdRole')} />
        {([['name', 'contactName'], ['relationship', 'contactRelationship'], ['phone', 'contactPhone']] as const).map(([key, label]) => (
          <Field key={key} label={t(`keeping.${label}`)}>
            {(attributes) => <Input {...attributes} autoComplete="off" maxLength={100} value={form.contact[key]} onChange={(event) => contact({ [key]: event.target.value })} />}
          </Field>
        ))}
      </div>
    </section>
  );
}

export function HealthFields({ form, change, findings }: FieldsProps) {
  const { t } = useLanguage();
  const answers = (['not-asked', 'none', 'yes'] as const).map((value) => ({ value, label: t(`keeping.asked.${value}`) }));
  const which = (label: string, value: string, set: (text: string) => void) => (
    <Field label={label} hint={t('keeping.listHint')}>
      {(attributes) => <Input {...attributes} autoComplete="off" maxLength={300} value={value} onChange={(event) => set(event.target.value)} />}
    </Field>
  );
  return (
    <section className="card form-section">
      <h2>{t('keeping.sections.health')}</h2>
      <div className="form-grid">
        <Choice<Answer> label={t('keeping.allergies')} value={form.allergies} options={answers} findings={findings('allergies')} onChange={(allergies) => change({ allergies })} />
        {form.allergies === 'yes' ? which(t('keeping.whichAllergies'), form.allergyText, (allergyText) => change({ allergyText })) : <span />}
        <Choice<Answer> label={t('keeping.history')} value={form.history} options={answers} findings={findings('past-diseases')} onChange={(history) => change({ history })} />
        {form.history === 'yes' ? which(t('keeping.whichHistory'), form.historyText, (historyText) => change({ historyText })) : <span />}
        <Choice label={t('keeping.consent')} value={form.consent} findings={findings('consent')} options={(['not-asked', 'given', 'refused'] as const).map((value) => ({ value, label: t(`keeping.consents.${value}`) }))} onChange={(consent) => change({ consent })} />
      </div>
    </section>
  );
}
