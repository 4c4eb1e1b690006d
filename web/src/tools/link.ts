// A link that carries what a tool looks at: the address of a resource in the record, or what was pasted, packed into the part
// behind the # that no server is sent.
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';

const LONGEST = 30_000;   // letters of a link that mail and chat still keep whole
const UNPACKED = 4_000_000;
const MARK = '#json=';

export function pack(text: string): string {
  let binary = '';
  for (const byte of deflateSync(strToU8(text), { level: 9 })) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

// Nothing for what was not packed here, or is longer than a page should swallow.
export function unpack(packed: string): string | undefined {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = inflateSync(Uint8Array.from(binary, (c) => c.charCodeAt(0)), { out: new Uint8Array(UNPACKED) });
    return bytes.length < UNPACKED ? strFromU8(bytes) : undefined;
  } catch {
    return undefined;
  }
}

export const unpackHash = (hash: string) => (hash.startsWith(MARK) ? unpack(hash.slice(MARK.length)) : undefined);

// To the page that is open, asked `query`. Nothing when it would be too long.
export function linkWith(query: URLSearchParams, path: string | undefined, text: string, base = location.origin + location.pathname): string | undefined {
  const asked = new URLSearchParams(query);
  if (path === undefined) asked.delete('resource');
  else asked.set('resource', path);
  const link = `${base}?${asked}${path === undefined && text !== '' ? MARK + pack(text) : ''}`;
  return link.length <= LONGEST ? link : undefined;
}
