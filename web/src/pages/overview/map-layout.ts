// Where the institutions stand in the picture: by registered position where there is one, else by who belongs to whom,
// those above in the middle. Coordinates in a box of w × h, whose units are the letters' own: 13 high.
// One that lies far from all others would squeeze them into a corner: it stands at the edge instead, in its true direction,
// and says how far away it is.
import type { Institution } from './figures';

export interface Box { w: number; h: number }
const PAD = 36;

export type Level = 'hospital' | 'township' | 'village' | 'other';
export interface Away { km: number; angle: number }   // from the middle of the others; the angle as on a screen: 0 is east, positive is south
export interface Node { institution: Institution; level: Level; x: number; y: number; r: number; parent?: Node; away?: Away; label?: { x: number; y: number; anchor: 'start' | 'middle' | 'end' } }

const LEVEL_ORDER: Level[] = ['hospital', 'township', 'village', 'other'];

// By the institution's own words, for code lists differ: the name says what it is.
export function levelOf({ level, kind, name }: Institution): Level {
  const text = `${level ?? ''} ${kind ?? ''} ${name}`;
  if (/village|村卫生室|卫生室|社区卫生服务站/i.test(text)) return 'village';
  if (/township|乡镇|卫生院|社区卫生服务中心/i.test(text)) return 'township';
  if (/hospital|医院|保健院/i.test(text)) return 'hospital';
  return 'other';
}

function radius(institution: Institution, most: number, level: Level, { w }: Box): number {
  const least = level === 'hospital' ? 8 : level === 'township' ? 5.5 : 3.5;
  return least + (w / 42) * Math.sqrt(institution.visits / Math.max(1, most));
}

// What has no place of its own stands in rows along the lower edge.
function alongTheEdge(nodes: Node[], { w, h }: Box) {
  const perRow = Math.max(1, Math.floor((w - 2 * PAD) / 14));
  nodes.forEach((node, i) => {
    const row = Math.floor(i / perRow);
    const inRow = Math.min(perRow, nodes.length - row * perRow);
    node.x = PAD + ((w - 2 * PAD) * ((i % perRow) + 0.5)) / inRow;
    node.y = Math.max(8, h - 10 - row * 14);
  });
}

const KM_PER_DEGREE = 111.2;
const MOST_AWAY = 0.1;    // at most this share of all may be called distant: more are a region of their own
const FAR = 2;            // times as far from the middle as the furthest of the others

const middleOf = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

// Kilometres east and south of the middle one, and which lie far out.
function measured(placed: Node[]) {
  const lat = middleOf(placed.map((node) => node.institution.latitude!));
  const lon = middleOf(placed.map((node) => node.institution.longitude!));
  // A degree of longitude is shorter than one of latitude, the more so the further north.
  const squeeze = Math.cos(lat * (Math.PI / 180));
  const all = placed.map((node) => {
    const [east, south] = [(node.institution.longitude! - lon) * squeeze * KM_PER_DEGREE, (lat - node.institution.latitude!) * KM_PER_DEGREE];
    return { node, east, south, km: Math.hypot(east, south) };
  }).sort((a, b) => a.km - b.km);
  let near = all.length;
  for (let i = Math.max(2, Math.ceil(all.length * (1 - MOST_AWAY))); i < all.length && near === all.length; i++) if (all[i]!.km > FAR * all[i - 1]!.km) near = i;
  return { near: all.slice(0, near), far: all.slice(near) };
}

// On the line from the middle of the picture in a direction, as far out as the frame allows.
function atTheEdge(node: Node, angle: number, { w, h }: Box) {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const rim = node.r + 14;   // the circle and its arrow lie inside the picture
  const reach = Math.min((w / 2 - rim) / Math.abs(dx || 1e-9), (h / 2 - rim) / Math.abs(dy || 1e-9));
  node.x = w / 2 + dx * reach;
  node.y = h / 2 + dy * reach;
}

function byPosition(nodes: Node[], box: Box) {
  const { w, h } = box;
  const placed = nodes.filter((node) => node.institution.longitude !== undefined && node.institution.latitude !== undefined);
  const { near, far } = measured(placed);
  const east = near.map((each) => each.east), south = near.map((each) => each.south);
  const [left, right, top, bottom] = [Math.min(...east), Math.max(...east), Math.min(...south), Math.max(...south)];
  const pad = far.length > 0 ? 1.5 * PAD : PAD;   // room for those at the edge
  const scale = Math.min((w - 2 * pad) / (right - left || 1), (h - 2 * pad) / (bottom - top || 1));
  for (const each of near) {
    each.node.x = w / 2 + (each.east - (left + right) / 2) * scale;
    each.node.y = h / 2 + (each.south - (top + bottom) / 2) * scale;
  }
  for (const { node, east, south } of far) {
    const [x, y] = [east - (left + right) / 2, south - (top + bottom) / 2];
    node.away = { km: Math.hypot(x, y), angle: Math.atan2(y, x) };
    atTheEdge(node, node.away.angle, box);
  }
  alongTheEdge(nodes.filter((node) => !placed.includes(node)), { w, h });
  return nodes;
}

