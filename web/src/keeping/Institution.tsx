// One institution: what it is, its departments, wards and beds, its staff with their licences.
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { FailureNotice } from '../app/Faults';
import { PageSkeleton } from '../app/Skeletons';
import { useLoad } from '../app/use-load';
import { FhirClient } from '../fhir/client';
import { addressText, conceptText, humanName, targetOf } from '../fhir/text';
import type { Location, Organization, Practitioner, PractitionerRole } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import { Dialog, type DialogField, type DialogSpec } from './Dialog';
import { asWritten, corrected, CREDIT_CODE, DESIGNATION, isDepartment, LICENCE, newBed, newDepartment, newRole, newStaff, newWard, numberOf, STAFF_NUMBER, validity, wardsOf } from './institution';
import { extensionOf } from './kept';
import './keeping.css';

const MOST = 2000;   // departments, beds and people of one institution that a page shows

interface Data { organization: Organization; parts: Organization[]; locations: Location[]; roles: PractitionerRole[]; people: Map<string, Practitioner> }

async function read(client: FhirClient, id: string, signal: AbortSignal): Promise<Data> {
  const [organization, parts, locations, staff] = await Promise.all([
    client.get<Organization>(`/Organization/${id}`, signal),
    client.all(`/Organization?partof=Organization/${id}&_sort=name&_count=200`, MOST, signal),
    client.all(`/Location?organization=Organization/${id}&_count=500`, MOST, signal),
    client.all(`/PractitionerRole?organization=Organization/${id}&_include=PractitionerRole:practitioner&_count=500`, MOST, signal),
  ]);
  const people = new Map<string, Practitioner>();
  const roles: PractitionerRole[] = [];
  for (const each of staff.resources) {
    if (each.resourceType === 'Practitioner') people.set(`Practitioner/${each.id}`, each as Practitioner);
    else if (each.resourceType === 'PractitionerRole') roles.push(each as PractitionerRole);
  }
  return { organization, parts: parts.resources as Organization[], locations: locations.resources as Location[], roles, people };
}

export default function Institution() {
  const { id = '' } = useParams();
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const load = useLoad(`institution:${language}:${id}`, (signal) => read(client, id, signal));
  const [dialog, setDialog] = useState<DialogSpec>();
  if (load.failure) return <FailureNotice failure={load.failure} again={load.again} />;
  if (!load.data) return <PageSkeleton />;
  const { organization, parts, locations } = load.data;
  const departments = parts.filter(isDepartment), below = parts.filter((each) => !isDepartment(each));
  return (
    <div className="keeping">
      <About organization={organization} open={setDialog} />
      <div className="keep-grid">
        <section className="card">
          <div className="card-head"><h2>{t('keeping.institutions.departments')}</h2><span className="end"><Button onClick={() => setDialog(simple(t('keeping.institutions.addDepartment'), '/Organization/$register', t('keeping.institutions.department'), (name) => newDepartment(name, id)))}>{t('keeping.institutions.addDepartment')}</Button></span></div>
          {departments.length === 0 ? <p className="empty">{t('keeping.institutions.noDepartments')}</p> : <ul className="chips">{departments.map((each) => <li key={each.id} className="chip">{each.name}</li>)}</ul>}
          {below.length > 0 && <ul className="kept-rows">{below.map((each) => <li key={each.id}><Link to={`/institutions/${each.id}`}>{each.name}</Link></li>)}</ul>}
        </section>
        <Wards id={id} locations={locations} open={setDialog} />
        <Staff id={id} data={load.data} departments={departments} open={setDialog} />
      </div>
      {dialog && <Dialog spec={dialog} onClose={() => setDialog(undefined)} onDone={() => { setDialog(undefined); load.again(); }} />}
    </div>
  );
}

