// Reads a long Bundle in pieces, so that a slow phone rests between them. The quotes in these marks are bare, so no string of JSON
// can hold them; a Bundle within the Bundle can, and then the piece ends in the middle of one, does not parse, and goes on to the next mark.
import type { Bundle } from './types';

const ENTRIES = '"entry":[';
const NEXT = ',{"fullUrl":';
const PIECE = 65_536;   // letters
const MOST_TRIES = 20;  // then the rest is read in one

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// What JSON.parse would give; undefined when it is no JSON.
export function* bundleInSlices(text: string, piece = PIECE): Generator<void, unknown> {
  const open = text.indexOf(ENTRIES);
  if (open < 0) return parsed(text);
  const begin = open + ENTRIES.length;
  const entries: NonNullable<Bundle['entry']> = [];
  let from = begin;
  for (;;) {
    let cut = text.indexOf(NEXT, from + piece);
    let read = cut < 0 ? undefined : parsed(`[${text.slice(from, cut)}]`);
    for (let tries = 0; cut >= 0 && !read && tries < MOST_TRIES; ++tries) {
      cut = text.indexOf(NEXT, cut + 1);
      read = cut < 0 ? undefined : parsed(`[${text.slice(from, cut)}]`);
    }
    if (!read) break;
    entries.push(...(read as typeof entries));
    from = cut + 1;
    yield;
  }
  const rest = parsed(text.slice(0, begin) + text.slice(from)) as Bundle | undefined;
  if (rest && entries.length > 0) rest.entry = entries.concat(rest.entry ?? []);
  return rest;
}
