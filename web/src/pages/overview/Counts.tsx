import { useTranslation } from 'react-i18next';
import type { Figures } from './figures';

const number = (n: number) => n.toLocaleString('en-US');
const SHOWN = 14;

export function Counts({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  const total = figures.counts.reduce((sum, each) => sum + each.resources, 0);
  const rest = figures.counts.filter((each) => each.type !== 'Patient' && each.resources > 0).sort((a, b) => b.resources - a.resources).slice(0, SHOWN);
  return (
    <section className="card counts-card" aria-label={t('overview.counts')}>
      <dl className="counts-main">
        <div><dt>{t('overview.residents')}</dt><dd>{number(figures.residents)}</dd></div>
        <div><dt>{t('overview.alive')}</dt><dd>{number(figures.alive)}</dd></div>
        <div><dt>{t('overview.resources')}</dt><dd>{number(total)}</dd></div>
        <div><dt>{t('overview.institutions')}</dt><dd>{number(figures.institutions.length)}</dd></div>
      </dl>
      <dl className="counts">
        {rest.map(({ type, resources }) => <div key={type}><dt>{t(`types.${type}`, { defaultValue: type })}</dt><dd>{number(resources)}</dd></div>)}
      </dl>
    </section>
  );
}
