import { useMemo } from 'react';
import { Link } from 'react-router';
import { parseMoment } from '../../fhir/time';
import { useLanguage } from '../../i18n/use-language';
import { kindColour } from '../../theme/tokens';
import { KINDS, type Kind } from '../model/event';
import type { ResidentRecord } from '../model/record';
import { yearsOf } from './years';

// The whole life in one strip: a column a year, coloured by what was recorded.
export function LifeCard({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const years = useMemo(() => yearsOf(record.events), [record.events]);
  if (years.length === 0) return null;
  const most = Math.max(...years.map((year) => year.total));
  const present = KINDS.filter((kind) => years.some((year) => year.counts[kind]));
  const birth = parseMoment(record.patient.birthDate);
  const born = birth && Number(birth.day.slice(0, 4));
  return (
    <section className="card life">
      <div className="card-head">
        <h2>{t('record.life')}</h2>
        <ul className="legend">{present.map((kind) => <li key={kind}><i style={{ background: kindColour[kind] }} />{t(`timeline.kinds.${kind}`)}</li>)}</ul>
        <Link className="end" to={`/residents/${record.patient.id}/timeline`} preventScrollReset>{t('record.tabs.timeline')}</Link>
      </div>
      <ol className="life-years">
        {years.map((year) => (
          <li key={year.year}>
            <Link to={`/residents/${record.patient.id}/timeline?year=${year.year}`} preventScrollReset title={`${year.year} · ${t('timeline.shown', { n: year.total })}`}>
              <span className="life-count">{year.total || ''}</span>
              <span className="life-bar" style={{ height: `${(100 * year.total) / most}%` }}>
                {present.map((kind: Kind) => year.counts[kind] ? <i key={kind} style={{ background: kindColour[kind], flexGrow: year.counts[kind] }} /> : null)}
              </span>
              <span className="life-year">{year.year}</span>
              <span className="life-age">{born !== undefined && year.year >= born ? t('record.age', { n: year.year - born }) : ''}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
