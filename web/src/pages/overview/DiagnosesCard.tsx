import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import { useDiseaseName } from './ConditionsCard';
import type { Figures } from './figures';

export function DiagnosesCard({ figures }: { figures: Figures }) {
  const { t } = useLanguage();
  const nameOf = useDiseaseName();
  const most = figures.diagnoses[0]?.times ?? 1;
  return (
    <Card className="diagnoses-card" title={t('overview.diagnoses')} note={t('overview.diagnosesNote')} empty={figures.diagnoses.length === 0}>
      <ol className="bars">
        {figures.diagnoses.map((each) => (
          <li key={each.code ?? each.name}>
            <span>{nameOf(each)}</span>
            <span className="num soft">{t('overview.times', { n: each.times.toLocaleString('en-US') })}</span>
            <span className="bars-track"><span style={{ width: `${(100 * each.times) / most}%` }} /></span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
