// 概览: the region at a glance, and what happens in it now.
import { useMemo } from 'react';
import { FailureNotice } from '../app/Faults';
import { PageSkeleton } from '../app/Skeletons';
import { FhirClient } from '../fhir/client';
import { parseMoment } from '../fhir/time';
import { useLanguage } from '../i18n/use-language';
import { ChangesCard } from './overview/ChangesCard';
import { ConditionsCard } from './overview/ConditionsCard';
import { Counts } from './overview/Counts';
import { DiagnosesCard } from './overview/DiagnosesCard';
import { MapCard } from './overview/MapCard';
import { PyramidCard } from './overview/PyramidCard';
import { useFigures } from './overview/use-figures';
import { VisitsCard } from './overview/VisitsCard';
import './overview/overview.css';

export default function Overview() {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const { figures, failure, again } = useFigures(client);
  const at = parseMoment(figures?.asOf);
  return (
    <div className="overview">
      <div className="page-title">
        <h1>{t('overview.title')}</h1>
        <p>{t('overview.lead')}{at && figures?.preparing === undefined && <span className="as-of num">{t('overview.asOf', { time: `${at.day} ${at.clock ?? ''}` })}</span>}</p>
      </div>
      {failure ? <FailureNotice failure={failure} again={again} />
        : !figures ? <PageSkeleton />
        : figures.preparing !== undefined ? <p className="card nothing" role="status">{t('overview.preparing', { n: figures.preparing })}</p>
        : figures.counts.length === 0 ? <div className="card"><h2>{t('overview.noData')}</h2><p className="soft">{t('overview.noDataHelp')}</p></div>
        : (
          <>
            <Counts figures={figures} />
            <div className="overview-grid">
              <MapCard figures={figures} />
              <PyramidCard figures={figures} />
              <ConditionsCard figures={figures} />
              <ChangesCard sequence={figures.sequence} />
              <VisitsCard figures={figures} />
              <DiagnosesCard figures={figures} />
            </div>
          </>
        )}
    </div>
  );
}
