// 趋势: chosen series one under another over the same time, each with the range its laboratory gave.
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { YEAR } from '../../fhir/time';
import { Choice } from '../../app/Choice';
import { useLanguage } from '../../i18n/use-language';
import { isOutside } from '../model/flag';
import type { ResidentRecord } from '../model/record';
import { byImportance, lastOf, type Series } from '../model/series';
import { TrendCard } from './TrendCard';
import './trends.css';

const MOST = 12;
const FIRST = 4;
type Window = 'all' | 'five' | 'one';

// At first: what is out of range now, then what doctors read first; a line needs two points.
function firstChoice(series: Series[]): string[] {
  const lines = series.filter((each) => each.lines.some((line) => line.points.length > 1));
  const rank = (each: Series) => (isOutside(lastOf(each)?.flag ?? 'unknown') ? 0 : 1);
  return [...lines].sort((a, b) => rank(a) - rank(b) || byImportance(a, b)).slice(0, FIRST).map((each) => each.key);
}

export default function Trends({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const [params, setParams] = useSearchParams();
  const series = useMemo(() => [...record.series].sort(byImportance), [record.series]);
  const asked = params.getAll('show');
  const chosen = asked.length > 0 ? asked : params.has('none') ? [] : firstChoice(series);
  const [window, setWindow] = useState<Window>('all');
  const span = useMemo(() => spanOf(series, window), [series, window]);
  const toggle = (key: string) => {
    const next = chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key].slice(-MOST);
    const search = new URLSearchParams(next.map((each) => ['show', each]));
    if (next.length === 0) search.set('none', '');
    setParams(search, { replace: true, preventScrollReset: true });
  };
  if (series.length === 0) return <section className="card"><p className="empty unrecorded">{t('trends.none')}</p></section>;
  return (
    <div className="trends">
      <section className="card trends-tools">
        <Chooser title={t('trends.groupVital')} series={series.filter((each) => each.group === 'vital')} chosen={chosen} toggle={toggle} />
        <Chooser title={t('trends.groupResult')} series={series.filter((each) => each.group === 'result')} chosen={chosen} toggle={toggle} />
        <div className="trends-window">
          <Choice<Window> label={t('trends.window')} value={window} onChange={setWindow} options={[{ value: 'one', label: t('timeline.year') }, { value: 'five', label: t('timeline.fiveYears') }, { value: 'all', label: t('timeline.whole') }]} />
          <span className="small soft">{t('trends.note')}</span>
        </div>
      </section>
      {chosen.length === 0 && <p className="nothing">{t('trends.pick')}</p>}
      <div className="trends-grid">
        {chosen.map((key) => series.find((each) => each.key === key)).filter((each) => each !== undefined).map((each) => <TrendCard key={each.key} series={each} span={span} />)}
      </div>
    </div>
  );
}

// All charts share one span of time. "One year" is counted back from the last measurement: a year in which nothing
// was measured would show nothing.
function spanOf(series: Series[], window: Window): { from: number; to: number } {
  let from = Infinity;
  let to = 0;
  for (const each of series) {
    to = Math.max(to, each.latest);
    for (const line of each.lines) from = Math.min(from, line.points[0]?.at.ms ?? Infinity);
  }
  const length = window === 'one' ? YEAR : window === 'five' ? 5 * YEAR : to - from;
  return { from: Math.max(from, to - length), to };
}

function Chooser({ title, series, chosen, toggle }: { title: string; series: Series[]; chosen: string[]; toggle: (key: string) => void }) {
  if (series.length === 0) return null;
  return (
    <div className="who-line">
      <span className="who-label">{title}</span>
      <div className="chips" role="group" aria-label={title}>
        {series.map((each) => (
          <button key={each.key} type="button" className="kind-chip" aria-pressed={chosen.includes(each.key)} onClick={() => toggle(each.key)}>
            {each.name}<span className="small soft">{each.count}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
