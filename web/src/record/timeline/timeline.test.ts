import { describe, expect, test } from 'vitest';
import { DAY, YEAR } from '../../fhir/time';
import type { Event, Kind } from '../model/event';
import { lanesOf } from './cluster';
import { layOut, rowAt } from './rows';
import { fit, msAt, NARROWEST, pan, ticksOf, xOf, zoom } from './scale';

const bounds = { from: 0, to: 40 * YEAR };
const event = (ms: number, kind: Kind = 'visit', more: Partial<Event> = {}): Event => ({
  key: `${kind}${ms}`, kind, at: { ms, precision: 'day', day: new Date(ms).toISOString().slice(0, 10) }, title: '', flag: 'unknown', resources: [], ...more,
});

describe('scale', () => {
  test('the moment under the pointer stays there while zooming', () => {
    const view = { from: 10 * YEAR, to: 20 * YEAR };
    const at = msAt(view, 800, 300);
    expect(xOf(zoom(view, at, 0.5, bounds), 800, at)).toBeCloseTo(300, 5);
  });
  test('never beyond the bounds, never narrower than a week', () => {
    expect(pan({ from: 35 * YEAR, to: 39 * YEAR }, 10 * YEAR, bounds)).toEqual({ from: 36 * YEAR, to: 40 * YEAR });
    const near = zoom({ from: 0, to: 8 * DAY }, 4 * DAY, 0.01, bounds);
    expect(near.to - near.from).toBe(NARROWEST);
    expect(fit({ from: -YEAR, to: 90 * YEAR }, bounds)).toEqual(bounds);
  });
  test('ticks: years from afar, months nearer, days close by, and never crowded', () => {
    const months = (month: number) => `m${month + 1}`;
    const start = new Date(2020, 0, 1).getTime();
    for (const length of [8 * DAY, 40 * DAY, 0.5 * YEAR, 3 * YEAR, 12 * YEAR, 60 * YEAR]) {
      const ticks = ticksOf({ from: start, to: start + length }, 800, 64, months);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThanOrEqual(800 / 40);
    }
    expect(ticksOf({ from: start, to: start + 3 * YEAR }, 800, 64, months).filter((tick) => tick.major).map((tick) => tick.label)).toEqual(['2020', '2021', '2022']);
  });
});

describe('lanesOf', () => {
  const view = { from: 0, to: 100 * DAY };
  test('near marks join and count; every entry in sight is in exactly one mark', () => {
    const events = [90, 50, 12, 11, 10].map((day) => event(day * DAY));
    const [lane] = lanesOf(events, ['visit'], view, 1000, 26);
    expect(lane!.clusters.map((cluster) => cluster.events.length)).toEqual([1, 1, 3]);
    expect(lane!.count).toBe(5);
  });
  test('outside of the window nothing is counted, but what lasts into it is drawn', () => {
    const [lane] = lanesOf([event(-10 * DAY, 'medicine', { end: 20 * DAY })], ['medicine'], view, 1000, 26);
    expect(lane).toMatchObject({ count: 0, clusters: [] });
    expect(lane!.spans).toEqual([{ kind: 'medicine', x1: -100, x2: 200 }]);
  });
  test('a mark remembers how many of it are out of range', () => {
    const [lane] = lanesOf([event(11 * DAY, 'result', { flag: 'high' }), event(10 * DAY, 'result')], ['result'], view, 1000, 26);
    expect(lane!.clusters[0]).toMatchObject({ outside: 1 });
  });
});

describe('list rows', () => {
  const { rows, height } = layOut([event(3 * DAY), event(3 * DAY, 'result'), event(DAY)], 40, 50);
  test('one heading a day', () => {
    expect(rows.map((row) => [row.top, row.event?.kind])).toEqual([[0, undefined], [40, 'visit'], [90, 'result'], [140, undefined], [180, 'visit']]);
    expect(height).toBe(230);
  });
  test('the row at a height', () => expect([-5, 0, 39, 40, 139, 140, 9999].map((y) => rowAt(rows, y))).toEqual([0, 0, 0, 1, 2, 3, 4]));
});
