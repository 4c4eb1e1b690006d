// Grey shapes where content will be, so that nothing jumps when it comes.
import { useTranslation } from 'react-i18next';

export function Bones({ lines = 4, className = '' }: { lines?: number; className?: string }) {
  return (
    <div className={`bones ${className}`} aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => <span key={i} style={{ width: `${92 - ((i * 37) % 50)}%` }} />)}
    </div>
  );
}

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="stacked" role="status" aria-label={t('state.loading')}>
      <div className="card"><Bones lines={3} /></div>
      <div className="columns">
        {[5, 5, 5].map((lines, i) => <div className="card" key={i}><Bones lines={lines} /></div>)}
      </div>
    </div>
  );
}
