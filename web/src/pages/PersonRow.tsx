import { Link } from 'react-router';
import { ChevronIcon } from '../app/icons';
import { addressText, humanName, maskNumber, residentNumber } from '../fhir/text';
import type { Patient } from '../fhir/types';
import { ageText, isDeceased, sexText } from '../i18n/person';
import { useLanguage } from '../i18n/use-language';
import { Avatar } from './Avatar';

// `first`: what Enter in the box opens.
export function PersonRow({ patient, first }: { patient: Patient; first: boolean }) {
  const { t } = useLanguage();
  const number = residentNumber(patient)?.value;
  return (
    <li className={first ? 'person first' : 'person'}>
      <Link to={`/residents/${patient.id}`}>
        <Avatar patient={patient} />
        <span className="person-name">
          {humanName(patient.name) ?? t('person.nameUnknown')}
          {isDeceased(patient) && <em className="died">{t('person.died')}</em>}
        </span>
        <span className="person-facts">{sexText(t, patient.gender)} · {ageText(t, patient, Date.now())}</span>
        <span className="person-number num">{number ? maskNumber(number) : <span className="soft">{t('person.number')} {t('state.unrecorded')}</span>}</span>
        <span className="person-address">{addressText(patient.address) ?? `${t('person.address')} ${t('state.unrecorded')}`}</span>
        <ChevronIcon />
      </Link>
    </li>
  );
}
