import { useLanguage } from '../../i18n/use-language';
import type { ResidentRecord } from '../model/record';
import { useRaw } from '../raw/raw-context';
import { useMore } from './More';

export function VaccinesCard({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const raw = useRaw();
  const { shown, button } = useMore(record.vaccines, 6);
  return (
    <section className="card">
      <div className="card-head"><h2>{t('record.vaccines')}</h2></div>
      {record.vaccines.length === 0 && <p className="empty">{t('record.noVaccines')}</p>}
      <ul className="rows">
        {shown.map((vaccine) => (
          <li key={vaccine.key}>
            <button type="button" className="row" onClick={() => raw.openResources(vaccine.name, vaccine.resources)}>
              <span className="row-main">{vaccine.name}</span>
              <span className="row-side num">{vaccine.last?.day ?? t('state.unrecorded')}</span>
              <span className="row-note">{t('record.doses', { n: vaccine.resources.length })}</span>
            </button>
          </li>
        ))}
      </ul>
      {button}
    </section>
  );
}
