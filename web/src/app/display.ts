// How this browser shows the pages, kept in it: size of text, light or dark, 关怀版 (elder mode). The size of all text is
// the reader's choice times what the screen asks for (a wall display is read from afar).
import { useSyncExternalStore } from 'react';
import { takeColours, type ThemeName } from '../theme/tokens';

export type TextSize = 's' | 'm' | 'l';
export type ThemeChoice = ThemeName | 'system';
const FACTOR: Record<TextSize, number> = { s: 1, m: 1.18, l: 1.4 };
const ELDER = 1.35;   // letters of at least 21 px

function stored<T extends string>(key: string, known: readonly T[], otherwise: T): T {
  try {
    const text = localStorage.getItem(`witmed.${key}`);
    return known.find((each) => each === text) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(key: string, value: string) {
  try {
    localStorage.setItem(`witmed.${key}`, value);
  } catch {
    // the choice then holds for this page only
  }
}

// What fits beside one another in the bar at the top, in CSS pixels of the standard text size.
const ROOMS = [{ name: 'tiny', below: 330 }, { name: 'phone', below: 1080 }, { name: 'middle', below: 1360 }];

const NARROW = 704;   // as the lists of timeline.css

export interface Display { size: TextSize; choice: ThemeChoice; theme: ThemeName; elder: boolean; scale: number; narrow: boolean }

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const choices = {
  size: stored<TextSize>('text-size', ['s', 'm', 'l'], 's'),
  theme: stored<ThemeChoice>('theme', ['light', 'dark', 'system'], 'system'),
  elder: stored('elder', ['on', 'off'], 'off') === 'on',
};
const listeners = new Set<() => void>();

const screenFactor = () => (window.innerWidth >= 3200 ? 1.5 : window.innerWidth >= 2400 ? 1.2 : 1);

function made(): Display {
  const { size, elder } = choices;
  // In elder mode the reader's choice goes on counting, more gently: 1.35, 1.45, 1.6.
  const factor = elder ? ELDER + (FACTOR[size] - 1) * 0.6 : FACTOR[size];
  const scale = factor * screenFactor();
  const theme = choices.theme === 'system' ? (dark.matches ? 'dark' : 'light') : choices.theme;
  return { size, choice: choices.theme, theme, elder, scale, narrow: window.innerWidth / scale < NARROW };
}

let display = made();

function apply() {
  const next = made();
  const same = (Object.keys(next) as (keyof Display)[]).every((key) => next[key] === display[key]);
  if (!same) display = next;
  const root = document.documentElement;
  root.style.fontSize = `${16 * next.scale}px`;
  root.dataset.theme = next.theme;
  root.toggleAttribute('data-elder', next.elder);
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', next.theme === 'dark' ? '#152426' : '#0b5f63');
  const room = window.innerWidth / next.scale;
  root.dataset.room = ROOMS.find((each) => room < each.below)?.name ?? 'wide';
  takeColours(next.theme);
  for (const listener of listeners) listener();
}
apply();
window.addEventListener('resize', apply);
dark.addEventListener('change', apply);

export function setTextSize(next: TextSize) {
  choices.size = next;
  keep('text-size', next);
  apply();
}

export function setTheme(next: ThemeChoice) {
  choices.theme = next;
  keep('theme', next);
  apply();
}

export function setElder(next: boolean) {
  choices.elder = next;
  keep('elder', next ? 'on' : 'off');
  apply();
}

export const isElder = () => choices.elder;

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDisplay(): Display {
  return useSyncExternalStore(subscribe, () => display);
}
