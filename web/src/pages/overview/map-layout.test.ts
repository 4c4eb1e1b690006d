import { expect, test } from 'vitest';
import type { Institution } from './figures';
import { layOut, nameOf } from './map-layout';

const at = (id: string, longitude: number, latitude: number): Institution => ({ id, name: id, visits: 1, longitude, latitude });
const county = Array.from({ length: 20 }, (_, i) => at(`c${i}`, 117 + (i % 5) * 0.05, 36 + Math.floor(i / 5) * 0.05));
const box = { w: 640, h: 470 };
const width = (nodes: { x: number }[]) => Math.max(...nodes.map((each) => each.x)) - Math.min(...nodes.map((each) => each.x));

test('one far away stands at the edge in its true direction with its distance, and does not squeeze the others', () => {
  const { nodes } = layOut([...county, at('city', 118.2, 36.075)], box);
  const city = nodes.find((each) => each.institution.id === 'city')!;
  expect(city.away!.km).toBeGreaterThan(90);
  expect(city.away!.km).toBeLessThan(115);
  expect(Math.abs(city.away!.angle)).toBeLessThan(0.1);   // due east
  expect([city.x > 600, city.x < 640]).toEqual([true, true]);
  expect(nameOf(city)).toMatch(/^city 1?\d\d km$/);
  const others = nodes.filter((each) => each !== city);
  expect(others.every((each) => each.away === undefined && each.x < city.x)).toBe(true);
  expect(width(others)).toBeGreaterThan(300);
});

test('without one, nothing is called distant; two regions of one size are both shown in place', () => {
  expect(layOut(county, box).nodes.some((each) => each.away)).toBe(false);
  const second = county.map((each) => at(`d${each.id}`, each.longitude! + 3, each.latitude!));
  expect(layOut([...county, ...second], box).nodes.some((each) => each.away)).toBe(false);
});
