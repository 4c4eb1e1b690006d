// Chinese unless the reader chose otherwise; the choice is kept in the browser.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isElder } from '../app/display';
import { en } from './en';
import { plainEn, plainZh } from './plain';
import type { Language } from './terms';
import { zh } from './zh';

const KEY = 'witmed.language';

function stored(): Language {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';   // storage refused by the browser
  }
}

// 关怀版 has plainer words for some things; what it has none for comes from the language itself.
const variant = (language: Language) => (isElder() ? `${language}-plain` : language);

// After elder mode was switched on or off.
export function changeWords() {
  const language: Language = i18next.language.startsWith('en') ? 'en' : 'zh';
  void i18next.changeLanguage(variant(language));
}

function mark(language: Language) {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export function startLanguage(): Language {
  const language = stored();
  mark(language);
  void i18next.use(initReactI18next).init({
    lng: variant(language),
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en }, 'zh-plain': { translation: plainZh }, 'en-plain': { translation: plainEn } },
    interpolation: { escapeValue: false },   // React escapes
    initAsync: false,
  });
  return language;
}

export function changeLanguage(language: Language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // the choice then holds for this page only
  }
  mark(language);
  void i18next.changeLanguage(variant(language));
}
