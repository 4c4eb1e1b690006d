import { useLanguage } from '../../i18n/use-language';
import type { Problem } from '../model/problems';
import type { ResidentRecord } from '../model/record';
import { useRaw } from '../raw/raw-context';
import { useMore } from './More';

export function ProblemsCard({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const active = record.problems.filter((problem) => problem.active);
  const resolved = record.problems.filter((problem) => !problem.active);
  const current = useMore(active, 8);
  const past = useMore(resolved, 0);
  return (
    <section className="card">
      <div className="card-head"><h2>{t('record.problems')}</h2></div>
      {record.problems.length === 0 && <p className="empty unrecorded">{t('record.noProblems')}</p>}
      {active.length === 0 && resolved.length > 0 && <p className="empty">{t('record.noneActive')}</p>}
      <ul className="rows">{current.shown.map((problem) => <ProblemRow key={problem.key} problem={problem} />)}</ul>
      {current.button}
      {resolved.length > 0 && (
        <>
          <p className="rows-sub">{t('record.resolved', { n: resolved.length })} {past.button}</p>
          <ul className="rows rows-past">{past.shown.map((problem) => <ProblemRow key={problem.key} problem={problem} />)}</ul>
        </>
      )}
    </section>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const { t } = useLanguage();
  const raw = useRaw();
  return (
    <li>
      <button type="button" className="row" onClick={() => raw.openResources(problem.name, problem.conditions)}>
        <span className="row-main"><strong>{problem.name}</strong> <span className="num small soft">{problem.code}</span></span>
        <span className="row-side num">{problem.since ? t('record.since', { day: problem.since.day.slice(0, 7) }) : t('state.unrecorded')}</span>
        <span className="row-note">{problem.times > 1 && `${t('record.times', { n: problem.times })} · `}{problem.source ?? t('timeline.unknownInstitution')}</span>
      </button>
    </li>
  );
}