// A dialog that asks for a name and makes one resource of it.
function simple(title: string, path: string, label: string, make: (name: string) => Organization | Location): DialogSpec {
  return { title, path, fields: [{ name: 'name', kind: 'text', label, required: true }], own: ['name'], more: (values) => [{ name: 'resource', resource: make((values.name ?? '').trim()) }] };
}

function About({ organization, open }: { organization: Organization; open: (spec: DialogSpec) => void }) {
  const { t } = useLanguage();
  const nothing = <span className="unrecorded">{t('keeping.keep.unrecorded')}</span>;
  const merged = extensionOf(organization, 'merged-into')?.valueReference;
  const reason: DialogField = { name: 'reason', kind: 'long', label: t('keeping.keep.reason'), required: true };
  const rename: DialogSpec = { title: t('keeping.institutions.rename'), path: `/Organization/${organization.id}/$rename`, fields: [{ name: 'name', kind: 'text', label: t('keeping.institutions.newName'), required: true }, reason] };
  const from = asWritten(organization);
  const word = 'keeping.institutions';
  const correction: DialogSpec = {
    title: t('keeping.keep.edit'), path: `/Organization/${organization.id}/$correct`,
    fields: [...['creditCode', 'licence', 'designation', 'kind', 'address', 'phone'].map((name): DialogField => ({ name, kind: 'text', label: t(`${word}.${name}`), start: from[name] })), reason],
    own: Object.keys(from), more: (values) => [{ name: 'resource', resource: corrected(organization, values) }],
  };
  return (
    <section className="card">
      <div className="card-head">
        <h1>{organization.name}</h1>
        {organization.active === false && <em className="died">{t('keeping.institutions.inactive')}</em>}
        <span className="end acts">
          <Button onClick={() => open(correction)}>{t('keeping.keep.edit')}</Button>
          <Button onClick={() => open(rename)}>{t('keeping.institutions.rename')}</Button>
          {organization.active !== false && <Link className="plain-button" to={`/institutions/${organization.id}/merge`}>{t('keeping.institutions.merge')}</Link>}
        </span>
      </div>
      {merged && <p className="warned">{t('keeping.institutions.mergedInto')} <Link to={`/institutions/${targetOf(merged)?.slice(13)}`}>{merged.display ?? merged.reference}</Link></p>}
      <dl className="kept-facts kept-facts-wide">
        <dt>{t('keeping.institutions.creditCode')}</dt><dd className="num">{numberOf(organization.identifier, CREDIT_CODE) ?? nothing}</dd>
        <dt>{t('keeping.institutions.licence')}</dt><dd>{numberOf(organization.identifier, LICENCE) ?? nothing}</dd>
        <dt>{t('keeping.institutions.designation')}</dt><dd>{numberOf(organization.identifier, DESIGNATION) ?? nothing}</dd>
        <dt>{t('keeping.institutions.kind')}</dt><dd>{conceptText(organization.type?.[0]) ?? nothing}</dd>
        <dt>{t('keeping.institutions.address')}</dt><dd>{addressText(organization.address) ?? nothing}</dd>
        <dt>{t('keeping.institutions.phone')}</dt><dd>{organization.telecom?.map((each) => each.value).join('、') || nothing}</dd>
        {organization.partOf && <><dt>{t('keeping.institutions.partOf')}</dt><dd><Link to={`/institutions/${targetOf(organization.partOf)?.slice(13)}`}>{organization.partOf.display ?? targetOf(organization.partOf)}</Link></dd></>}
        {organization.alias?.length ? <><dt>{t('keeping.institutions.alias')}</dt><dd>{organization.alias.join('、')}</dd></> : null}
      </dl>
    </section>
  );
}

