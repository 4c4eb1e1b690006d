import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { useLanguage } from '../i18n/use-language';
import { antTheme } from '../theme/tokens';
import { NotFound, PageFault } from './Faults';
import { useDisplay } from './display';
import { PAGES } from './pages';
import { Shell } from './Shell';

const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <PageFault />,
    children: [
      ...PAGES.map(({ path, component: Component }) => ({ path, element: <Component /> })),
      { path: '*', element: <NotFound /> },
    ],
  },
]);

export function App() {
  const { language } = useLanguage();
  const { scale, theme, elder } = useDisplay();
  const tokens = useMemo(() => antTheme(scale, theme, elder ? 48 : 40), [scale, theme, elder]);
  return (
    <ConfigProvider theme={tokens} button={{ autoInsertSpace: false }} locale={language === 'zh' ? zhCN : enUS}>
      {/* Drawn anew when the theme changes: canvases keep the colours they were painted with. */}
      <RouterProvider key={theme} router={router} />
    </ConfigProvider>
  );
}
