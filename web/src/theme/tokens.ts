// Colours and sizes. Every text colour has at least 4.5:1 on the ground it stands on (WCAG AA), every mark 3:1.
import type { Kind } from '../record/model/event';

export type ThemeName = 'light' | 'dark';

// The colours of base.css for what is drawn on a canvas; `takeColours` puts those of the chosen theme in their place.
const palettes = {
  light: {
    ink: '#16282b', soft: '#4a5f63', line: '#d6e1e1', hair: '#e6eeed', edge: '#76908f', ground: '#f3f7f6', paper: '#ffffff', sunk: '#f5f9f8',
    brand: '#0b5f63', brandSoft: '#e2f0ef', danger: '#b3261e', warn: '#8a5300', band: '#d9ece4', male: '#2f6fb0', female: '#b4487a', focus: '#1c7ed6',
  },
  dark: {
    ink: '#e4eeee', soft: '#a5b9bb', line: '#33474a', hair: '#26383b', edge: '#67807f', ground: '#0e1a1c', paper: '#152426', sunk: '#112022',
    brand: '#63c5c0', brandSoft: '#15393a', danger: '#ff8f86', warn: '#f0b860', band: '#1d3f35', male: '#5c9ad8', female: '#d877a3', focus: '#74b9ff',
  },
};
const kinds: Record<ThemeName, Record<Kind, string>> = {
  light: { visit: '#0b6b70', diagnosis: '#b0521a', vital: '#2a7a4b', result: '#2d62b3', medicine: '#7447a6', procedure: '#a3324d', immunisation: '#6b7a12', plan: '#5b6570' },
  dark: { visit: '#59c2bd', diagnosis: '#eda262', vital: '#7fd19a', result: '#8bb8f5', medicine: '#b694e4', procedure: '#f08fa5', immunisation: '#c3d05a', plan: '#a9b7c2' },
};
// Lines of one chart, told apart also by people who see colours differently (by lightness).
const lines: Record<ThemeName, string[]> = { light: ['#0b6b70', '#c0621d', '#5a3d9a', '#a3324d'], dark: ['#59c2bd', '#eda262', '#b3a0f0', '#f08fa5'] };

export const colour = { ...palettes.light };
export const kindColour: Record<Kind, string> = { ...kinds.light };
export const lineColours = [...lines.light];

export function takeColours(theme: ThemeName) {
  Object.assign(colour, palettes[theme]);
  Object.assign(kindColour, kinds[theme]);
  lineColours.splice(0, lineColours.length, ...lines[theme]);
}

export const FONT = '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "HanaMinA", "HanaMinB", system-ui, sans-serif';
export const MONO = 'ui-monospace, "Cascadia Mono", "SF Mono", "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace';
