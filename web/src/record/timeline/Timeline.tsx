// 时间线: every institution, every kind, from the first entry to today.
import { useCallback, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useDisplay } from '../../app/display';
import { DAY, YEAR } from '../../fhir/time';
import { useLanguage } from '../../i18n/use-language';
import { kindColour } from '../../theme/tokens';
import { KINDS, type Kind } from '../model/event';
import { isOutside } from '../model/flag';
import type { ResidentRecord } from '../model/record';
import { Brush } from './Brush';
import type { Cluster } from './cluster';
import { EventList, type EventListHandle } from './EventList';
import { Plot } from './Plot';
import { yearView, zoom, type View } from './scale';
import { useView } from './use-view';
import './timeline.css';

function boundsOf(record: ResidentRecord): View {
  const now = Date.now();
  const first = record.events.at(-1)?.at.ms ?? now - YEAR;
  const last = Math.max(record.events[0]?.at.ms ?? now, now);
  return { from: first - Math.max(10 * DAY, (last - first) * 0.02), to: last + 30 * DAY };
}

// A few diagnoses from decades ago must not squeeze the years that are full: the first picture leaves out the oldest
// fiftieth of the entries. The strip below shows them, and one button brings all.
function firstView(record: ResidentRecord, bounds: View): View {
  const from = record.events[Math.floor(record.events.length * 0.98)]?.at.ms ?? bounds.from;
  return { from: from - 0.02 * (bounds.to - from), to: bounds.to };
}

export default function Timeline({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const { elder } = useDisplay();
  const [params] = useSearchParams();
  const year = Number(params.get('year'));
  const bounds = useMemo(() => boundsOf(record), [record]);
  const { view, jump, glide } = useView(bounds, year ? yearView(year) : elder ? bounds : firstView(record, bounds));
  const present = useMemo(() => KINDS.filter((kind) => record.events.some((event) => event.kind === kind)), [record.events]);
  const [hidden, setHidden] = useState<ReadonlySet<Kind>>(new Set());
  const [institution, setInstitution] = useState<string>();
  const [outsideOnly, setOutsideOnly] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const list = useRef<EventListHandle>(null);

  const kinds = useMemo(() => present.filter((kind) => !hidden.has(kind)), [present, hidden]);
  const filtered = useMemo(
    () => record.events.filter((event) => !hidden.has(event.kind) && (institution === undefined || event.institution === institution) && (!outsideOnly || isOutside(event.flag))),
    [record.events, hidden, institution, outsideOnly],
  );
  const shown = useMemo(() => filtered.filter((event) => event.at.ms >= view.from && event.at.ms <= view.to), [filtered, view]);

  const pick = useCallback((cluster: Cluster) => {
    const oldest = cluster.events.at(-1)!.at.ms;
    const newest = cluster.events[0]!.at.ms;
    if (newest - oldest > 20 * DAY) return glide({ from: oldest - 5 * DAY, to: newest + 5 * DAY });
    setChosen(cluster.events[0]!.key);
    list.current?.show(cluster.events[0]!.key);
  }, [glide]);
  const toggle = (kind: Kind) => setHidden((now) => {
    const next = new Set(now);
    if (!next.delete(kind)) next.add(kind);
    return next;
  });
  const clear = () => {
    setHidden(new Set());
    setInstitution(undefined);
    setOutsideOnly(false);
  };
  const filteredAtAll = hidden.size > 0 || institution !== undefined || outsideOnly;

  return (
    <section className="card timeline">
      <div className="timeline-tools">
        <div className="chips" role="group" aria-label={t('timeline.kindsLabel')}>
          {present.map((kind) => (
            <button key={kind} type="button" className="kind-chip" aria-pressed={!hidden.has(kind)} onClick={() => toggle(kind)}>
              <i style={{ background: kindColour[kind] }} />{t(`timeline.kinds.${kind}`)}
            </button>
          ))}
          <button type="button" className="kind-chip" aria-pressed={outsideOnly} onClick={() => setOutsideOnly(!outsideOnly)}>{t('timeline.outsideOnly')}</button>
        </div>
        <select className="timeline-institution" aria-label={t('timeline.institution')} value={institution ?? ''} onChange={(event) => setInstitution(event.target.value || undefined)}>
          <option value="">{t('timeline.anyInstitution')}</option>
          {record.institutions.map(({ name, count }) => <option key={name} value={name}>{name} ({count})</option>)}
        </select>
        {elder ? <Years record={record} view={view} bounds={bounds} jump={jump} /> : <ZoomButtons view={view} bounds={bounds} glide={glide} />}
      </div>
      {/* 关怀版 has no picture to drag: a year is chosen from a list, and the entries are read. */}
      {!elder && <Plot events={filtered} kinds={kinds} view={view} bounds={bounds} chosen={chosen} onView={jump} onGlide={glide} onPick={pick} />}
      {!elder && <Brush events={filtered} view={view} bounds={bounds} onView={jump} onGlide={glide} />}
      <p className="timeline-status" role="status">
        <span><strong className="num">{t('timeline.shown', { n: shown.length })}</strong> {shown.length !== record.events.length && t('timeline.ofAll', { n: record.events.length })}</span>
        {filteredAtAll && <button type="button" className="link" onClick={clear}>{t('timeline.clear')}</button>}
        {!elder && <span className="timeline-hint">{t('timeline.hint')}</span>}
      </p>
      {shown.length === 0 ? <div className="nothing"><h2>{t('timeline.none')}</h2><p className="soft">{t('timeline.noneHelp')}</p></div> : <EventList ref={list} events={shown} chosen={chosen} />}
    </section>
  );
}

function ZoomButtons({ view, bounds, glide }: { view: View; bounds: View; glide: (view: View) => void }) {
  const { t } = useLanguage();
  const middle = (view.from + view.to) / 2;
  const last = (length: number) => () => glide({ from: bounds.to - length, to: bounds.to });
  return (
    <div className="zoom">
      <button type="button" className="plain-button" onClick={() => glide(bounds)}>{t('timeline.whole')}</button>
      <button type="button" className="plain-button" onClick={last(5 * YEAR)}>{t('timeline.fiveYears')}</button>
      <button type="button" className="plain-button" onClick={last(YEAR)}>{t('timeline.year')}</button>
      <button type="button" className="plain-button zoom-step" aria-label={t('timeline.zoomOut')} title={t('timeline.zoomOut')} onClick={() => glide(zoom(view, middle, 2, bounds))}>−</button>
      <button type="button" className="plain-button zoom-step" aria-label={t('timeline.zoomIn')} title={t('timeline.zoomIn')} onClick={() => glide(zoom(view, middle, 0.5, bounds))}>+</button>
    </div>
  );
}

function Years({ record, view, bounds, jump }: { record: ResidentRecord; view: View; bounds: View; jump: (view: View) => void }) {
  const { t } = useLanguage();
  const years = useMemo(() => [...new Set(record.events.map((event) => event.at.day.slice(0, 4)))], [record.events]);
  const chosen = years.find((year) => yearView(Number(year)).from === view.from && yearView(Number(year)).to === view.to) ?? '';
  return (
    <select className="timeline-institution" aria-label={t('timeline.yearLabel')} value={chosen} onChange={(event) => jump(event.target.value ? yearView(Number(event.target.value)) : bounds)}>
      <option value="">{t('timeline.anyYear')}</option>
      {years.map((year) => <option key={year} value={year}>{year}</option>)}
    </select>
  );
}
