import { Segmented } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { NavLink, Link, Outlet, ScrollRestoration } from 'react-router';
import { changeLanguage } from '../i18n';
import { useLanguage } from '../i18n/use-language';
import { OverviewIcon, FindIcon, InstitutionIcon, Mark, RegisterIcon } from './icons';
import { PageSkeleton } from './Skeletons';
import { SyntheticBanner } from './SyntheticBanner';
import { setTextSize, useTextSize, type TextSize } from './text-size';

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
      <NavLink to="/" end><OverviewIcon />{t('nav.overview')}</NavLink>
      <NavLink to="/find"><FindIcon />{t('nav.find')}</NavLink>
      <NavLink to="/register"><RegisterIcon />{t('keeping.nav')}</NavLink>
      <NavLink to="/institutions"><InstitutionIcon />{t('keeping.navInstitutions')}</NavLink>
    </nav>
  );
}

function Preferences() {
  const { t, language } = useLanguage();
  const { size } = useTextSize();
  const other = language === 'zh' ? 'en' : 'zh';
  const letters = language === 'zh' ? '字' : 'A';
  const option = (value: TextSize) => ({
    value, label: <span className={`letter letter-${value}`} aria-label={t(`size.${value}`)}>{letters}</span>, title: t(`size.${value}`),
  });
  return (
    <div className="preferences">
      <Segmented<TextSize> aria-label={t('size.label')} value={size} onChange={setTextSize} options={[option('s'), option('m'), option('l')]} />
      <button type="button" className="language" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => changeLanguage(other)}>
        {t('language.other')}
      </button>
    </div>
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
