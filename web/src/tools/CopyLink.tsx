import { useEffect, useState } from 'react';
import { useLanguage } from '../i18n/use-language';

// `make` gives nothing when the link would be too long. `pasted`: it would carry what somebody pasted.
export function CopyLink({ make, pasted }: { make: () => string | undefined; pasted: boolean }) {
  const { t } = useLanguage();
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 6000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    const link = make();
    if (link === undefined) setSaid(t('tools.tooLong'));
    else navigator.clipboard.writeText(link).then(() => setSaid(pasted ? `${t('tools.copied')}。${t('tools.linkNote')}` : t('tools.copied')), () => setSaid(t('tools.notCopied')));
  };
  return (
    <p className="tool-link">
      <button type="button" className="plain-button" onClick={copy}>{t('tools.copyLink')}</button>
      <span className="small soft" role="status">{said}</span>
    </p>
  );
}
