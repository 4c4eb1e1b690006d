// The tree of an expression as people read it and as it is evaluated: from its start to its end, an operator behind what
// stands left of it, and under each step what stands in its brackets or right of it. The server's tree is the other way
// round: a step holds what it is taken from.
import type { Answer, Step, TreeNode } from './answer';

export type LinkKind = 'member' | 'call' | 'index' | 'operator' | 'constant' | 'variable' | 'self' | 'type';
export interface Link {
  key: string;
  kind: LinkKind;
  label: string;
  position: number;
  length: number;
  steps: Step[];      // one, or in brackets one for each item; none: never evaluated
  inside: Link[][];   // arguments, or what stands right of an operator; each a chain
}

const NAMES_A_TYPE = new Set(['ofType', 'is', 'as']);
const AXES = new Map([['builtin.this', '$this'], ['builtin.index', '$index'], ['builtin.total', '$total']]);

const typeName = (node: TreeNode): string => (node.kind === 'ChildExpression' && node.args[0]?.kind === 'ChildExpression' ? `${typeName(node.args[0])}.${node.name}` : node.name);

const isLeaf = (chain: Link[]) => chain.length === 1 && (chain[0]!.kind === 'constant' || chain[0]!.kind === 'type');

// `expression`: what was asked, whose own words name the steps.
export function chainOf({ tree, steps }: Answer, expression: string): Link[] {
  const told = new Map<string, Step[]>();
  for (const step of steps) {
    const key = `${step.position},${step.name}`;
    const list = told.get(key);
    if (list) list.push(step);
    else told.set(key, [step]);
  }
  const characters = [...expression];
  const source = (node: TreeNode) => characters.slice(node.position, node.position + node.length).join('');

  const link = (node: TreeNode, kind: LinkKind, label: string, inside: Link[][] = []): Link => {
    const key = `${node.position},${AXES.get(node.name) ?? node.name}`;
    return { key: `${kind}:${key}`, kind, label, position: node.position, length: node.length, steps: (kind !== 'type' && told.get(key)) || [], inside };
  };
  const typed = (node: TreeNode): Link[] => [link(node, 'type', typeName(node))];
  // What is only constants stands in the step's own line.
  const call = (node: TreeNode, kind: LinkKind, inside: Link[][]): Link => (inside.every(isLeaf) ? link(node, kind, source(node)) : link(node, kind, kind === 'index' ? '[…]' : `${node.name}(…)`, inside));
  const operator = (node: TreeNode, operand: Link[]): Link => (isLeaf(operand) ? link(node, 'operator', `${node.name} ${operand[0]!.label}`) : link(node, 'operator', node.name, [operand]));

  const path = (node: TreeNode): Link[] => {
    const [from, ...rest] = node.args;
    const before = !from || (from.kind === 'AxisExpression' && from.name === 'builtin.that') ? [] : path(from);
    switch (node.kind) {
      case 'ChildExpression': return [...before, link(node, 'member', node.name)];
      case 'IndexerExpression': return [...before, call(node, 'index', rest.map(path))];
      case 'FunctionCallExpression': return [...before, call(node, 'call', rest.map(NAMES_A_TYPE.has(node.name) ? typed : path))];
      case 'ConstantExpression': return [link(node, 'constant', source(node) || node.name)];
      case 'VariableRefExpression': return [link(node, 'variable', `%${node.name}`)];
      case 'AxisExpression': return [link(node, 'self', AXES.get(node.name) ?? node.name)];
      case 'UnaryExpression': return [operator(node, before)];
      default: return [...before, operator(node, (node.name === 'is' || node.name === 'as' ? typed : path)(rest[0]!))];
    }
  };
  return tree ? path(tree) : [];
}
