import { useEffect, useRef, useState } from 'react';
import { useDisplay } from '../../app/display';
import { FailureNotice } from '../../app/Faults';
import { Bones } from '../../app/Skeletons';
import { useLoad } from '../../app/use-load';
import type { FhirClient } from '../../fhir/client';
import { useLanguage } from '../../i18n/use-language';
import { lookUp, subsumes, translate, type Property } from './model';

const SHOWN = 60;

export function ConceptPane({ client, system, code, go }: { client: FhirClient; system: string; code: string; go: (code: string) => void }) {
  const { t, language } = useLanguage();
  const load = useLoad(`concept:${language}:${system}|${code}`, (signal) => lookUp(client, system, code, language, signal));
  const { narrow } = useDisplay();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (narrow && load.data) pane.current?.scrollIntoView({ block: 'start' });   // it stands below the list
  }, [narrow, load.data]);
  if (load.failure) return <div className="terms-concept"><FailureNotice failure={load.failure} again={load.again} /></div>;
  if (!load.data) return <section className="card terms-concept"><Bones lines={8} /></section>;
  const { display, definition, designations, parents, children, properties, name, version } = load.data;
  return (
    <section className="card terms-concept" aria-labelledby="concept-name" ref={pane}>
      <div>
        <h2 id="concept-name"><code>{code}</code> {display}</h2>
        <p className="small soft">{name}{version && ` · ${version}`}</p>
        <p className="small soft term-url">{system}</p>
      </div>
      {definition && <p>{definition}</p>}
      <Family title={t('tools.terminology.parents')} none={t('tools.terminology.noParents')} list={parents} go={go} />
      <Family title={t('tools.terminology.children')} none={t('tools.terminology.noChildren')} list={children} go={go} />
      {designations.length > 0 && (
        <div>
          <h3>{t('tools.terminology.names')}</h3>
          <ul>{designations.map((each, i) => <li key={i} lang={each.language}>{each.value} <span className="small soft">{[each.language, each.use?.display ?? each.use?.code].filter(Boolean).join(' · ')}</span></li>)}</ul>
        </div>
      )}
      {properties.length > 0 && (
        <div>
          <h3>{t('tools.terminology.properties')}</h3>
          <dl className="term-facts">{properties.slice(0, SHOWN).map((each, i) => <div key={i}><dt>{each.code}</dt><dd>{each.value}</dd></div>)}</dl>
        </div>
      )}
      <Maps client={client} system={system} code={code} />
      <Compare client={client} system={system} code={code} />
    </section>
  );
}

function Family({ title, none, list, go }: { title: string; none: string; list: Property[]; go: (code: string) => void }) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const shown = all ? list : list.slice(0, 12);
  return (
    <div>
      <h3>{title}</h3>
      {list.length === 0 ? <p className="soft small">{none}</p> : (
        <ul className="choices">
          {shown.map((each) => <li key={each.value}><button type="button" className="kind-chip" onClick={() => go(each.value)}><code>{each.value}</code>{each.description}</button></li>)}
          {shown.length < list.length && <li><button type="button" className="link" onClick={() => setAll(true)}>{t('tools.fhirpath.showMore', { n: list.length - shown.length })}</button></li>}
        </ul>
      )}
    </div>
  );
}

function Maps({ client, system, code }: { client: FhirClient; system: string; code: string }) {
  const { t } = useLanguage();
  const load = useLoad(`maps:${system}|${code}`, (signal) => translate(client, system, code, signal));
  return (
    <div>
      <h3>{t('tools.terminology.maps')}</h3>
      {load.failure ? <p className="small soft">{load.failure.issues[0] ?? t('tools.terminology.noMaps')}</p> : !load.data ? <Bones lines={2} /> : load.data.length === 0 ? <p className="small soft">{t('tools.terminology.noMaps')}</p> : (
        <ul className="term-maps">
          {load.data.slice(0, SHOWN).map((each, i) => (
            <li key={i}><span className="tool-type">{t(`tools.terminology.equivalences.${each.equivalence}`, { defaultValue: each.equivalence })}</span> <code>{each.coding.code}</code> {each.coding.display} <span className="small soft term-url">{each.coding.system}</span></li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Compare({ client, system, code }: { client: FhirClient; system: string; code: string }) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const [other, setOther] = useState('');
  const load = useLoad(`subsumes:${system}|${code}|${other}`, async (signal) => (other === '' ? undefined : subsumes(client, system, code, other, signal)));
  return (
    <form className="tool-address" onSubmit={(event) => { event.preventDefault(); setOther(text.trim()); }}>
      <label htmlFor="term-other">{t('tools.terminology.compare')}</label>
      <div>
        <input id="term-other" value={text} autoComplete="off" spellCheck={false} onChange={(event) => setText(event.target.value)} />
        <button type="submit" className="plain-button" disabled={text.trim() === ''}>{t('tools.terminology.compareDo')}</button>
      </div>
      <p role="status">{load.failure ? load.failure.issues[0] ?? t(`state.${load.failure.kind}.title`) : load.data ? t(`tools.terminology.outcomes.${load.data}`, { a: code, b: other, defaultValue: load.data }) : ''}</p>
    </form>
  );
}
