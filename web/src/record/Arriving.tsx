// While the whole record is on its way: who it is, of the Patient alone. What may harm when it is overlooked is said to be not there yet.
import { PageSkeleton } from '../app/Skeletons';
import { patientPath } from '../app/pages-ahead';
import { useLoad } from '../app/use-load';
import { addressText, residentNumber } from '../fhir/text';
import { FhirClient } from '../fhir/client';
import type { Patient } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import { Fact, Masked, Name } from './Header';

export function Arriving({ id, whole }: { id: string; whole: boolean }) {
  const { t, language } = useLanguage();
  const { data: patient } = useLoad(`patient:${id}`, (signal) => new FhirClient(language).get<Patient>(patientPath(id), signal));
  if (!patient) return <PageSkeleton />;
  return (
    <div className="stacked">
      <header className={whole ? 'card who' : 'card who who-brief'} aria-busy="true">
        <div className="who-top"><Name patient={patient} /></div>
        <p className="who-line unrecorded" role="status">{t('record.arriving')}</p>
        {whole && (
          <dl className="facts">
            <Fact name={t('person.number')}><Masked text={residentNumber(patient)?.value} /></Fact>
            <Fact name={t('person.born')}>{patient.birthDate}</Fact>
            <Fact name={t('person.phone')}><Masked text={patient.telecom?.find((each) => each.system === 'phone')?.value} /></Fact>
            <Fact name={t('person.address')}>{addressText(patient.address)}</Fact>
          </dl>
        )}
      </header>
      <PageSkeleton />
    </div>
  );
}
