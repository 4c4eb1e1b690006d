// Lays JSON out in lines without reading its numbers: 1.00 stays 1.00.
export interface Piece { sort: 'key' | 'text' | 'number' | 'word' | 'plain'; text: string }

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

export function prettyJson(json: string): { text: string; pieces: Piece[] } {
  const tokens = json.match(TOKEN) ?? [];
  const pieces: Piece[] = [];
  let depth = 0;
  const add = (sort: Piece['sort'], text: string) => {
    const last = pieces.at(-1);
    if (last && last.sort === sort) last.text += text;
    else pieces.push({ sort, text });
  };
  const line = () => add('plain', `\n${'  '.repeat(depth)}`);
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token === '{' || token === '[') {
      add('plain', token);
      if (next === '}' || next === ']') return;
      depth += 1;
      line();
    } else if (token === '}' || token === ']') {
      const before = tokens[i - 1];
      if (before !== '{' && before !== '[') {
        depth -= 1;
        line();
      }
      add('plain', token);
    } else if (token === ',') {
      add('plain', ',');
      line();
    } else if (token === ':') add('plain', ': ');
    else if (token.startsWith('"')) add(next === ':' ? 'key' : 'text', token);
    else add(/^[-\d]/.test(token) ? 'number' : 'word', token);
  });
  return { text: pieces.map((piece) => piece.text).join(''), pieces };
}
