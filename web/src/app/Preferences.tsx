// How the pages are shown. 关怀版 stands in the bar by itself: who needs it must not have to look for it.
import { useEffect, useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import { changeLanguage, changeWords } from '../i18n';
import type { Language } from '../i18n/terms';
import { useLanguage } from '../i18n/use-language';
import { Choice, type Option } from './Choice';
import { setElder, setTextSize, setTheme, useDisplay, type TextSize, type ThemeChoice } from './display';
import { CareIcon, LettersIcon } from './icons';

const SIZES: TextSize[] = ['s', 'm', 'l'];
const THEMES: ThemeChoice[] = ['system', 'light', 'dark'];
const LANGUAGES: { code: Language; name: string; lang: string }[] = [{ code: 'zh', name: '中文', lang: 'zh-CN' }, { code: 'en', name: 'English', lang: 'en' }];

export function Preferences() {
  const { t, language } = useLanguage();
  const { elder } = useDisplay();
  const other = LANGUAGES.find((each) => each.code !== language)!;
  return (
    <div className="preferences">
      <button type="button" className="plain-button" aria-pressed={elder} onClick={() => { setElder(!elder); changeWords(); }}><CareIcon />{t('elder.name')}</button>
      <button type="button" className="plain-button language" lang={other.lang} onClick={() => changeLanguage(other.code)}>{other.name}</button>
      <Settings />
    </div>
  );
}

function Settings() {
  const { t, language } = useLanguage();
  const { size, choice } = useDisplay();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => !box.current?.contains(event.target as Node) && setOpen(false);
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);
  return (
    <div className="settings" ref={box}>
      <button ref={button} type="button" className="plain-button" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}><LettersIcon />{t('settings.name')}</button>
      {open && (
        <div className="settings-panel" id={id}>
          <Setting title={t('size.label')} value={size} onChange={setTextSize} options={SIZES.map((each) => ({ value: each, label: <span className={`letter-${each}`}>{t(`size.${each}`)}</span> }))} />
          <Setting title={t('settings.theme')} value={choice} onChange={setTheme} options={THEMES.map((each) => ({ value: each, label: t(`settings.${each}`) }))} />
          <Setting title={t('language.label')} value={language} onChange={changeLanguage} options={LANGUAGES.map(({ code, name, lang }) => ({ value: code, label: <span lang={lang}>{name}</span> }))} />
          <Link className="plain-button" to="/tools" onClick={() => setOpen(false)}>{t('settings.tools')}</Link>
        </div>
      )}
    </div>
  );
}

function Setting<T extends string>({ title, ...choice }: { title: string; value: T; options: Option<T>[]; onChange: (value: T) => void }) {
  return (
    <div>
      <p className="setting" aria-hidden="true">{title}</p>
      <Choice label={title} {...choice} />
    </div>
  );
}
