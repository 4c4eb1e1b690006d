import { createBrowserRouter, RouterProvider } from 'react-router';
import { useDisplay } from './display';
import { NotFound, PageFault } from './Faults';
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
  const { theme } = useDisplay();
  // Drawn anew when the theme changes: canvases keep the colours they were painted with.
  return <RouterProvider key={theme} router={router} />;
}
