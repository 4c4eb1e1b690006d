import { expect, test } from 'vitest';
import { prettyJson } from './pretty';

test('numbers and strings keep the characters they came with', () => {
  const json = '{"a":1.00,"b":[1e3,-0.50,{}],"c":"x: {\\"y\\"}, [中]","d":[],"e":null}';
  const { text, pieces } = prettyJson(json);
  expect(text).toBe('{\n  "a": 1.00,\n  "b": [\n    1e3,\n    -0.50,\n    {}\n  ],\n  "c": "x: {\\"y\\"}, [中]",\n  "d": [],\n  "e": null\n}');
  expect(JSON.parse(text)).toEqual(JSON.parse(json));
  expect(pieces.filter((piece) => piece.sort === 'number').map((piece) => piece.text)).toEqual(['1.00', '1e3', '-0.50']);
});
