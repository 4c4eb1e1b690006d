// Where a tool's resource comes from: an address in the record, a resident opened lately, or what is pasted.
import { useEffect, useState } from 'react';
import { FailureNotice } from '../app/Faults';
import { humanName } from '../fhir/text';
import { useLanguage } from '../i18n/use-language';
import { recentResidents } from '../pages/recent';
import { prettyJson } from '../record/raw/pretty';
import { Editor, type Mark } from './Editor';
import { placeOf } from './json';
import type { ToolResource } from './use-resource';

const TYPES = ['Encounter', 'Condition', 'Observation', 'MedicationRequest', 'AllergyIntolerance', 'DiagnosticReport', 'Immunization'];
const LONG = 400_000;   // letters: a text field of more is slow

export function ResourcePane({ resource, marks, jump, onJump, start }: { resource: ToolResource; marks: Mark[]; jump?: Mark; onJump: (mark: Mark) => void; start?: string }) {
  const { t } = useLanguage();
  const { text, setText, fault } = resource;
  const broken: Mark | undefined = fault && { start: fault.offset, end: fault.offset + 1, tone: 'error' };
  const place = fault && placeOf(text, fault.offset);
  return (
    <section className="card tool-resource">
      <div className="card-head">
        <h2>{t('tools.resource.title')}</h2>
        <span className="small">{resource.type ?? ''}{resource.path && ` · ${resource.path}`}</span>
        <button type="button" className="link end" disabled={text === '' || fault !== undefined} onClick={() => setText(prettyJson(text).text)}>{t('tools.resource.tidy')}</button>
      </div>
      <Sources resource={resource} start={start} />
      {resource.failure && <FailureNotice failure={resource.failure} />}
      <Editor id="tool-resource" numbered value={text} label={t('tools.resource.json')} invalid={fault !== undefined} describedBy={fault && 'tool-resource-fault'} onChange={setText} marks={broken ? [broken] : marks} jump={jump} />
      {text.length > LONG && <p className="small soft">{t('tools.resource.long')}</p>}
      {fault && place && (
        <p className="tool-fault" id="tool-resource-fault" role="alert">
          <strong>{t('tools.resource.unreadable', place)}</strong> {t(`tools.resource.expected.${fault.expected}`)} <button type="button" className="link" onClick={() => onJump({ ...broken! })}>{t('tools.goThere')}</button>
        </p>
      )}
    </section>
  );
}

function Sources({ resource, start }: { resource: ToolResource; start?: string }) {
  const { t } = useLanguage();
  const [address, setAddress] = useState(start ?? '');
  const [recent] = useState(recentResidents);
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    if (resource.path !== undefined) setAddress(resource.path);
  }, [resource.path]);
  const fetch = (path: string) => {
    setAddress(path);
    resource.fetch(path);
  };
  return (
    <div className="tool-sources">
      <form className="tool-address" onSubmit={(event) => { event.preventDefault(); if (address.trim()) resource.fetch(address); }}>
        <label htmlFor="tool-address">{t('tools.resource.address')}</label>
        <div>
          <input id="tool-address" value={address} placeholder={t('tools.resource.addressHint')} autoComplete="off" autoCapitalize="off" spellCheck={false} onChange={(event) => setAddress(event.target.value)} />
          <button type="submit" className="plain-button" aria-busy={resource.loading} disabled={address.trim() === ''}>{resource.loading ? t('state.loading') : t('tools.resource.fetch')}</button>
        </div>
      </form>
      {recent.length > 0 && (
        <div className="choices" role="group" aria-label={t('tools.resource.recent')}>
          {recent.map((each) => <button key={each.id} type="button" className="plain-button" aria-pressed={chosen === each.id} onClick={() => { setChosen(each.id ?? ''); fetch(`Patient/${each.id}`); }}>{humanName(each.name) ?? t('person.nameUnknown')}</button>)}
        </div>
      )}
      {chosen !== '' && (
        <div className="choices" role="group" aria-label={t('tools.resource.ofWhom')}>
          {TYPES.map((type) => <button key={type} type="button" className="plain-button" aria-pressed={address.startsWith(`${type}?`)} onClick={() => fetch(`${type}?patient=Patient/${chosen}&_count=10`)}>{t(`types.${type}`)}</button>)}
        </div>
      )}
    </div>
  );
}
