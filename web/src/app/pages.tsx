// The list of pages: routes and navigation are made of it. A page is fetched when it is first opened.
import { lazy, useState, type ComponentType } from 'react';
import { matchPath } from 'react-router';
import { askAhead } from '../fhir/client';
import type { Language } from '../i18n/terms';
import { FindIcon, InstitutionIcon, OverviewIcon, RegisterIcon } from './icons';
import { loadResident, patientPath, recordPath } from './pages-ahead';

type Load = () => Promise<{ default: ComponentType }>;

export interface Page {
  path: string;
  component: ComponentType;
  load: Load;
  asks?: ((id: string) => string)[];   // what the page will ask of the record first
  nav?: { name: string; icon: ComponentType };   // `name`: key of a word; pages without are reached from others
}

// A page made with Ant Design: fetched together with it, drawn in our colours.
const withAnt = (load: Load): Load => async () => {
  const [{ default: AntRoot }, { default: Inner }] = await Promise.all([import('./AntRoot'), load()]);
  return { default: () => <AntRoot><Inner /></AntRoot> };
};

// A page whose code is here is drawn at once. Through `lazy` even that would wait: React holds back what follows a skeleton for 300 ms.
function page(path: string, code: Load, more?: Pick<Page, 'nav' | 'asks'>): Page {
  let here: ComponentType | undefined;
  const load: Load = async () => {
    const module = await code();
    here = module.default;
    return module;
  };
  const Later = lazy(load);
  const component = () => {
    const [Now] = useState(() => here ?? Later);   // stays what it was, or the page would begin anew
    return <Now />;
  };
  return { path, load, component, ...more };
}

export const PAGES: Page[] = [
  page('/', () => import('../pages/Overview'), { nav: { name: 'nav.overview', icon: OverviewIcon } }),
  page('/find', () => import('../pages/Find'), { nav: { name: 'nav.find', icon: FindIcon } }),
  page('/residents/:id/:tab?', loadResident, { asks: [patientPath, recordPath] }),
  page('/register', withAnt(() => import('../keeping/Register')), { nav: { name: 'keeping.nav', icon: RegisterIcon } }),
  page('/keep/:id', withAnt(() => import('../keeping/Keep'))),
  page('/keep/:id/entries', withAnt(() => import('../keeping/Entries'))),
  page('/institutions', withAnt(() => import('../keeping/Institutions')), { nav: { name: 'keeping.navInstitutions', icon: InstitutionIcon } }),
  page('/institutions/:id', withAnt(() => import('../keeping/Institution'))),
  page('/institutions/:id/merge', withAnt(() => import('../keeping/MergeInstitution'))),
  page('/import', withAnt(() => import('../keeping/Import'))),
  page('/tools', () => import('../tools/Tools')),
  page('/terminology', () => import('../tools/terminology/Terminology')),
  page('/tools/validate', () => import('../tools/validate/Validate')),
  page('/tools/fhirpath', () => import('../tools/fhirpath/Playground')),
];

// Starts what the page of this address will need, before React has drawn its first frame. Done when its code is here.
export async function openAhead(path: string, language: Language) {
  for (const each of PAGES) {
    const match = matchPath(each.path, path);
    if (!match) continue;
    const id = match.params['id'];
    if (id) for (const path of each.asks ?? []) askAhead(path(id), language);
    await each.load().catch(() => undefined);   // the page itself says when its code does not come
    return;
  }
}
