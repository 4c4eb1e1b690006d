// All years in one strip, with the window that is shown above; drag it, drag its edges, or take a year.
import { useMemo, useRef, type PointerEvent } from 'react';
import { YEAR } from '../../fhir/time';
import { useLanguage } from '../../i18n/use-language';
import type { Event } from '../model/event';
import { fit, yearView, type View } from './scale';

const BINS = 240;

function binsOf(events: Event[], bounds: View): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const { at } of events) {
    const bin = Math.floor(((at.ms - bounds.from) / (bounds.to - bounds.from)) * BINS);
    if (bin >= 0 && bin < BINS) bins[bin]! += 1;
  }
  return bins;
}

export function Brush({ events, view, bounds, onView, onGlide }: { events: Event[]; view: View; bounds: View; onView: (view: View) => void; onGlide: (view: View) => void }) {
  const { t } = useLanguage();
  const strip = useRef<HTMLDivElement>(null);
  const drag = useRef<{ part: 'window' | 'from' | 'to'; x: number; view: View }>(undefined);
  const bins = useMemo(() => binsOf(events, bounds), [events, bounds]);
  const most = Math.max(1, ...bins);
  const share = (ms: number) => (100 * (ms - bounds.from)) / (bounds.to - bounds.from);

  const start = (part: 'window' | 'from' | 'to') => (event: PointerEvent) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { part, x: event.clientX, view };
  };
  const move = (event: PointerEvent) => {
    const held = drag.current;
    if (!held || !strip.current) return;
    const by = ((event.clientX - held.x) / strip.current.clientWidth) * (bounds.to - bounds.from);
    if (held.part === 'window') onView({ from: held.view.from + by, to: held.view.to + by });
    else if (held.part === 'from') onView({ from: Math.min(held.view.from + by, held.view.to - 1), to: held.view.to });
    else onView({ from: held.view.from, to: Math.max(held.view.to + by, held.view.from + 1) });
  };
  const end = () => { drag.current = undefined; };
  const tapStrip = (event: PointerEvent) => {
    const box = strip.current!.getBoundingClientRect();
    const at = bounds.from + ((event.clientX - box.left) / box.width) * (bounds.to - bounds.from);
    const half = (view.to - view.from) / 2;
    onGlide(fit({ from: at - half, to: at + half }, bounds));
  };

  return (
    <div className="brush" role="group" aria-label={t('timeline.brush')}>
      <div className="brush-strip" ref={strip} onPointerDown={tapStrip}>
        <svg viewBox={`0 0 ${BINS} 40`} preserveAspectRatio="none" aria-hidden="true">
          {bins.map((count, i) => count > 0 && <rect key={i} x={i + 0.1} width={0.8} y={40 - 4 - (34 * count) / most} height={4 + (34 * count) / most} />)}
        </svg>
        <div className="brush-window" style={{ left: `${share(view.from)}%`, width: `${share(view.to) - share(view.from)}%` }} onPointerDown={start('window')} onPointerMove={move} onPointerUp={end} onPointerCancel={end}>
          <span className="brush-edge brush-from" onPointerDown={start('from')} onPointerMove={move} onPointerUp={end} onPointerCancel={end} />
          <span className="brush-edge brush-to" onPointerDown={start('to')} onPointerMove={move} onPointerUp={end} onPointerCancel={end} />
        </div>
      </div>
      <Years bounds={bounds} share={share} onYear={(year) => onGlide(yearView(year))} />
    </div>
  );
}

function Years({ bounds, share, onYear }: { bounds: View; share: (ms: number) => number; onYear: (year: number) => void }) {
  const step = Math.max(1, Math.ceil((bounds.to - bounds.from) / YEAR / 16));
  const years: number[] = [];
  for (let year = new Date(bounds.from).getFullYear(); year <= new Date(bounds.to).getFullYear(); year++) if (year % step === 0 || step === 1) years.push(year);
  return (
    <div className="brush-years">
      {years.map((year) => {
        const { from, to } = yearView(year);
        const left = Math.max(0, share(from));
        const width = Math.min((Math.min(100, share(to)) - left) * step, 100 - left);
        return <button key={year} type="button" aria-label={String(year)} style={{ left: `${left}%`, width: `${width}%` }} onClick={() => onYear(year)}>{width >= 3 ? year : ''}</button>;
      })}
    </div>
  );
}
