// One resident or one institution, found as on their own pages and chosen from a list. Arrows walk the list.
import { Input } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useLoad } from '../app/use-load';
import { FhirClient } from '../fhir/client';
import { addressText, conceptText, humanName, maskNumber, residentNumber } from '../fhir/text';
import type { Organization, Patient } from '../fhir/types';
import { ageText, sexText } from '../i18n/person';
import { useLanguage } from '../i18n/use-language';
import { lookUp } from '../pages/lookup';
import { CREDIT_CODE, findInstitutions, numberOf } from './institution';
import { useSettled } from './use-settled';

const SHOWN = 6;

interface Row { id: string; name: ReactNode; facts: string }
export interface ChooseProps { value: string; except: string; onChange: (id: string) => void; attributes: { id: string } }

interface Props extends ChooseProps { placeholder: string; label: string; search: (text: string, signal: AbortSignal) => Promise<Row[]> }

function Choose({ value, except, onChange, attributes, placeholder, label, search }: Props) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const query = useSettled(text.trim(), 250);
  const load = useLoad(`choose:${query}`, (signal) => (query ? search(query, signal) : Promise.resolve([])));
  const found = (load.data ?? []).filter((each) => each.id !== except);
  const list = found.slice(0, SHOWN);
  // Two records of one person say the same: then only their numbers tell them apart.
  const twin = (row: Row) => found.some((each) => each.id !== row.id && each.name === row.name && each.facts === row.facts);
  return (
    <>
      <Input {...attributes} type="search" autoComplete="off" value={text} placeholder={placeholder} onChange={(event) => { setText(event.target.value); onChange(''); }} />
      <p className="field-hint" role="status">
        {load.failure ? t(`state.${load.failure.kind}.title`) : query === '' ? '' : load.loading ? t('state.loading') : list.length === 0 ? t('keeping.choose.none') : found.length > SHOWN ? t('keeping.choose.more', { n: SHOWN }) : ''}
      </p>
      <div className="choose-list" role="radiogroup" aria-label={label}>
        {list.map((each) => (
          <label key={each.id} className="choose-row">
            <input type="radio" name={`${attributes.id}-choice`} checked={value === each.id} onChange={() => onChange(each.id)} />
            <span><strong>{each.name}</strong><span className="soft small">{each.facts}{twin(each) && ` · ${t('keeping.choose.number', { id: each.id })}`}</span></span>
          </label>
        ))}
      </div>
    </>
  );
}

export function ResidentChoice(props: ChooseProps) {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const row = (each: Patient): Row => {
    const number = residentNumber(each)?.value;
    return {
      id: each.id ?? '', name: humanName(each.name) ?? t('person.nameUnknown'),
      facts: [`${sexText(t, each.gender)} · ${ageText(t, each, Date.now())}`, each.birthDate ?? t('state.unrecorded'), number && maskNumber(number), addressText(each.address)].filter(Boolean).join(' · '),
    };
  };
  return <Choose {...props} label={t('keeping.choose.resident')} placeholder={t('find.placeholder')} search={async (text, signal) => (await lookUp(client, text, signal)).patients.map(row)} />;
}

export function InstitutionChoice(props: ChooseProps) {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const row = (each: Organization): Row => ({
    id: each.id ?? '', name: each.name,
    facts: [conceptText(each.type?.[0]), numberOf(each.identifier, CREDIT_CODE), addressText(each.address), each.active === false && t('keeping.institutions.inactive')].filter(Boolean).join(' · '),
  });
  return <Choose {...props} label={t('keeping.choose.institution')} placeholder={t('keeping.institutions.filter')} search={async (text, signal) => (await findInstitutions(client, text, 20, signal)).list.map(row)} />;
}
