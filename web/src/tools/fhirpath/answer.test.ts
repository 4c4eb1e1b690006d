import { describe, expect, test } from 'vitest';
import { question, readAnswer, type TreeNode } from './answer';
import { chainOf, type Link } from './chain';

const node = (kind: string, name: string, position: number, length: number, args: unknown[] = []) => ({ ExpressionType: kind, Name: name, Position: position, Length: length, ...(args.length > 0 && { Arguments: args }) });
const that = (position: number, length: number) => node('AxisExpression', 'builtin.that', position, length);

// name.where(use = 'official').given
const tree = node('ChildExpression', 'given', 29, 5, [
  node('FunctionCallExpression', 'where', 5, 23, [
    node('ChildExpression', 'name', 0, 4, [that(0, 4)]),
    node('BinaryExpression', '=', 15, 1, [node('ChildExpression', 'use', 11, 3, [that(11, 3)]), node('ConstantExpression', 'official', 17, 10)]),
  ]),
]);
const place = (path: string) => `"extension":[{"url":"http://fhir.forms-lab.com/StructureDefinition/resource-path","valueString":"${path}"}]`;
const text = `{"resourceType":"Parameters","parameter":[
 {"name":"parameters","part":[{"name":"expectedReturnType","valueString":"string[]"},{"name":"parseDebugTree","valueString":${JSON.stringify(JSON.stringify(tree))}}]},
 {"name":"result","part":[{${place('Patient.name[0].given[0]')},"name":"string","valueString":"伟"},{"name":"decimal","valueDecimal":1.50},{"name":"empty-string"},
  {"name":"HumanName","valueHumanName":{"family":"张"}},{"name":"Patient.contact","extension":[{"url":"http://fhir.forms-lab.com/StructureDefinition/json-value","valueString":"{\\"a\\":1.0}"}]},
  {"name":"trace","valueString":"seen","part":[{"name":"integer","valueInteger":7}]}]},
 {"name":"debug-trace","extension":[{"url":"urn:witmed:left-out","valueInteger":3}],"part":[
  {"name":"0,4,name","extension":[{"url":"urn:witmed:left-out","valueInteger":2}],"part":[{"name":"HumanName",${place('Patient.name[0]')}},{"name":"this-resource-path","valueString":"Patient"}]},
  {"name":"15,1,=","part":[{"name":"boolean","valueBoolean":true},{"name":"this-resource-path","valueString":"Patient.name[0]"},{"name":"index","valueInteger":0}]},
  {"name":"15,1,=","part":[{"name":"this-resource-path","valueString":"Patient.name[1]"},{"name":"index","valueInteger":1}]}]}]}`;
const answer = readAnswer(text);

test('values as they were written, with type and place', () => {
  expect(answer.values).toEqual([
    { type: 'string', text: '伟', path: 'Patient.name[0].given[0]' }, { type: 'decimal', text: '1.50' }, { type: 'empty-string', text: '' },
    { type: 'HumanName', json: '{\n  "family": "张"\n}' }, { type: 'Patient.contact', json: '{\n  "a": 1.0\n}' },
  ]);
  expect(answer.traces).toEqual([{ name: 'seen', values: [{ type: 'integer', text: '7' }] }]);
  expect([answer.type, answer.leftOut]).toEqual(['string[]', 3]);
});

test('steps', () => {
  expect(answer.steps[0]).toEqual({ position: 0, length: 4, name: 'name', values: [{ type: 'HumanName', path: 'Patient.name[0]' }], more: 2, self: 'Patient' });
  expect(answer.steps[2]).toEqual({ position: 15, length: 1, name: '=', values: [], more: 0, self: 'Patient.name[1]', index: 1 });
});

describe('the chain', () => {
  const told = (links: Link[]): unknown[] => links.map((each) => [each.label, each.steps.length, ...each.inside.map(told)]);
  test('reads from the start to the end, what is in brackets below', () => {
    expect(told(chainOf(answer, "name.where(use = 'official').given"))).toEqual([['name', 1], ['where(…)', 0, [['use', 0], ["= 'official'", 2]]], ['given', 0]]);
  });
  test('a type is no member', () => {
    const typed: TreeNode = { kind: 'FunctionCallExpression', name: 'ofType', position: 6, length: 16, args: [{ kind: 'ChildExpression', name: 'value', position: 0, length: 5, args: [] }, { kind: 'ChildExpression', name: 'Quantity', position: 13, length: 8, args: [] }] };
    expect(told(chainOf({ ...answer, tree: typed }, 'value.ofType(Quantity)'))).toEqual([['value', 0], ['ofType(Quantity)', 0]]);
    expect(chainOf({ ...answer, tree: undefined }, '')).toEqual([]);
    const named: TreeNode = { kind: 'FunctionCallExpression', name: 'toString', position: 0, length: 10, args: [] };
    expect(told(chainOf({ ...answer, tree: named, steps: [{ position: 0, length: 10, name: 'toString', values: [], more: 0 }] }, 'toString()'))).toEqual([['toString()', 1]]);
  });
});

test('the question holds the resource as it was written', () => {
  expect(question('a = "x"', '{"value":1.00}', true)).toContain('"resource":{"value":1.00}');
  expect((JSON.parse(question('a\n\'"', '{}', false)) as { parameter: { valueString: string }[] }).parameter[0]?.valueString).toBe('a\n\'"');
});