// Rings: hospitals in the middle, what belongs to them around, and so on outwards; each keeps to the side of its parent.
function byRank(nodes: Node[], { w, h }: Box) {
  const children = new Map<Node | undefined, Node[]>();
  for (const node of nodes) {
    const list = children.get(node.parent);
    if (list) list.push(node);
    else children.set(node.parent, [node]);
  }
  const leaves = (node: Node): number => (children.get(node) ?? []).reduce((sum, child) => sum + leaves(child), 0) || 1;
  const rx = w / 2 - PAD;
  const ry = h / 2 - PAD;
  const place = (node: Node, from: number, to: number, depth: number) => {
    const angle = (from + to) / 2;
    const reach = depth / 2;
    node.x = w / 2 + rx * reach * Math.cos(angle);
    node.y = h / 2 + ry * reach * Math.sin(angle);
    let at = from;
    for (const child of children.get(node) ?? []) {
      const share = ((to - from) * leaves(child)) / leaves(node);
      place(child, at, at + share, Math.min(2, depth + 1));
      at += share;
    }
  };
  const roots = children.get(undefined) ?? [];
  const heads = roots.filter((node) => children.has(node));
  const alone = roots.filter((node) => !children.has(node));
  const all = heads.reduce((sum, node) => sum + leaves(node), 0) || 1;
  let at = -Math.PI / 2;
  for (const head of heads) {
    const share = (2 * Math.PI * leaves(head)) / all;
    place(head, at, at + share, heads.length > 1 ? 0.5 : 0);
    at += share;
  }
  alongTheEdge(alone, { w, h });
  return nodes;
}

// What stands beside a place: one at the edge says how far it is.
export const nameOf = ({ institution, away }: Node) => (away ? `${institution.name} ${Math.round(away.km)} km` : institution.name);

// Labels beside the greater ones first; one that would lie on another is left out (the table has all).
function label(nodes: Node[], { w, h }: Box) {
  // A name may lie over village clinics, which crowd around their centre: they are many, and the table names them.
  const taken = nodes.map(({ x, y, r, level }) => (level === 'village' ? { left: Infinity, right: Infinity, top: 0, bottom: 0 } : { left: x - r, right: x + r, top: y - r, bottom: y + r }));
  const free = (box: { left: number; right: number; top: number; bottom: number }, own: number) =>
    box.left > 2 && box.right < w - 2 && box.top > 2 && box.bottom < h - 2 &&
    taken.every((other, i) => i === own || box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
  const size = 13;
  nodes.forEach((node, i) => {
    if (node.level === 'village') return;
    const { x, y, r } = node;
    const width = [...nameOf(node)].reduce((sum, letter) => sum + (letter > '⺀' ? size : size * 0.55), 0);
    const ways = [
      { x, y: y - r - 4, anchor: 'middle' as const, left: x - width / 2, top: y - r - 4 - size },
      { x, y: y + r + size, anchor: 'middle' as const, left: x - width / 2, top: y + r },
      { x: x + r + 4, y: y + 4, anchor: 'start' as const, left: x + r + 4, top: y - size / 2 },
      { x: x - r - 4, y: y + 4, anchor: 'end' as const, left: x - r - 4 - width, top: y - size / 2 },
    ];
    for (const way of ways) {
      const box = { left: way.left, right: way.left + width, top: way.top, bottom: way.top + size + 2 };
      if (!free(box, i)) continue;
      node.label = { x: way.x, y: way.y, anchor: way.anchor };
      taken.push(box);
      return;
    }
  });
}

export function layOut(institutions: Institution[], box: Box): { nodes: Node[]; placed: boolean } {
  const most = Math.max(...institutions.map((each) => each.visits), 1);
  const all: Node[] = institutions.map((institution) => {
    const level = levelOf(institution);
    return { institution, level, x: 0, y: 0, r: radius(institution, most, level, box) };
  });
  const byId = new Map(all.map((node) => [node.institution.id, node]));
  for (const node of all) {
    const parent = node.institution.parent ? byId.get(node.institution.parent) : undefined;
    if (parent !== node) node.parent = parent;
  }
  const placed = all.filter((node) => node.institution.longitude !== undefined && node.institution.latitude !== undefined).length > 1;
  const nodes = (placed ? byPosition(all, box) : byRank(all, box)).sort((a, b) => LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level) || b.r - a.r);
  label(nodes, box);
  return { nodes, placed };
}
