import { useState } from 'react';
import { Link } from 'react-router';
import { AlertIcon, CodeIcon, PrintIcon } from '../app/icons';
import { addressText, humanName, maskNumber, residentNumber } from '../fhir/text';
import { parseMoment } from '../fhir/time';
import type { Patient } from '../fhir/types';
import { ageText, agoText, isDeceased, sexText } from '../i18n/person';
import { useLanguage } from '../i18n/use-language';
import { Avatar } from '../pages/Avatar';
import type { ResidentRecord } from './model/record';
import { useRaw } from './raw/raw-context';

// `whole`: with the facts. Beside a chart only what may harm when overlooked stays: who, allergies, chronic diseases.
export function Header({ record, opened, whole }: { record: ResidentRecord; opened: number | undefined; whole: boolean }) {
  const { t } = useLanguage();
  const raw = useRaw();
  const { patient } = record;
  const latest = record.events[0];
  return (
    <header className={whole ? 'card who' : 'card who who-brief'}>
      <div className="who-top">
        <Name patient={patient} />
        <div className="who-actions">
          <Link className="plain-button" to={`/keep/${patient.id}`}>{t('keeping.toKeep')}</Link>
          <a className="plain-button" href={`/fhir/Patient/${patient.id}/$summary-pdf`} target="_blank" rel="noreferrer"><PrintIcon />{t('print.name')}</a>
          <button type="button" className="plain-button who-raw" onClick={() => raw.openRecord(record.resources)}><CodeIcon />{t('record.raw')}</button>
        </div>
      </div>
      <Allergies record={record} />
      <Chronic record={record} />
      {whole && <Facts record={record} />}
      <p className="who-foot">
        <span>{t('record.latest')} {latest ? `${latest.at.day} · ${agoText(t, latest.at.ms, Date.now())}` : t('state.unrecorded')}</span>
        {opened !== undefined && <span className="who-opened">{t('record.opened', { n: record.resources.length, ms: opened })}</span>}
      </p>
    </header>
  );
}

export function Name({ patient }: { patient: Patient }) {
  const { t } = useLanguage();
  const died = parseMoment(patient.deceasedDateTime);
  return (
    <>
      <Avatar patient={patient} />
      <div className="who-name">
        <h1>{humanName(patient.name) ?? t('person.nameUnknown')}</h1>
        <p>
          {sexText(t, patient.gender)} · {ageText(t, patient, Date.now())}
          {isDeceased(patient) && <em className="died">{died ? t('person.diedAt', { day: died.day }) : t('person.died')}</em>}
        </p>
      </div>
    </>
  );
}

function Allergies({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const { allergies, noKnownAllergy } = record;
  if (allergies.length === 0) {
    return <p className={noKnownAllergy ? 'who-line' : 'who-line unrecorded'}><span className="who-label">{t('record.allergy')}</span>{noKnownAllergy ? t('record.allergyNone') : t('record.allergyUnknown')}</p>;
  }
  return (
    <div className="who-line allergy">
      <span className="who-label"><AlertIcon />{t('record.allergy')}</span>
      <ul className="chips">
        {allergies.map((each) => (
          <li key={each.key} className="chip chip-danger">
            <strong>{each.name}</strong>
            {each.reactions.length > 0 && <span>{each.reactions.join('、')}</span>}
            {each.severe && <b>{t('record.severe')}</b>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Chronic({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const chronic = record.problems.filter((problem) => problem.chronic && problem.active);
  return (
    <div className="who-line">
      <span className="who-label">{t('record.chronic')}</span>
      {chronic.length === 0 ? <span className="soft">{t('record.chronicNone')}</span> : (
        <ul className="chips">
          {chronic.map((problem) => (
            <li key={problem.key} className="chip"><strong>{problem.name}</strong>{problem.since && <span>{t('record.since', { day: problem.since.day.slice(0, 4) })}</span>}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  const { t } = useLanguage();
  const missing = children === undefined || children === '';
  return <div><dt>{name}</dt><dd className={missing ? 'unrecorded' : undefined}>{missing ? t('state.unrecorded') : children}</dd></div>;
}

// Numbers are masked until asked for: a screen is read by more people than its user.
export function Masked({ text }: { text: string | undefined }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  if (!text) return <span className="unrecorded">{t('state.unrecorded')}</span>;
  return <button type="button" className="masked num" aria-pressed={open} onClick={() => setOpen(!open)}>{open ? text : maskNumber(text)}</button>;
}

function Facts({ record }: { record: ResidentRecord }) {
  const { t } = useLanguage();
  const { patient, contract } = record;
  const phone = patient.telecom?.find((each) => each.system === 'phone')?.value;
  return (
    <dl className="facts">
      <Fact name={t('person.number')}><Masked text={residentNumber(patient)?.value} /></Fact>
      <Fact name={t('person.born')}>{patient.birthDate}</Fact>
      <Fact name={t('person.blood')}>{record.bloodGroup}</Fact>
      <Fact name={t('person.phone')}><Masked text={phone} /></Fact>
      <Fact name={t('person.contract')}>{contract?.institution && <>{contract.institution}{contract.doctor && <span className="soft"> · {contract.doctor}</span>}</>}</Fact>
      <Fact name={t('person.address')}>{addressText(patient.address)}</Fact>
    </dl>
  );
}
