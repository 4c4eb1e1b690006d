import { useLoad } from '../../app/use-load';
import type { FhirClient } from '../../fhir/client';
import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import { loadFrequencies } from './figures';

export function ConditionsCard({ client }: { client: FhirClient }) {
  const { t, terms } = useLanguage();
  const load = useLoad('conditions', (signal) => loadFrequencies(client, signal));
  return (
    <Card className="conditions-card" title={t('overview.conditions')} note={t('overview.conditionsNote')} load={load} empty={t('overview.noData')} isEmpty={(data) => data.top.length === 0}>
      {(data) => (
        <>
          <ol className="bars">
            {data.top.map((each) => (
              <li key={each.key}>
                <span className="bars-name">{terms.name(each.code)}</span>
                <span className="bars-code num">{each.code.coding?.[0]?.code}</span>
                <span className="bars-count num">{each.people.toLocaleString('en-US')}</span>
                <span className="bars-track"><span style={{ width: `${(100 * each.people) / data.top[0]!.people}%` }} /></span>
              </li>
            ))}
          </ol>
          {!data.whole && <p className="small soft">{t('state.partial', { n: data.counted })}</p>}
        </>
      )}
    </Card>
  );
}
