// Our colours and sizes in Ant Design's terms.
import { theme as antd, type ThemeConfig } from 'antd';
import { colour, FONT, MONO, type ThemeName } from './tokens';

export function antTheme(scale: number, theme: ThemeName, target: number): ThemeConfig {
  return {
    algorithm: theme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: colour.brand,
      colorInfo: colour.brand,
      colorLink: colour.brand,
      colorError: colour.danger,
      colorText: colour.ink,
      colorTextSecondary: colour.soft,
      colorTextDescription: colour.soft,
      colorTextPlaceholder: colour.soft,
      colorBgContainer: colour.paper,
      colorBgElevated: colour.paper,
      colorBgLayout: colour.ground,
      colorBorder: colour.edge,
      colorBorderSecondary: colour.line,
      borderRadius: Math.round(8 * scale),
      fontFamily: FONT,
      fontFamilyCode: MONO,
      fontSize: Math.round(16 * scale),
      controlHeight: Math.round(target * scale),
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      // On the lighter brand of the dark theme white cannot be read.
      Button: { primaryColor: theme === 'dark' ? '#06282a' : '#ffffff' },
      Segmented: { trackBg: colour.hair, itemColor: colour.soft, itemHoverColor: colour.ink, itemSelectedColor: colour.brand, itemSelectedBg: colour.paper },
    },
  };
}
