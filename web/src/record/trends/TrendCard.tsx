import { useMemo } from 'react';
import { useDisplay } from '../../app/display';
import { Chart } from '../../charts/Chart';
import { useLanguage } from '../../i18n/use-language';
import { FlagMark } from '../FlagMark';
import { rangeText } from '../model/range-text';
import { decimalsOf, lastOf, type Series } from '../model/series';
import { trendOption, type Span } from './trend-option';

export function TrendCard({ series, span }: { series: Series; span: Span }) {
  const { t } = useLanguage();
  const { scale } = useDisplay();
  const last = lastOf(series);
  const decimals = decimalsOf(series);
  const option = useMemo(() => trendOption(series, span, scale, decimals), [series, span, scale, decimals]);
  const range = rangeText(last?.range);
  const single = series.lines.every((line) => line.points.length < 2);
  return (
    <section className="card trend">
      <div className="card-head">
        <h2>{series.name}</h2>
        <span className="small">{series.unit}</span>
        {last && <span className="end num">{t('trends.last')} <strong>{last.text}</strong> <FlagMark flag={last.flag} /> <span className="soft small">{last.at.day}</span></span>}
      </div>
      <Chart option={option} height="13.5rem" label={`${series.name} ${series.unit}`}>
        <ul>{series.lines.flatMap((line) => line.points.slice(-20).map((point, i) => <li key={`${line.key}${i}`}>{point.at.day} {line.name} {point.value}</li>))}</ul>
      </Chart>
      <p className="trend-foot small soft">
        {series.lines.length > 1 && series.lines.map((line, i) => <span key={line.key} className={`trend-line trend-line-${i}`}>{line.name}</span>)}
        <span>{t('trends.points', { n: series.lines[0]?.points.length ?? 0 })}{single && ` · ${t('trends.single')}`}</span>
        {series.lines.length === 1 && <span>{range ? t('record.range', { text: range }) : t('record.rangeUnknown')}</span>}
      </p>
    </section>
  );
}
