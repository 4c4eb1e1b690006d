import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import { VISIT_CLASSES, type Figures } from './figures';

const number = (n: number) => n.toLocaleString('en-US');
const short = (n: number) => (n >= 100_000 ? `${Math.round(n / 1000)}k` : n >= 10_000 ? `${(n / 1000).toFixed(1)}k` : String(n));

export function VisitsCard({ figures }: { figures: Figures }) {
  const { t } = useLanguage();
  const { months } = figures;
  const most = Math.max(1, ...months.map((each) => each.visits));
  const classes = VISIT_CLASSES.filter((each) => months.some((month) => month.by[each] > 0));
  const legend = <ul className="legend">{classes.map((each) => <li key={each}><i className={`visit-${each}`} />{t(`overview.classes.${each}`)}</li>)}</ul>;
  return (
    <Card className="visits-card" title={t('overview.visits')} note={t('overview.visitsNote')} empty={months.length === 0} end={legend}>
      <ol className="months" aria-hidden="true">
        {months.map(({ month, visits, by }, i) => (
          <li key={month} title={`${month} · ${number(visits)} ${t('overview.visitsUnit')}`}>
            <span className="months-count">{visits > 0 ? short(visits) : ''}</span>
            <span className="months-bar" style={{ height: `${(100 * visits) / most}%` }}>
              {classes.map((each) => by[each] > 0 && <i key={each} className={`visit-${each}`} style={{ flexGrow: by[each] }} />)}
            </span>
            <span className="months-name">{Number(month.slice(5))}</span>
            <span className="months-year">{(i === 0 && Number(month.slice(5)) < 10) || month.endsWith('-01') ? month.slice(0, 4) : ''}</span>
          </li>
        ))}
      </ol>
      <details className="as-table">
        <summary>{t('overview.asTable')}</summary>
        <table className="plain-table">
          <thead><tr><th scope="col">{t('overview.month')}</th>{classes.map((each) => <th key={each} scope="col">{t(`overview.classes.${each}`)}</th>)}<th scope="col">{t('overview.total')}</th></tr></thead>
          <tbody>{[...months].reverse().map(({ month, visits, by }) => <tr key={month}><th scope="row">{month}</th>{classes.map((each) => <td key={each}>{number(by[each])}</td>)}<td>{number(visits)}</td></tr>)}</tbody>
        </table>
      </details>
    </Card>
  );
}
