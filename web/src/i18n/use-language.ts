import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Terms, type Language } from './terms';

export function useLanguage() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  const terms = useMemo(() => new Terms(language), [language]);
  return { t, language, terms };
}
