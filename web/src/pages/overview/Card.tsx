import { useTranslation } from 'react-i18next';

// A card of the overview: a title, a note, and what it shows or that there is nothing.
export function Card({ title, note, empty, className, end, children }: { title: string; note?: string; empty?: boolean; className: string; end?: React.ReactNode; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className={`card ${className}`}>
      <div className="card-head"><h2>{title}</h2>{note && <span className="small">{note}</span>}{end && <span className="end">{end}</span>}</div>
      {empty ? <p className="empty">{t('overview.noData')}</p> : children}
    </section>
  );
}
