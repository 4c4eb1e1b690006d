// 概览: the region at a glance. Each card loads by itself, so that a slow figure holds up no other.
import { useMemo } from 'react';
import { FhirClient } from '../fhir/client';
import { useLanguage } from '../i18n/use-language';
import { ChangesCard } from './overview/ChangesCard';
import { ConditionsCard } from './overview/ConditionsCard';
import { Counts } from './overview/Counts';
import { PyramidCard } from './overview/PyramidCard';
import { VisitsCard } from './overview/VisitsCard';
import './overview/overview.css';

export default function Overview() {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  return (
    <div className="overview">
      <div className="page-title">
        <h1>{t('overview.title')}</h1>
        <p>{t('overview.lead')}</p>
      </div>
      <Counts client={client} />
      <div className="overview-grid">
        <PyramidCard client={client} />
        <ConditionsCard client={client} />
        <ChangesCard client={client} />
        <VisitsCard client={client} />
      </div>
    </div>
  );
}
