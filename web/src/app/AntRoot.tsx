// Ant Design in our colours, for the pages that use its components; the others do not fetch it.
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo, type ReactNode } from 'react';
import { useLanguage } from '../i18n/use-language';
import { antTheme } from '../theme/ant';
import { useDisplay } from './display';

export default function AntRoot({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  const { scale, theme, elder } = useDisplay();
  const tokens = useMemo(() => antTheme(scale, theme, elder ? 48 : 40), [scale, theme, elder]);
  return <ConfigProvider theme={tokens} button={{ autoInsertSpace: false }} locale={language === 'zh' ? zhCN : enUS}>{children}</ConfigProvider>;
}
