import { useTranslation } from 'react-i18next';
import { Terms, type Language } from './terms';

// One for each language, so that what was looked up once is found again by every page.
const TERMS = { zh: new Terms('zh'), en: new Terms('en') };

export function useLanguage() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language.startsWith('en') ? 'en' : 'zh';
  return { t, language, terms: TERMS[language] };
}
