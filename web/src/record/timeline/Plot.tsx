import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useDisplay } from '../../app/display';
import { isoDay } from '../../fhir/time';
import { useLanguage } from '../../i18n/use-language';
import { kindColour } from '../../theme/tokens';
import type { Event, Kind } from '../model/event';
import { lanesOf, radiusOf, type Cluster } from './cluster';
import { draw } from './draw';
import { useGestures } from './gestures';
import { pan, ticksOf, zoom, type View } from './scale';

interface Props { events: Event[]; kinds: Kind[]; view: View; bounds: View; chosen?: string; onView: (view: View) => void; onGlide: (view: View) => void; onPick: (cluster: Cluster) => void }

const monthNames = (language: string) => {
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { month: 'short' });
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(2001, month, 1)));
};

export function Plot({ events, kinds, view, bounds, chosen, onView, onGlide, onPick }: Props) {
  const { t, language } = useLanguage();
  const { scale } = useDisplay();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [hover, setHover] = useState<{ cluster: Cluster; y: number }>();
  useLayoutEffect(() => {
    const box = canvas.current!.parentElement!;
    const measure = () => setWidth(box.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const months = useMemo(() => monthNames(language), [language]);
  const laneHeight = 38 * scale;
  const axisHeight = 28 * scale;
  const lanes = useMemo(() => (width > 0 ? lanesOf(events, kinds, view, width, 26 * scale) : []), [events, kinds, view, width, scale]);
  useLayoutEffect(() => {
    if (width === 0 || !canvas.current) return;
    const ticks = ticksOf(view, width, 64 * scale, (month) => months[month]!);
    draw(canvas.current, { lanes, ticks, view, width, laneHeight, axisHeight, scale, now: Date.now(), chosen });
  }, [lanes, view, width, laneHeight, axisHeight, scale, months, chosen]);

  const find = (x: number, y: number) => {
    const row = Math.floor((y - axisHeight) / laneHeight);
    const lane = lanes[row];
    const cluster = lane?.clusters.find((each) => Math.abs(each.x - x) <= Math.max(radiusOf(each, scale), 12));
    return cluster && { cluster, y: axisHeight + (row + 1) * laneHeight };
  };
  useGestures(canvas, {
    view, bounds, width, onView,
    onTap: (x, y) => {
      const hit = find(x, y);
      if (hit) onPick(hit.cluster);
    },
    onHover: (x, y) => setHover((now) => {
      const hit = find(x, y);
      return hit?.cluster === now?.cluster ? now : hit;
    }),
    onLeave: () => setHover(undefined),
  });
  const onKey = (event: KeyboardEvent) => {
    const step = (view.to - view.from) / 6;
    const middle = (view.from + view.to) / 2;
    const next = event.key === 'ArrowLeft' ? pan(view, -step, bounds) : event.key === 'ArrowRight' ? pan(view, step, bounds)
      : event.key === '+' || event.key === '=' ? zoom(view, middle, 0.6, bounds) : event.key === '-' ? zoom(view, middle, 1.6, bounds) : undefined;
    if (!next) return;
    event.preventDefault();
    onGlide(next);
  };
  const shown = lanes.reduce((sum, lane) => sum + lane.count, 0);
  return (
    <div className="plot">
      <ol className="plot-lanes" style={{ paddingTop: axisHeight }}>
        {kinds.map((kind, i) => (
          <li key={kind} style={{ height: laneHeight }}>
            <i style={{ background: kindColour[kind] }} />{t(`timeline.kinds.${kind}`)}<span>{lanes[i]?.count ?? ''}</span>
          </li>
        ))}
      </ol>
      <div className="plot-field" style={{ height: axisHeight + kinds.length * laneHeight }}>
        <canvas
          ref={canvas} tabIndex={0} role="application" onKeyDown={onKey} style={{ cursor: hover ? 'pointer' : 'grab' }}
          aria-label={t('timeline.plot', { from: isoDay(view.from), to: isoDay(view.to), n: shown })}
        />
        {hover && <Hint cluster={hover.cluster} y={hover.y} width={width} />}
      </div>
    </div>
  );
}

const HINTED = 6;

function Hint({ cluster, y, width }: { cluster: Cluster; y: number; width: number }) {
  const { t } = useLanguage();
  const right = cluster.x > width / 2;
  const first = cluster.events.at(-1)!.at.day;
  const last = cluster.events[0]!.at.day;
  return (
    <div className="hint" style={right ? { right: width - cluster.x, top: y } : { left: cluster.x, top: y }}>
      <p className="num soft">{first === last ? first : `${first} – ${last}`} · {t('timeline.shown', { n: cluster.events.length })}</p>
      <ul>{cluster.events.slice(0, HINTED).map((event) => <li key={event.key}><strong>{event.title}</strong> {event.detail}</li>)}</ul>
      {cluster.events.length > HINTED && <p className="soft">…</p>}
    </div>
  );
}
