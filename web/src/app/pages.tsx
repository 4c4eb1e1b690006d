// The list of pages: routes and navigation are made of it. A page is fetched when it is first opened.
import { lazy, type ComponentType } from 'react';
import { FindIcon, InstitutionIcon, OverviewIcon, RegisterIcon } from './icons';
import { loadResident } from './pages-ahead';

export interface Page {
  path: string;
  component: ComponentType;
  nav?: { name: string; icon: ComponentType };   // `name`: key of a word; pages without are reached from others
}

// A page made with Ant Design: fetched together with it, drawn in our colours.
export function withAnt(load: () => Promise<{ default: ComponentType }>): ComponentType {
  return lazy(async () => {
    const [{ default: AntRoot }, { default: Inner }] = await Promise.all([import('./AntRoot'), load()]);
    return { default: () => <AntRoot><Inner /></AntRoot> };
  });
}

export const PAGES: Page[] = [
  { path: '/', component: lazy(() => import('../pages/Overview')), nav: { name: 'nav.overview', icon: OverviewIcon } },
  { path: '/find', component: lazy(() => import('../pages/Find')), nav: { name: 'nav.find', icon: FindIcon } },
  { path: '/residents/:id/:tab?', component: lazy(loadResident) },
  { path: '/register', component: withAnt(() => import('../keeping/Register')), nav: { name: 'keeping.nav', icon: RegisterIcon } },
  { path: '/keep/:id', component: withAnt(() => import('../keeping/Keep')) },
  { path: '/keep/:id/entries', component: withAnt(() => import('../keeping/Entries')) },
  { path: '/institutions', component: withAnt(() => import('../keeping/Institutions')), nav: { name: 'keeping.navInstitutions', icon: InstitutionIcon } },
  { path: '/institutions/:id', component: withAnt(() => import('../keeping/Institution')) },
  { path: '/institutions/:id/merge', component: withAnt(() => import('../keeping/MergeInstitution')) },
  { path: '/import', component: withAnt(() => import('../keeping/Import')) },
  { path: '/tools', component: lazy(() => import('../tools/Tools')) },
  { path: '/terminology', component: lazy(() => import('../tools/terminology/Terminology')) },
  { path: '/tools/fhirpath', component: lazy(() => import('../tools/fhirpath/Playground')) },
];
