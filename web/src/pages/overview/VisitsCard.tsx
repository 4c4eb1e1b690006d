import { useLoad } from '../../app/use-load';
import type { FhirClient } from '../../fhir/client';
import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import { loadMonths } from './figures';

export function VisitsCard({ client }: { client: FhirClient }) {
  const { t } = useLanguage();
  const load = useLoad('visits', (signal) => loadMonths(client, signal));
  return (
    <Card className="visits-card" title={t('overview.visits')} note={t('overview.visitsNote')} load={load} empty={t('overview.noData')} isEmpty={(data) => data.length === 0}>
      {(data) => {
        const most = Math.max(1, ...data.map((each) => each.visits));
        return (
          <ol className="months">
            {data.map(({ month, visits }, i) => (
              <li key={month} title={`${month} · ${visits} ${t('overview.visitsUnit')}`}>
                <span className="months-count">{visits > 0 ? visits : ''}</span>
                <span className="months-bar" style={{ height: `${(100 * visits) / most}%` }} />
                <span className="months-name">{Number(month.slice(5))}</span>
                <span className="months-year">{i === 0 || month.endsWith('-01') ? month.slice(0, 4) : ''}</span>
              </li>
            ))}
          </ol>
        );
      }}
    </Card>
  );
}
