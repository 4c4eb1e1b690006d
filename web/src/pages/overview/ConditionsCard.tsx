import { Segmented } from 'antd';
import { useState } from 'react';
import { useLoad } from '../../app/use-load';
import type { FhirClient } from '../../fhir/client';
import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import { loadFrequencies, type Frequencies } from './figures';

export function ConditionsCard({ client }: { client: FhirClient }) {
  const { t } = useLanguage();
  const load = useLoad('conditions', (signal) => loadFrequencies(client, signal));
  return (
    <Card className="conditions-card" title={t('overview.conditions')} note={t('overview.conditionsNote')} load={load} empty={t('overview.noData')} isEmpty={(data) => data.all.length === 0}>
      {(data) => <Bars data={data} />}
    </Card>
  );
}

// Chronic diseases first: over the years nearly everybody has had a cold.
function Bars({ data }: { data: Frequencies }) {
  const { t, terms } = useLanguage();
  const [which, setWhich] = useState<'chronic' | 'all'>(data.chronic.length > 0 ? 'chronic' : 'all');
  const list = data[which];
  return (
    <>
      <Segmented className="bars-choice" value={which} onChange={setWhich} options={[{ value: 'chronic' as const, label: t('overview.chronic') }, { value: 'all' as const, label: t('overview.allConditions') }]} />
      <ol className="bars">
        {list.map((each) => (
          <li key={each.key}>
            <span className="bars-name">{terms.name(each.code)}</span>
            <span className="bars-code num">{each.code.coding?.[0]?.code}</span>
            <span className="bars-count num">{each.people.toLocaleString('en-US')}</span>
            <span className="bars-track"><span style={{ width: `${(100 * each.people) / list[0]!.people}%` }} /></span>
          </li>
        ))}
      </ol>
      {!data.whole && <p className="small soft">{t('state.partial', { n: data.counted })}</p>}
    </>
  );
}
