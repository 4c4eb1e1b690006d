import { Link } from 'react-router';
import { Sparkline } from '../../charts/Sparkline';
import { agoText } from '../../i18n/person';
import { useLanguage } from '../../i18n/use-language';
import { FlagMark } from '../FlagMark';
import { isOutside } from '../model/flag';
import { rangeText } from '../model/range-text';
import type { ResidentRecord } from '../model/record';
import { byImportance, lastOf, type Series } from '../model/series';
import { useMore } from './More';

export function SeriesCard({ record, group }: { record: ResidentRecord; group: 'vital' | 'result' }) {
  const { t } = useLanguage();
  const list = record.series.filter((series) => series.group === group).sort(byImportance);
  // What is outside its range now comes first; within, the order stays the one doctors expect.
  const outside = (series: Series) => isOutside(lastOf(series)?.flag ?? 'unknown');
  const ordered = group === 'vital' ? list : [...list.filter(outside), ...list.filter((series) => !outside(series))];
  const { shown, button } = useMore(ordered, group === 'vital' ? 7 : 9);
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t(group === 'vital' ? 'record.vitals' : 'record.results')}</h2>
        {group === 'result' && list.length > 0 && <span className="small">{t('record.outsideFirst')}</span>}
      </div>
      {list.length === 0 && <p className="empty unrecorded">{t(group === 'vital' ? 'record.noVitals' : 'record.noResults')}</p>}
      <ul className="rows series-rows">{shown.map((series) => <SeriesRow key={series.key} series={series} id={record.patient.id ?? ''} />)}</ul>
      {button}
    </section>
  );
}

function SeriesRow({ series, id }: { series: Series; id: string }) {
  const { t } = useLanguage();
  const last = lastOf(series);
  if (!last) return null;
  const range = rangeText(last.range);
  return (
    <li>
      <Link className="row series-row" to={`/residents/${id}/trends?show=${encodeURIComponent(series.key)}`} preventScrollReset>
        <span className="series-name">{series.name}</span>
        <span className="series-value num"><strong className={isOutside(last.flag) ? 'outside' : undefined}>{last.text}</strong> <span className="small soft">{series.unit}</span> <FlagMark flag={last.flag} /></span>
        <Sparkline series={series} />
        <span className="row-note">{last.at.day} · {agoText(t, last.at.ms, Date.now())}{range ? ` · ${t('record.range', { text: range })}` : last.flag === 'unknown' ? ` · ${t('record.rangeUnknown')}` : ''}</span>
      </Link>
    </li>
  );
}
