import { AlertIcon, DownIcon, UpIcon } from '../app/icons';
import { useLanguage } from '../i18n/use-language';
import type { Flag } from './model/flag';

// Said by shape and by word, not by colour alone. Nothing is drawn for what is within its range or cannot be judged.
export function FlagMark({ flag }: { flag: Flag }) {
  const { t } = useLanguage();
  if (flag !== 'high' && flag !== 'low' && flag !== 'abnormal') return null;
  const Icon = flag === 'high' ? UpIcon : flag === 'low' ? DownIcon : AlertIcon;
  return <span className={`flag flag-${flag}`}><Icon />{t(`flag.${flag}`)}</span>;
}
