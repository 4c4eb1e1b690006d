import { useState } from 'react';
import { useLanguage } from '../../i18n/use-language';
import type { Answer, Value } from './answer';

const SHOWN = 50;

export function Results({ answer, goTo }: { answer: Answer; goTo: (path: string) => void }) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const { values } = answer;
  const list = all ? values : values.slice(0, SHOWN);
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('tools.fhirpath.results')}</h2>
        <span className="small" role="status">{values.length === 0 ? t('tools.fhirpath.none') : t('tools.fhirpath.count', { n: values.length })}</span>
        {answer.type && <span className="small end">{t('tools.fhirpath.type', { type: answer.type })}</span>}
      </div>
      {values.length === 0 && <p className="soft">{t('tools.fhirpath.noneHelp')}</p>}
      <ol className="tool-values">{list.map((each, i) => <li key={i}><OneValue value={each} goTo={goTo} /></li>)}</ol>
      {list.length < values.length && <button type="button" className="plain-button" onClick={() => setAll(true)}>{t('tools.fhirpath.showMore', { n: values.length - list.length })}</button>}
      {answer.objection && <p className="tool-objection"><strong>{t('tools.fhirpath.objection')}</strong> {answer.objection}</p>}
      {answer.traces.length > 0 && (
        <>
          <h3>{t('tools.fhirpath.traces')}</h3>
          {answer.traces.slice(0, SHOWN).map((trace, i) => (
            <details key={i} className="tool-trace">
              <summary>{t('tools.fhirpath.traceOf', { name: trace.name, n: trace.values.length })}</summary>
              <ol className="tool-values">{trace.values.slice(0, SHOWN).map((each, at) => <li key={at}><OneValue value={each} goTo={goTo} /></li>)}</ol>
            </details>
          ))}
        </>
      )}
    </section>
  );
}

const oneLine = (json: string) => json.replace(/\s*\n\s*/g, ' ');

export function OneValue({ value, goTo }: { value: Value; goTo: (path: string) => void }) {
  return (
    <div className="tool-value">
      {value.json !== undefined && (value.json.includes('\n') ? <details><summary><code>{oneLine(value.json).slice(0, 120)}</code></summary><pre tabIndex={0}>{value.json}</pre></details> : <code>{value.json}</code>)}
      {value.text !== undefined && <code className="tool-value-text">{value.text === '' ? "''" : value.text}</code>}
      <span className="tool-type">{value.type}</span>
      {value.path && <button type="button" className="link tool-path" onClick={() => goTo(value.path!)}>{value.path}</button>}
    </div>
  );
}
