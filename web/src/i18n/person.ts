// Texts about a person, in the reader's language.
import type { TFunction } from 'i18next';
import { ageParts, parseMoment, DAY } from '../fhir/time';
import type { Patient } from '../fhir/types';

// As a paediatrician says it: days under a month, months and days under a year, years and months under three.
export function ageText(t: TFunction, patient: Patient, now: number): string {
  const birth = parseMoment(patient.birthDate);
  if (!birth) return t('person.ageUnknown');
  const end = parseMoment(patient.deceasedDateTime)?.ms ?? now;
  if (end < birth.ms) return t('person.ageUnknown');
  const { years, months, days } = ageParts(birth, end);
  if (birth.precision === 'year' || years >= 3) return t('person.years', { n: years });
  if (years >= 1) return t('person.yearsMonths', { n: years, m: months });
  if (birth.precision === 'month') return t('person.months', { n: months });
  if (months >= 1) return t('person.monthsDays', { n: months, m: days });
  return t('person.days', { n: days });
}

export function isDeceased(patient: Patient): boolean {
  return patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined;
}

export function sexText(t: TFunction, gender: string | undefined): string {
  return gender === 'male' || gender === 'female' || gender === 'other' ? t(`person.${gender}`) : t('person.unknown');
}

// How long ago something was: what is old must look old.
export function agoText(t: TFunction, ms: number, now: number): string {
  const days = Math.floor((now - ms) / DAY);
  if (days < -1) return t('record.ago.future');
  if (days < 1) return t('record.ago.today');
  if (days < 60) return t('record.ago.days', { n: days });
  if (days < 730) return t('record.ago.months', { n: Math.floor(days / 30.44) });
  return t('record.ago.years', { n: Math.floor(days / 365.25) });
}
