// 来源: each institution that wrote in this record, how much, and until when its data is here.
import { useDisplay } from '../../app/display';
import type { Moment } from '../../fhir/time';
import { agoText } from '../../i18n/person';
import { useLanguage } from '../../i18n/use-language';
import type { ResidentRecord } from '../model/record';
import type { Source } from '../model/sources';
import type { OneSource } from '../use-record';
import './sources.css';

interface Props { record: ResidentRecord; only?: OneSource; setOnly: (only: OneSource | undefined) => void }

export default function Sources({ record, only, setOnly }: Props) {
  const { t } = useLanguage();
  return (
    <section className="card">
      <div className="card-head"><h2>{t('sources.title')}</h2><span className="small">{t('sources.note')}</span></div>
      <ul className="sources">
        {record.sources.map((source) => {
          const chosen = only !== undefined && only.name === source.name;
          return (
            <li key={source.name ?? ''} className={chosen ? 'chosen' : undefined}>
              <SourceFacts source={source} />
              <button type="button" className="plain-button" aria-pressed={chosen} onClick={() => setOnly(chosen ? undefined : { name: source.name })}>{t('sources.only')}</button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const TYPES = 6;

function SourceFacts({ source }: { source: Source }) {
  const { t } = useLanguage();
  const { elder } = useDisplay();
  const when = (at: Moment | undefined) => (at ? `${at.day}${at.clock ? ` ${at.clock}` : ''}` : undefined);
  return (
    <div className="source">
      <h3>{source.name ?? <span className="unrecorded">{t('sources.unknown')}</span>}{source.keeper && <span className="source-keeper">{t('sources.manager')}</span>}</h3>
      <dl>
        <div><dt>{t('sources.received')}</dt><dd className="num"><strong>{when(source.received) ?? t('state.unrecorded')}</strong></dd></div>
        <div><dt>{t('sources.latest')}</dt><dd className="num">{source.latest ? `${source.latest.day} · ${agoText(t, source.latest.ms, Date.now())}` : t('state.unrecorded')}</dd></div>
        <div><dt>{t('sources.first')}</dt><dd className="num">{source.first?.day ?? t('state.unrecorded')}</dd></div>
      </dl>
      <p className="source-types">
        <strong>{t('sources.entries', { n: source.count })}</strong>
        {!elder && source.types.slice(0, TYPES).map(([type, n]) => <span key={type}>{t(`types.${type}`, { defaultValue: type })} {n}</span>)}
      </p>
    </div>
  );
}
