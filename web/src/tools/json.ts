// JSON with its places: where each value stands in the text, so that a place of a resource can be shown in what somebody
// wrote, and a number keeps the digits it came with.
export type JsonKind = 'object' | 'array' | 'text' | 'number' | 'word';
export interface JsonMember { name: string; start: number; value: JsonNode }
export interface JsonNode { kind: JsonKind; start: number; end: number; members?: JsonMember[]; items?: JsonNode[] }

// What was expected where the text cannot be read.
export type JsonExpected = 'value' | 'comma' | 'colon' | 'name' | 'quote' | 'end' | 'shallower';
export class JsonFault extends Error {
  constructor(readonly expected: JsonExpected, readonly offset: number) {
    super(`${expected} expected at ${offset}`);
  }
}

const DEEPEST = 200;
const SPACE = /[ \t\r\n]*/y;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

class Reader {
  at = 0;
  constructor(private readonly text: string) {}

  whole(): JsonNode {
    const node = this.value(0);
    this.space();
    if (this.at < this.text.length) throw new JsonFault('end', this.at);
    return node;
  }

  private space() {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private value(depth: number): JsonNode {
    if (depth > DEEPEST) throw new JsonFault('shallower', this.at);
    this.space();
    const start = this.at;
    const first = this.text[start];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.array(depth);
    if (first === '"') {
      if (!this.take(TEXT)) throw new JsonFault('quote', start);
      return { kind: 'text', start, end: this.at };
    }
    if (this.take(NUMBER)) return { kind: 'number', start, end: this.at };
    if (this.take(WORD)) return { kind: 'word', start, end: this.at };
    throw new JsonFault('value', start);
  }

  // Behind an item: does another one follow? Moves behind the comma, or behind the bracket.
  private another(bracket: string): boolean {
    this.space();
    const found = this.text[this.at];
    if (found !== ',' && found !== bracket) throw new JsonFault('comma', this.at);
    this.at += 1;
    return found === ',';
  }

  private array(depth: number): JsonNode {
    const node: JsonNode = { kind: 'array', start: this.at, end: 0, items: [] };
    this.at += 1;
    this.space();
    if (this.text[this.at] === ']') this.at += 1;
    else do node.items!.push(this.value(depth + 1)); while (this.another(']'));
    node.end = this.at;
    return node;
  }

  private object(depth: number): JsonNode {
    const node: JsonNode = { kind: 'object', start: this.at, end: 0, members: [] };
    this.at += 1;
    this.space();
    if (this.text[this.at] === '}') this.at += 1;
    else do node.members!.push(this.member(depth)); while (this.another('}'));
    node.end = this.at;
    return node;
  }

  private member(depth: number): JsonMember {
    this.space();
    const start = this.at;
    if (!this.take(TEXT)) throw new JsonFault('name', start);
    const name = JSON.parse(this.text.slice(start, this.at)) as string;
    this.space();
    if (this.text[this.at] !== ':') throw new JsonFault('colon', this.at);
    this.at += 1;
    return { name, start, value: this.value(depth + 1) };
  }
}

// Throws JsonFault.
export const readJson = (text: string): JsonNode => new Reader(text).whole();

export const member = (node: JsonNode | undefined, name: string): JsonNode | undefined => node?.members?.find((each) => each.name === name)?.value;
export const raw = (text: string, node: JsonNode) => text.slice(node.start, node.end);
// Of a text: what it says; of anything else as it is written.
export const said = (text: string, node: JsonNode | undefined): string | undefined => node && (node.kind === 'text' ? (JSON.parse(raw(text, node)) as string) : raw(text, node));
export const typeOf = (text: string, root: JsonNode | undefined) => said(text, member(root, 'resourceType'));

// A step of a path: a name, and with an index which of several.
const STEP = /(\w+)(?:\[(\d+)\])?/y;

function steps(path: string): { name: string; index: number }[] {
  const found: { name: string; index: number }[] = [];
  // What a validator adds to say which type is meant stands not in the JSON.
  for (const part of path.replace(/\.ofType\([^)]*\)|\/\*.*?\*\//g, '').split('.')) {
    STEP.lastIndex = 0;
    const match = STEP.exec(part);
    if (!match) break;
    found.push({ name: match[1] ?? '', index: Number(match[2] ?? 0) });
  }
  return found;
}

function step(node: JsonNode, name: string): JsonMember | undefined {
  const members = node.members ?? [];
  // "value" of a choice is written "valueQuantity".
  return members.find((each) => each.name === name) ?? members.find((each) => each.name.startsWith(name) && /^[A-Z]/.test(each.name.slice(name.length))) ?? members.find((each) => each.name === `_${name}`);
}

// "Patient.name[0].given[1]" in the text: its value with its name. Of what is not there, whatever holds its place: `exact` is
// false then.
export function locate(root: JsonNode, path: string): { start: number; end: number; exact: boolean } {
  let node = root;
  let start = root.start;
  for (const { name, index } of steps(path).slice(1)) {
    const found = step(node, name);
    if (!found) return { start, end: node.kind === 'object' && node !== root ? node.end : Math.min(node.end, start + 1), exact: false };
    const item = found.value.items ? found.value.items[index] : found.value;
    if (!item) return { start: found.start, end: found.value.end, exact: false };
    start = found.value.items ? item.start : found.start;
    node = item;
  }
  return { start, end: node.end, exact: true };
}

// What begins at an offset: a member with its name, whichever of the two is meant, or an item. Nothing where nothing begins.
export function rangeAt(node: JsonNode, offset: number): { start: number; end: number } | undefined {
  if (node.start === offset) return { start: node.start, end: node.end };
  for (const { start, value } of node.members ?? []) {
    if (start === offset || value.start === offset) return { start, end: value.end };
    if (offset > start && offset < value.end) return rangeAt(value, offset);
  }
  for (const item of node.items ?? []) if (offset >= item.start && offset < item.end) return rangeAt(item, offset);
  return undefined;
}

// Line and column from 1, as people count.
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const head = text.slice(0, offset);
  const begin = head.lastIndexOf('\n') + 1;
  return { line: head.split('\n').length, column: [...head.slice(begin)].length + 1 };
}

// The other way; a column behind the end of its line is its end.
export function offsetOf(text: string, line: number, column: number): number {
  let begin = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', begin);
    if (next < 0) break;
    begin = next + 1;
  }
  const end = text.indexOf('\n', begin);
  return begin + [...text.slice(begin, end < 0 ? undefined : end)].slice(0, column - 1).join('').length;
}

// Characters as the server counts them, in places of a JavaScript string.
export const fromCharacters = (text: string, count: number) => [...text].slice(0, count).join('').length;
