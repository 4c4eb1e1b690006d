import { useState } from 'react';
import { useTranslation } from 'react-i18next';

// The first few of a list, and the rest when asked for.
export function useMore<T>(items: T[], first: number) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const rest = items.length - first;
  const button = rest > 0
    ? <button type="button" className="link more" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? t('record.collapse') : t('record.showMore', { n: rest })}</button>
    : null;
  return { shown: open ? items : items.slice(0, first), button };
}
