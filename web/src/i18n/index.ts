// Chinese unless the reader chose otherwise; the choice is kept in the browser.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
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

function mark(language: Language) {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export function startLanguage() {
  const language = stored();
  mark(language);
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },   // React escapes
    initAsync: false,
  });
}

export function changeLanguage(language: Language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // the choice then holds for this page only
  }
  mark(language);
  void i18next.changeLanguage(language);
}