function Wards({ id, locations, open }: { id: string; locations: Location[]; open: (spec: DialogSpec) => void }) {
  const { t } = useLanguage();
  const wards = wardsOf(locations);
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('keeping.institutions.wards')}</h2>
        <span className="end"><Button onClick={() => open(simple(t('keeping.institutions.addWard'), '/Location/$register', t('keeping.institutions.ward'), (name) => newWard(name, id)))}>{t('keeping.institutions.addWard')}</Button></span>
      </div>
      {wards.length === 0 && <p className="empty">{t('keeping.institutions.noWards')}</p>}
      <ul className="kept-rows">
        {wards.map(({ ward, beds }) => (
          <li key={ward.id}>
            <strong>{ward.name}</strong><span className="soft">{t('keeping.institutions.beds', { n: beds.length })}</span>
            <button type="button" className="link end" onClick={() => open(simple(t('keeping.institutions.addBed'), '/Location/$register', t('keeping.institutions.bed'), (name) => newBed(name, id, ward.id ?? '')))}>{t('keeping.institutions.addBed')}</button>
            <ul className="beds">{beds.map((bed) => <li key={bed.id} className="bed">{bed.name}</li>)}</ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Staff({ id, data, departments, open }: { id: string; data: Data; departments: Organization[]; open: (spec: DialogSpec) => void }) {
  const { t } = useLanguage();
  const word = 'keeping.institutions';
  const spec: DialogSpec = {
    title: t(`${word}.addStaff`), path: '/Practitioner/$register',
    fields: [
      { name: 'name', kind: 'text', label: t('keeping.name'), required: true }, { name: 'sex', kind: 'sex' }, { name: 'number', kind: 'text', label: t(`${word}.staffNumber`) }, { name: 'title', kind: 'text', label: t(`${word}.title2`) },
      { name: 'department', kind: 'text', label: t(`${word}.department`), hint: departments.map((each) => each.name).join('、') || undefined }, { name: 'licenceKind', kind: 'text', label: t(`${word}.licenceKind`) }, { name: 'licence', kind: 'text', label: t(`${word}.licenceNumber`) },
      { name: 'from', kind: 'date', label: t(`${word}.licenceFrom`) }, { name: 'until', kind: 'date', label: t(`${word}.licenceUntil`) }, { name: 'phone', kind: 'text', label: t(`${word}.phone`) },
    ],
    own: ['name', 'sex', 'number', 'title', 'department', 'licenceKind', 'licence', 'from', 'until', 'phone'],
    more: (values) => [{ name: 'resource', resource: newStaff(values) }, { name: 'role', resource: newRole(values, id) }],
  };
  return (
    <section className="card wide">
      <div className="card-head"><h2>{t(`${word}.staff`)}</h2><span className="end"><Button onClick={() => open(spec)}>{t(`${word}.addStaff`)}</Button></span></div>
      {data.roles.length === 0 && <p className="empty">{t(`${word}.noStaff`)}</p>}
      <ul className="kept-rows">
        {data.roles.map((role) => {
          const person = data.people.get(targetOf(role.practitioner) ?? '');
          return (
            <li key={role.id}>
              <strong>{humanName(person?.name) ?? role.practitioner?.display}</strong>
              <span className="soft">{[conceptText(role.code?.[0]), conceptText(role.specialty?.[0])].filter(Boolean).join(' · ')}</span>
              <span className="soft small num">{numberOf(person?.identifier, STAFF_NUMBER)}</span>
              <span className="end">{person && <Licence person={person} />}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Licence({ person }: { person: Practitioner }) {
  const { t } = useLanguage();
  const state = validity(person, Date.now());
  const kind = conceptText(person.qualification?.[0]?.code);
  if (state.kind === 'none') return <span className="unrecorded small">{t('keeping.institutions.noLicence')}</span>;
  if (state.kind === 'unlimited') return <span className="soft small">{kind}</span>;
  return (
    <span className={state.kind === 'expired' ? 'expired small' : state.kind === 'expiring' ? 'warned small' : 'soft small'}>
      {kind} {t('keeping.keep.valid', { day: state.until })}
      {state.kind === 'expired' && ` · ${t('keeping.institutions.expired')}`}
      {state.kind === 'expiring' && ` · ${t('keeping.institutions.expiring', { n: state.days })}`}
    </span>
  );
}
