// 家庭: relatives and household, with the way to their records.
import { useMemo } from 'react';
import { Link } from 'react-router';
import { FailureNotice } from '../../app/Faults';
import { Bones } from '../../app/Skeletons';
import { HouseIcon } from '../../app/icons';
import { useLoad } from '../../app/use-load';
import { FhirClient } from '../../fhir/client';
import { maskNumber } from '../../fhir/text';
import { ageText, isDeceased, sexText } from '../../i18n/person';
import { useLanguage } from '../../i18n/use-language';
import { Avatar } from '../../pages/Avatar';
import type { ResidentRecord } from '../model/record';
import { loadFamily, type Member } from './members';
import './family.css';

export default function Family({ record }: { record: ResidentRecord }) {
  const { t, language, terms } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const { data, failure, again } = useLoad(`family:${record.patient.id}:${language}`, (signal) => loadFamily(client, record.patient, record.resources, terms, signal));
  if (failure) return <FailureNotice failure={failure} again={again} />;
  return (
    <div className="family">
      <section className="card">
        <div className="card-head"><h2>{t('family.title')}</h2><span className="small">{t('family.note')}</span></div>
        {!data ? <Bones lines={5} /> : data.relatives.length === 0 ? <p className="empty unrecorded">{t('family.none')}</p> : <Members members={data.relatives} />}
      </section>
      {data?.households.map((household, i) => (
        <section className="card" key={i}>
          <div className="card-head"><h2><HouseIcon /> {household.name ?? t('family.household')}</h2></div>
          <Members members={household.members} />
        </section>
      ))}
    </div>
  );
}

const Members = ({ members }: { members: Member[] }) => <ul className="members">{members.map((member) => <MemberCard key={member.key} member={member} />)}</ul>;

function MemberCard({ member }: { member: Member }) {
  const { t } = useLanguage();
  const [first] = member.records;
  const person = first ?? { resourceType: 'Patient', name: member.name ? [{ text: member.name }] : undefined, gender: member.gender, birthDate: member.birthDate };
  return (
    <li className="member">
      <Avatar patient={person} />
      <div>
        <h3>
          {member.name ?? t('person.nameUnknown')}
          {(member.relation ?? member.same) && <span className="member-relation">{member.same ? t('family.sameRecord') : member.relation}</span>}
          {first && isDeceased(first) && <em className="died">{t('person.died')}</em>}
        </h3>
        <p className="soft">{sexText(t, member.gender)} · {ageText(t, person, Date.now())}{member.phone && <span className="num"> · {t('family.phone')} {maskNumber(member.phone)}</span>}</p>
        {member.records.length === 0 && <p className="soft small">{t('family.noRecord')}</p>}
        {member.records.length > 1 && <p className="small unrecorded">{t('family.ambiguous', { n: member.records.length })}</p>}
      </div>
      <div className="member-records">
        {member.records.map((each) => <Link key={each.id} className="plain-button" to={`/residents/${each.id}`}>{t('family.open')}{each.managingOrganization?.display && <span className="small soft">{each.managingOrganization.display}</span>}</Link>)}
      </div>
    </li>
  );
}
