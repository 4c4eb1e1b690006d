import { Link } from 'react-router';
import { useLanguage } from '../../i18n/use-language';
import type { ResidentRecord } from '../model/record';
import { useRaw } from '../raw/raw-context';

const SHOWN = 6;

export function VisitsCard({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const raw = useRaw();
  const visits = record.events.filter((event) => event.kind === 'visit');
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('record.recent')}</h2>
        {visits.length > 0 && <Link className="end" to={`/residents/${record.patient.id}/timeline`} preventScrollReset>{t('record.all')} {visits.length}</Link>}
      </div>
      {visits.length === 0 && <p className="empty">{t('record.noVisits')}</p>}
      <ul className="rows">
        {visits.slice(0, SHOWN).map((visit) => (
          <li key={visit.key}>
            <button type="button" className="row" onClick={() => raw.openEvent(visit)}>
              <span className="row-main">{visit.title}</span>
              <span className="row-side num">{visit.at.day}</span>
              <span className="row-note">{visit.institution ?? t('timeline.unknownInstitution')}{visit.detail && ` · ${visit.detail}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
