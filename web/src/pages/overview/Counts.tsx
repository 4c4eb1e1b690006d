import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../app/Faults';
import { Bones } from '../../app/Skeletons';
import { useLoad } from '../../app/use-load';
import type { FhirClient } from '../../fhir/client';
import { loadCounts } from './figures';

const number = (n: number) => n.toLocaleString('en-US');

export function Counts({ client }: { client: FhirClient }) {
  const { t } = useTranslation();
  const { data, failure, again } = useLoad('counts', (signal) => loadCounts(client, signal));
  if (failure) return <FailureNotice failure={failure} again={again} />;
  if (!data) return <div className="card counts-card"><Bones lines={3} /></div>;
  const of = (type: string) => data.find((each) => each.type === type)?.count ?? 0;
  const total = data.reduce((sum, each) => sum + each.count, 0);
  if (total === 0) {
    return (
      <div className="card counts-card">
        <h2>{t('overview.noData')}</h2>
        <p className="soft">{t('overview.noDataHelp')}</p>
      </div>
    );
  }
  const rest = data.filter((each) => each.type !== 'Patient' && each.type !== 'Organization' && each.count > 0).sort((a, b) => b.count - a.count);
  return (
    <section className="card counts-card" aria-label={t('overview.counts')}>
      <dl className="counts-main">
        <div><dt>{t('overview.residents')}</dt><dd>{number(of('Patient'))}</dd></div>
        <div><dt>{t('overview.resources')}</dt><dd>{number(total)}</dd></div>
        <div><dt>{t('overview.institutions')}</dt><dd>{number(of('Organization'))}</dd></div>
      </dl>
      <dl className="counts">
        {rest.map(({ type, count }) => <div key={type}><dt>{t(`types.${type}`)}</dt><dd>{number(count)}</dd></div>)}
      </dl>
    </section>
  );
}
