// Colours and sizes. Every text colour has at least 4.5:1 on the ground it stands on (WCAG AA), every mark 3:1.
import type { ThemeConfig } from 'antd';
import type { Kind } from '../record/model/event';

export const colour = {
  ink: '#16282b',
  soft: '#4a5f63',
  line: '#d6e1e1',
  ground: '#f3f7f6',
  paper: '#ffffff',
  brand: '#0b5f63',
  brandSoft: '#e2f0ef',
  danger: '#b3261e',
  warn: '#8a5300',
  band: '#d9ece4',
  male: '#2f6fb0',
  female: '#b4487a',
};

export const kindColour: Record<Kind, string> = {
  visit: '#0b6b70',
  diagnosis: '#b0521a',
  vital: '#2a7a4b',
  result: '#2d62b3',
  medicine: '#7447a6',
  procedure: '#a3324d',
  immunisation: '#6b7a12',
  plan: '#5b6570',
};

// Lines of one chart, told apart also by people who see colours differently (by lightness).
export const lineColours = ['#0b6b70', '#c0621d', '#5a3d9a', '#a3324d'];

export const FONT = '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';
export const MONO = 'ui-monospace, "Cascadia Mono", "SF Mono", "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace';

export function antTheme(scale: number): ThemeConfig {
  return {
    token: {
      colorPrimary: colour.brand,
      colorInfo: colour.brand,
      colorLink: colour.brand,
      colorError: colour.danger,
      colorText: colour.ink,
      colorTextSecondary: colour.soft,
      colorTextDescription: colour.soft,
      colorTextPlaceholder: '#5d7175',
      colorBorder: '#8ba3a5',
      colorBorderSecondary: colour.line,
      borderRadius: Math.round(8 * scale),
      fontFamily: FONT,
      fontFamilyCode: MONO,
      fontSize: Math.round(16 * scale),
      controlHeight: Math.round(40 * scale),
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      Segmented: { trackBg: '#e6eeee', itemColor: colour.soft, itemSelectedColor: colour.brand },
    },
  };
}
