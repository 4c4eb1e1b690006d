// The same entries as words, by day: only the rows in sight exist, so that two thousand cost as much as twenty.
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type Ref } from 'react';
import { useDisplay } from '../../app/display';
import { agoText } from '../../i18n/person';
import { useLanguage } from '../../i18n/use-language';
import { kindColour } from '../../theme/tokens';
import { FlagMark } from '../FlagMark';
import type { Event } from '../model/event';
import { useRaw } from '../raw/raw-context';
import { layOut, rowAt, type Row } from './rows';

export interface EventListHandle { show: (key: string) => void }

const HEIGHTS = { wide: { day: 44, event: 52 }, narrow: { day: 42, event: 88 } };
const AROUND = 400;      // pixels drawn beyond what is in sight
const HEAD = 150;        // what the bars at the top cover

export function EventList({ events, chosen, ref }: { events: Event[]; chosen?: string; ref: Ref<EventListHandle> }) {
  const { scale, narrow } = useDisplay();
  const box = useRef<HTMLDivElement>(null);
  const heights = narrow ? HEIGHTS.narrow : HEIGHTS.wide;
  const layout = useMemo(() => layOut(events, heights.day * scale, heights.event * scale), [events, heights, scale]);
  const [sight, setSight] = useState({ from: 0, to: 1500 });
  useLayoutEffect(() => {
    const look = () => {
      const top = box.current?.getBoundingClientRect().top ?? 0;
      setSight({ from: -top - AROUND, to: -top + window.innerHeight + AROUND });
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [layout]);
  useImperativeHandle(ref, () => ({
    show: (key) => {
      const row = layout.rows.find((each) => each.event?.key === key);
      if (row && box.current) window.scrollTo({ top: box.current.getBoundingClientRect().top + window.scrollY + row.top - HEAD * scale, behavior: 'smooth' });
    },
  }), [layout, scale]);
  const first = rowAt(layout.rows, sight.from);
  const last = rowAt(layout.rows, sight.to);
  return (
    <div className="event-list" ref={box} style={{ height: layout.height }}>
      {layout.rows.slice(first, last + 1).map((row) => <ListRow key={row.event?.key ?? `day${row.top}`} row={row} chosen={row.event !== undefined && row.event.key === chosen} />)}
    </div>
  );
}

function ListRow({ row, chosen }: { row: Row; chosen: boolean }) {
  const { t } = useLanguage();
  const raw = useRaw();
  const self = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) self.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [chosen]);
  const place = { top: row.top, height: row.height };
  const { event } = row;
  if (!event) return <h2 className="event-day num" style={place}>{row.day}<span>{agoText(t, row.ms, Date.now())}</span></h2>;
  return (
    <div ref={self} className={chosen ? 'event chosen' : 'event'} style={place}>
      <button type="button" onClick={() => raw.openEvent(event)}>
        <span className="event-clock num">{event.at.clock ?? ''}</span>
        <span className="event-kind" style={{ color: kindColour[event.kind] }}>{t(`timeline.kinds.${event.kind}`)}</span>
        <span className="event-text"><strong>{event.title}</strong> <span>{event.detail}</span></span>
        <span className="event-flag"><FlagMark flag={event.flag} /></span>
        <span className="event-place">{event.institution ?? <span className="unrecorded">{t('timeline.unknownInstitution')}</span>}</span>
      </button>
    </div>
  );
}
