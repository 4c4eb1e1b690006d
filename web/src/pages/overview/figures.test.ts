import { expect, test } from 'vitest';
import { figuresOf, type Institution } from './figures';
import { layOut, levelOf } from './map-layout';

const box = { w: 640, h: 470 };

test('the server\'s Parameters become figures', () => {
  const part = (name: string, values: Record<string, number | string>, more: object[] = []) => ({
    name, part: [...Object.entries(values).map(([key, value]) => (typeof value === 'number' ? { name: key, valueInteger: value } : { name: key, valueString: value })), ...more] as never,
  });
  const figures = figuresOf({
    resourceType: 'Parameters',
    parameter: [
      { name: 'asOf', valueInstant: '2026-01-02T03:04:05.000+08:00' }, { name: 'sequence', valueString: '77' }, { name: 'residents', valueInteger: 3 },
      part('band', { from: 0, male: 1, female: 2 }), part('disease', { code: 'I10', name: '高血压', people: 2 }, [part('age', { from: 60, male: 1, female: 1 })]),
      part('month', { month: '2025-12', outpatient: 4, emergency: 1 }), part('institution', { id: 'a', name: '县医院', visits: 5 }),
    ],
  });
  expect(figures).toMatchObject({ asOf: '2026-01-02T03:04:05.000+08:00', sequence: 77, residents: 3, alive: 0, preparing: undefined });
  expect(figures.bands).toEqual([{ from: 0, male: 1, female: 2 }]);
  expect(figures.diseases[0]!.ages).toEqual([{ from: 60, male: 1, female: 1 }]);
  expect(figures.months[0]).toMatchObject({ month: '2025-12', visits: 5, by: { outpatient: 4, emergency: 1, home: 0 } });
  expect(figures.institutions[0]).toMatchObject({ id: 'a', longitude: undefined });
});

const place = (id: string, name: string, parent?: string, position?: [number, number]): Institution => ({ id, name, parent, visits: 10, longitude: position?.[0], latitude: position?.[1] });

test('what an institution is, by its own words', () => {
  expect(['清禾县人民医院', '青柳镇卫生院', '柳湾村卫生室', '县医疗保障局'].map((name) => levelOf(place('x', name)))).toEqual(['hospital', 'township', 'village', 'other']);
});

test('by position: north is up, east is right, and nothing leaves the picture', () => {
  const { nodes, placed } = layOut([place('n', '北医院', undefined, [103, 26]), place('s', '南卫生院', 'n', [103.2, 25]), place('none', '无位置')], box);
  expect(placed).toBe(true);
  const at = (id: string) => nodes.find((node) => node.institution.id === id)!;
  expect(nodes).toHaveLength(3);
  expect(at('n').y).toBeLessThan(at('s').y);
  expect(at('n').x).toBeLessThan(at('s').x);
  for (const { x, y } of nodes) expect(x >= 0 && x <= box.w && y >= 0 && y <= box.h).toBe(true);
});

test('without positions: by rank, all different, a loop of parents does no harm', () => {
  const list = [place('c', '县医院'), ...Array.from({ length: 12 }, (_, i) => place(`t${i}`, `镇${i}卫生院`, 'c')), ...Array.from({ length: 100 }, (_, i) => place(`v${i}`, `村${i}卫生室`, `t${i % 12}`)), place('own', '自指', 'own'), place('ins', '医保局')];
  const { nodes, placed } = layOut(list, box);
  expect(placed).toBe(false);
  expect(nodes).toHaveLength(list.length);
  expect(new Set(nodes.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)).size).toBe(list.length);
  for (const { x, y } of nodes) expect(x >= 0 && x <= box.w && y >= 0 && y <= box.h).toBe(true);
});
