import { Suspense, useEffect, useState } from 'react';
import { NavLink, Link, Outlet, ScrollRestoration } from 'react-router';
import { useLanguage } from '../i18n/use-language';
import { Mark } from './icons';
import { PAGES } from './pages';
import { Preferences } from './Preferences';
import { PageSkeleton } from './Skeletons';
import { SyntheticBanner } from './SyntheticBanner';

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
    return () => {
      window.removeEventListener('online', update);
      window.removeEventListener('offline', update);
    };
  }, []);
  return online;
}

function Navigation() {
  const { t } = useLanguage();
  return (
    <nav className="nav" aria-label={t('nav.main')}>
      {PAGES.map(({ path, nav }) => nav && <NavLink key={path} to={path} end={path === '/'}><nav.icon />{t(nav.name)}</NavLink>)}
    </nav>
  );
}

export function Shell() {
  const { t } = useLanguage();
  const online = useOnline();
  return (
    <>
      <a className="skip" href="#content">{t('nav.skip')}</a>
      <SyntheticBanner />
      <header className="bar">
        <Link className="brand" to="/">
          <Mark label={t('nav.home')} />
          <span className="brand-name">{t('brand')}</span>
          <span className="brand-line">{t('brandLine')}</span>
        </Link>
        <Navigation />
        <Preferences />
      </header>
      {!online && <div className="offline" role="status">{t('state.offlineBar')}</div>}
      <main className="page" id="content" tabIndex={-1}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <ScrollRestoration />
    </>
  );
}
