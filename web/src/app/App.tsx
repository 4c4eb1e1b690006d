import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, useMemo } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { useLanguage } from '../i18n/use-language';
import { antTheme } from '../theme/tokens';
import { NotFound, PageFault } from './Faults';
import { useTextSize } from './text-size';
import { loadResident } from './pages-ahead';
import { Shell } from './Shell';

// Each page is fetched when it is first opened; the charts come with the pages that draw them.
const Overview = lazy(() => import('../pages/Overview'));
const Find = lazy(() => import('../pages/Find'));
const Resident = lazy(loadResident);
const Register = lazy(() => import('../keeping/Register'));
const Keep = lazy(() => import('../keeping/Keep'));
const Institutions = lazy(() => import('../keeping/Institutions'));
const Institution = lazy(() => import('../keeping/Institution'));
const Import = lazy(() => import('../keeping/Import'));

const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <PageFault />,
    children: [
      { path: '/', element: <Overview /> },
      { path: '/find', element: <Find /> },
      { path: '/residents/:id/:tab?', element: <Resident /> },
      { path: '/register', element: <Register /> },
      { path: '/keep/:id', element: <Keep /> },
      { path: '/institutions', element: <Institutions /> },
      { path: '/institutions/:id', element: <Institution /> },
      { path: '/import', element: <Import /> },
      { path: '*', element: <NotFound /> },
    ],
  },
]);

export function App() {
  const { language } = useLanguage();
  const { scale } = useTextSize();
  const theme = useMemo(() => antTheme(scale), [scale]);
  return (
    <ConfigProvider theme={theme} button={{ autoInsertSpace: false }} locale={language === 'zh' ? zhCN : enUS}>
      <RouterProvider router={router} />
    </ConfigProvider>
  );
}
