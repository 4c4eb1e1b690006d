import { Link } from 'react-router';
import { isoDay } from '../../fhir/time';
import { useLanguage } from '../../i18n/use-language';
import type { Medicine } from '../model/medicines';
import type { ResidentRecord } from '../model/record';
import { useRaw } from '../raw/raw-context';
import { useMore } from './More';

export function MedicinesCard({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const { shown, button } = useMore(record.medicines.filter((medicine) => medicine.intake !== 'ended'), 8);
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('medicine.current')}</h2>
        {record.medicines.length > 0 && <Link className="end" to={`/residents/${record.patient.id}/medicines`} preventScrollReset>{t('record.all')} {record.medicines.length}</Link>}
      </div>
      {shown.length === 0 && <p className="empty">{t(record.medicines.length > 0 ? 'medicine.noneCurrent' : 'medicine.none')}</p>}
      <ul className="rows">{shown.map((medicine) => <MedicineRow key={medicine.key} medicine={medicine} />)}</ul>
      {button}
    </section>
  );
}

// A supply that has run out may still be taken, or not: the page says which it knows.
export function MedicineRow({ medicine }: { medicine: Medicine }) {
  const { t } = useLanguage();
  const raw = useRaw();
  const course = medicine.courses.at(-1);
  return (
    <li>
      <button type="button" className="row" onClick={() => raw.openResources(medicine.name, [...medicine.requests].reverse())}>
        <span className="row-main"><strong>{medicine.name}</strong></span>
        <span className={`row-side intake intake-${medicine.intake}`}>{t(`intake.${medicine.intake}`)}</span>
        <span className="row-note">
          {medicine.dosage ?? <span className="unrecorded">{t('medicine.noDosage')}</span>}
          {course && <span className="num"> · {course.measured ? t('medicine.until', { day: isoDay(course.to) }) : t('medicine.last', { day: isoDay(course.from) })}</span>}
        </span>
      </button>
    </li>
  );
}
