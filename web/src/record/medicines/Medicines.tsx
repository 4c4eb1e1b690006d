// 用药: what was prescribed when, and for how long the supply was.
import { useMemo, useState } from 'react';
import { isoDay, YEAR } from '../../fhir/time';
import { Choice } from '../../app/Choice';
import { useLanguage } from '../../i18n/use-language';
import type { Course, Medicine } from '../model/medicines';
import type { ResidentRecord } from '../model/record';
import { useRaw } from '../raw/raw-context';
import './medicines.css';

type Window = 'all' | 'five' | 'one';
interface Span { from: number; to: number }

function spanOf(medicines: Medicine[], window: Window): Span {
  const now = Date.now();
  let from = now;
  let to = now;
  for (const { courses } of medicines) {
    from = Math.min(from, courses[0]?.from ?? now);
    to = Math.max(to, courses.at(-1)?.to ?? now);
  }
  const pad = (to - from) * 0.01;
  if (window === 'all') return { from: from - pad, to: to + pad };
  return { from: Math.max(from, to - (window === 'one' ? YEAR : 5 * YEAR)), to: to + pad };
}

export default function Medicines({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const [window, setWindow] = useState<Window>('all');
  const span = useMemo(() => spanOf(record.medicines, window), [record.medicines, window]);
  const current = record.medicines.filter((medicine) => medicine.intake !== 'ended');
  const past = record.medicines.filter((medicine) => medicine.intake === 'ended');
  if (record.medicines.length === 0) return <section className="card"><p className="empty unrecorded">{t('medicine.none')}</p></section>;
  return (
    <section className="card gantt">
      <div className="card-head">
        <h2>{t('medicine.title')}</h2>
        <span className="small">{t('medicine.note')}</span>
        <span className="end"><Choice<Window> label={t('trends.window')} value={window} onChange={setWindow} options={[{ value: 'one', label: t('timeline.year') }, { value: 'five', label: t('timeline.fiveYears') }, { value: 'all', label: t('timeline.whole') }]} /></span>
      </div>
      <Axis span={span} />
      <Rows title={t('medicine.current')} medicines={current} span={span} />
      <Rows title={t('medicine.stopped')} medicines={past} span={span} />
    </section>
  );
}

const share = (span: Span, ms: number) => (100 * (ms - span.from)) / (span.to - span.from);
const clamp = (percent: number) => Math.max(0, Math.min(100, percent));

function yearsIn(span: Span): number[] {
  const years: number[] = [];
  for (let year = new Date(span.from).getFullYear() + 1; new Date(year, 0, 1).getTime() < span.to; year++) years.push(year);
  return years;
}

// Percent from where a year's label has no room to its right: on any page, on a phone.
const NO_ROOM = 94, LITTLE_ROOM = 85;

function Axis({ span }: { span: Span }) {
  const years = yearsIn(span);
  const step = Math.ceil(years.length / 12);
  return (
    <div className="gantt-axis" aria-hidden="true">
      {years.filter((year) => year % step === 0).map((year) => {
        const at = share(span, new Date(year, 0, 1).getTime());
        return at < NO_ROOM && <span key={year} className={at > LITTLE_ROOM ? 'late' : undefined} style={{ left: `${at}%` }}>{year}</span>;
      })}
    </div>
  );
}

function Rows({ title, medicines, span }: { title: string; medicines: Medicine[]; span: Span }) {
  if (medicines.length === 0) return null;
  return (
    <>
      <h3 className="gantt-group">{title} <span className="soft">{medicines.length}</span></h3>
      <ul>{medicines.map((medicine) => <GanttRow key={medicine.key} medicine={medicine} span={span} />)}</ul>
    </>
  );
}

function GanttRow({ medicine, span }: { medicine: Medicine; span: Span }) {
  const { t } = useLanguage();
  const raw = useRaw();
  const last = medicine.courses.at(-1);
  const today = share(span, Date.now());
  return (
    <li>
      <button type="button" className="gantt-row" onClick={() => raw.openResources(medicine.name, [...medicine.requests].reverse())}>
        <span className="gantt-name">
          <strong>{medicine.name}</strong> <span className={`intake intake-${medicine.intake}`}>{t(`intake.${medicine.intake}`)}</span>
          <span className="gantt-note">{medicine.dosage ?? <span className="unrecorded">{t('medicine.noDosage')}</span>}</span>
          <span className="gantt-note num">{t('medicine.requests', { n: medicine.requests.length })}{last && ` · ${last.measured ? t('medicine.until', { day: isoDay(last.to) }) : t('medicine.last', { day: isoDay(last.from) })}`}</span>
        </span>
        <span className="gantt-track">
          {yearsIn(span).map((year) => <i key={year} className="gantt-line" style={{ left: `${share(span, new Date(year, 0, 1).getTime())}%` }} />)}
          {today >= 0 && today <= 100 && <i className="gantt-today" style={{ left: `${today}%` }} title={t('medicine.today')} />}
          {medicine.courses.map((course, i) => <Bar key={i} course={course} span={span} intake={i === medicine.courses.length - 1 ? medicine.intake : 'ended'} />)}
        </span>
      </button>
    </li>
  );
}

function Bar({ course, span, intake }: { course: Course; span: Span; intake: Medicine['intake'] }) {
  const { t } = useLanguage();
  if (course.to < span.from || course.from > span.to) return null;
  const left = clamp(share(span, course.from));
  const title = `${isoDay(course.from)}${course.measured ? ` – ${isoDay(course.to)}` : ''} · ${course.dosage ?? t('medicine.noDosage')} · ${course.institutions.join('、') || t('timeline.unknownInstitution')}`;
  if (!course.measured && course.to === course.from) return <i className="gantt-dot" style={{ left: `${left}%` }} title={title} />;
  return <i className={`gantt-bar gantt-${intake}`} style={{ left: `${left}%`, width: `${clamp(share(span, course.to)) - left}%` }} title={title} />;
}
