// What $fhirpath answers (docs/fhirpath.md), read with the digits that values are written with.
import { prettyJson } from '../../record/raw/pretty';
import { member, raw, readJson, said, type JsonNode } from '../json';

// `text`: a value of one line, as written; `json`: one of several; neither: only its place was told.
export interface Value { type: string; text?: string; json?: string; path?: string }
// What one node of the tree gave, once. `more`: values that were left out.
export interface Step { position: number; length: number; name: string; values: Value[]; more: number; self?: string; index?: number }
export interface TreeNode { kind: string; name: string; position: number; length: number; args: TreeNode[] }
export interface Answer {
  values: Value[];
  traces: { name: string; values: Value[] }[];
  type?: string;        // that it can give, by the types alone
  objection?: string;   // what strict mode has against it
  tree?: TreeNode;
  steps: Step[];
  leftOut: number;      // steps
}

interface LabNode { ExpressionType: string; Name: string; Position: number; Length: number; Arguments?: LabNode[] }

const treeOf = (node: LabNode): TreeNode => ({ kind: node.ExpressionType, name: node.Name, position: node.Position, length: node.Length, args: (node.Arguments ?? []).map(treeOf) });

class Reading {
  constructor(private readonly text: string) {}

  list(node: JsonNode | undefined, name: string): JsonNode[] {
    return member(node, name)?.items ?? [];
  }

  name(part: JsonNode): string {
    return said(this.text, member(part, 'name')) ?? '';
  }

  // The value of an extension whose address ends so.
  extension(part: JsonNode, ending: string): string | undefined {
    const found = this.list(part, 'extension').find((each) => said(this.text, member(each, 'url'))?.endsWith(ending));
    return this.plain(found);
  }

  plain(part: JsonNode | undefined): string | undefined {
    const value = part?.members?.find((each) => each.name.startsWith('value'))?.value;
    return value && said(this.text, value);
  }

  value(part: JsonNode): Value {
    const out: Value = { type: this.name(part), path: this.extension(part, '/resource-path') };
    const found = part.members?.find((each) => each.name.startsWith('value') || each.name === 'resource')?.value;
    const hidden = this.extension(part, '/json-value');
    if (hidden !== undefined) out.json = prettyJson(hidden).text;
    else if (found?.kind === 'object') out.json = prettyJson(raw(this.text, found)).text;
    else if (found) out.text = said(this.text, found);
    else if (out.type === 'empty-string') out.text = '';
    return out;
  }

  step(part: JsonNode): Step {
    const [, position, length, name] = /^(\d+),(\d+),(.*)$/s.exec(this.name(part)) ?? [];
    const step: Step = { position: Number(position), length: Number(length), name: name ?? '', values: [], more: Number(this.extension(part, ':left-out') ?? 0) };
    for (const each of this.list(part, 'part')) {
      const what = this.name(each);
      if (what === 'index') step.index = Number(this.plain(each));
      else if (what.startsWith('this-')) step.self = this.plain(each);
      else step.values.push(this.value(each));
    }
    return step;
  }
}

export function readAnswer(text: string): Answer {
  const reading = new Reading(text);
  const parameters = reading.list(readJson(text), 'parameter');
  const named = (list: JsonNode[], name: string) => list.filter((each) => reading.name(each) === name);
  const about = reading.list(named(parameters, 'parameters')[0], 'part');
  const told = (name: string) => reading.plain(named(about, name)[0]);
  const results = reading.list(named(parameters, 'result')[0], 'part');
  const trace = named(parameters, 'debug-trace')[0];
  const tree = told('parseDebugTree');
  return {
    values: results.filter((each) => reading.name(each) !== 'trace').map((each) => reading.value(each)),
    traces: named(results, 'trace').map((each) => ({ name: reading.plain(each) ?? '', values: reading.list(each, 'part').map((part) => reading.value(part)) })),
    type: told('expectedReturnType'),
    objection: told('parseDebug'),
    tree: tree === undefined ? undefined : treeOf(JSON.parse(tree) as LabNode),
    steps: reading.list(trace, 'part').map((each) => reading.step(each)),
    leftOut: Number((trace && reading.extension(trace, ':left-out')) ?? 0),
  };
}

// The request, with the resource as it was written.
export function question(expression: string, resource: string, strict: boolean): string {
  const parts = [{ name: 'expression', valueString: expression }, { name: 'strict', valueBoolean: strict }, { name: 'validate', valueBoolean: true }];
  return `{"resourceType":"Parameters","parameter":[${parts.map((each) => JSON.stringify(each)).join(',')},{"name":"resource","resource":${resource}}]}`;
}
