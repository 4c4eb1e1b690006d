// Marks that would lie on one another become one mark that says how many it stands for.
import { isOutside } from '../model/flag';
import { KINDS, type Event, type Kind } from '../model/event';
import { xOf, type View } from './scale';

export interface Cluster { kind: Kind; x: number; events: Event[]; outside: number }   // events newest first
export interface Span { kind: Kind; x1: number; x2: number }
export interface Lane { kind: Kind; clusters: Cluster[]; spans: Span[]; count: number }

const SPAN_PIXELS = 6;   // shorter than this, what lasts looks like a moment

// `events` newest first, as the record keeps them; `apart` in pixels.
export function lanesOf(events: Event[], kinds: Kind[], view: View, width: number, apart: number): Lane[] {
  const lanes = new Map<Kind, Lane>(kinds.map((kind) => [kind, { kind, clusters: [], spans: [], count: 0 }]));
  for (const event of events) {
    const lane = lanes.get(event.kind);
    if (!lane) continue;
    const x = xOf(view, width, event.at.ms);
    if (event.end !== undefined) {
      const x2 = xOf(view, width, event.end);
      if (x2 > 0 && x < width && x2 - x > SPAN_PIXELS) lane.spans.push({ kind: event.kind, x1: x, x2 });
    }
    if (event.at.ms < view.from || event.at.ms > view.to) continue;
    lane.count += 1;
    const open = lane.clusters.at(-1);
    if (open && xOf(view, width, open.events[0]!.at.ms) - x < apart) {
      open.events.push(event);
      if (isOutside(event.flag)) open.outside += 1;
    } else {
      lane.clusters.push({ kind: event.kind, x, events: [event], outside: isOutside(event.flag) ? 1 : 0 });
    }
  }
  for (const lane of lanes.values()) {
    for (const cluster of lane.clusters) {
      const first = xOf(view, width, cluster.events.at(-1)!.at.ms);
      const last = xOf(view, width, cluster.events[0]!.at.ms);
      cluster.x = (first + last) / 2;
    }
  }
  return KINDS.filter((kind) => lanes.has(kind)).map((kind) => lanes.get(kind)!);
}

export const radiusOf = (cluster: Cluster, scale: number) => scale * (cluster.events.length === 1 ? 5 : Math.min(14, 7.5 + 1.6 * Math.log2(cluster.events.length)));
