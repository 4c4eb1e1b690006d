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

let size = stored();
const listeners = new Set<() => void>();

const screenFactor = () => (window.innerWidth >= 3200 ? 1.5 : window.innerWidth >= 2400 ? 1.2 : 1);
export const currentScale = () => FACTOR[size] * screenFactor();

function apply() {
  document.documentElement.style.fontSize = `${16 * currentScale()}px`;
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

export function useTextSize() {
  const scale = useSyncExternalStore(subscribe, currentScale);
  return { size, scale };
}
