// Says on every page that the people shown do not exist. It stays until the server has said that no resource carries
// the tag: not knowing is no reason to take it down.
import { useTranslation } from 'react-i18next';
import { FhirClient } from '../fhir/client';
import { SYNTHETIC_TAG } from '../fhir/text';
import { useLoad } from './use-load';

export function SyntheticBanner() {
  const { t } = useTranslation();
  const tag = encodeURIComponent(`${SYNTHETIC_TAG.system}|${SYNTHETIC_TAG.code}`);
  const { data: tagged } = useLoad('synthetic', (signal) => new FhirClient('zh').count(`Patient?_tag=${tag}`, signal));
  const { data: all } = useLoad('patients', (signal) => new FhirClient('zh').count('Patient', signal));
  if (tagged === 0 && all !== undefined && all > 0) return null;
  return (
    <div className="synthetic" role="note">
      <strong>{t('synthetic.short')}</strong>
      <span>{t('synthetic.long')}</span>
    </div>
  );
}
