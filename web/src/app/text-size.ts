// The size of all text: the reader's choice times what the screen asks for (a wall display is read from afar).
import { useSyncExternalStore } from 'react';

export type TextSize = 's' | 'm' | 'l';
const FACTOR: Record<TextSize, number> = { s: 1, m: 1.18, l: 1.4 };
const KEY = 'witmed.text-size';

function stored(): TextSize {
  try {
    const text = localStorage.getItem(KEY);
    return text === 'm' || text === 'l' ? text : 's';
  } catch {
    return 's';
  }
}

// What fits beside one another in the bar at the top, in CSS pixels of the standard text size.
const ROOMS = [{ name: 'tiny', below: 330 }, { name: 'phone', below: 704 }, { name: 'middle', below: 1120 }];

let size = stored();
const listeners = new Set<() => void>();

const screenFactor = () => (window.innerWidth >= 3200 ? 1.5 : window.innerWidth >= 2400 ? 1.2 : 1);
export const currentScale = () => FACTOR[size] * screenFactor();

function apply() {
  const root = document.documentElement;
  root.style.fontSize = `${16 * currentScale()}px`;
  const room = window.innerWidth / currentScale();
  root.dataset.room = ROOMS.find((each) => room < each.below)?.name ?? 'wide';
  for (const listener of listeners) listener();
}
apply();
window.addEventListener('resize', apply);

export function setTextSize(next: TextSize) {
  size = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // the choice then holds for this page only
  }
  apply();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Whether the room is a phone's, as in timeline.css.
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.innerWidth / currentScale() < 704);
}

export function useTextSize() {
  const scale = useSyncExternalStore(subscribe, currentScale);
  return { size, scale };
}
