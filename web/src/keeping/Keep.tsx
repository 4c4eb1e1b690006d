// 档案维护: who somebody is, and what happens to the record. Every change is an operation with a reason, listed below, and
// can be undone as long as nothing else has changed.
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { FailureNotice } from '../app/Faults';
import { PageSkeleton } from '../app/Skeletons';
import { useLoad } from '../app/use-load';
import { FhirClient } from '../fhir/client';
import { humanName, targetOf } from '../fhir/text';
import { isoDay, parseMoment } from '../fhir/time';
import type { Group, Patient, RelatedPerson } from '../fhir/types';
import { ageText, isDeceased, sexText } from '../i18n/person';
import { useLanguage } from '../i18n/use-language';
import { Avatar } from '../pages/Avatar';
import type { DocumentKind } from './form';
import { Dialog, type DialogField, type DialogSpec } from './Dialog';
import { asWritten, correct, extensionOf, formerNames, identityStatus, residency, toldBirth, undoneActs, withDocument, type Provenance } from './kept';
import './keeping.css';

const ACTS_SHOWN = 50;

interface Kept { patient: Patient; groups: Group[]; acts: Provenance[]; children: RelatedPerson[] }

async function read(client: FhirClient, id: string, signal: AbortSignal): Promise<Kept> {
  const patient = await client.get<Patient>(`/Patient/${id}`, signal);
  const relatives = (patient.link ?? []).map((each) => targetOf(each.other)).filter((each): each is string => each?.startsWith('RelatedPerson/') ?? false).map((each) => each.slice(14));
  const [groups, acts, children] = await Promise.all([
    client.all(`/Group?member=Patient/${id}&_count=5`, 5, signal),
    client.all(`/Provenance?target=Patient/${id}&_sort=-recorded&_count=${ACTS_SHOWN}`, ACTS_SHOWN, signal),
    relatives.length > 0 ? client.all(`/RelatedPerson?_id=${relatives.join(',')}`, 60, signal) : { resources: [] },
  ]);
  return { patient, groups: groups.resources as Group[], acts: acts.resources as Provenance[], children: children.resources as RelatedPerson[] };
}

export default function Keep() {
  const { id = '' } = useParams();
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const load = useLoad(`keep:${language}:${id}`, (signal) => read(client, id, signal));
  const [dialog, setDialog] = useState<DialogSpec>();
  if (load.failure) return <FailureNotice failure={load.failure} again={load.again} />;
  if (!load.data) return <PageSkeleton />;
  const { patient } = load.data;
  return (
    <div className="keeping">
      <div className="page-title page-title-tools">
        <div><h1>{t('keeping.keep.title')}</h1><p>{t('keeping.keep.lead')}</p></div>
        <Link className="plain-button" to={`/residents/${id}`}>{t('keeping.keep.back')}</Link>
      </div>
      <div className="keep-grid">
        <Who patient={patient} open={setDialog} />
        <Documents patient={patient} open={setDialog} />
        <Family kept={load.data} />
        <History acts={load.data.acts} open={setDialog} />
        <section className="card wide">
          <h2>{t('keeping.wrong.title')}</h2>
          <p className="soft">{t('keeping.wrong.help')}</p>
          <p className="acts keep-link"><Link className="plain-button" to={`/keep/${id}/entries`}>{t('keeping.entries.link')}</Link></p>
        </section>
      </div>
      {dialog && <Dialog spec={dialog} onClose={() => setDialog(undefined)} onDone={() => { setDialog(undefined); load.again(); }} />}
    </div>
  );
}

function Who({ patient, open }: { patient: Patient; open: (spec: DialogSpec) => void }) {
  const { t } = useLanguage();
  const nothing = <span className="unrecorded">{t('keeping.keep.unrecorded')}</span>;
  const told = toldBirth(patient);
  const status = identityStatus(patient), where = residency(patient);
  const former = formerNames(patient);
  return (
    <section className="card wide">
      <div className="keep-head">
        <Avatar patient={patient} />
        <div className="keep-name">
          <h2>{humanName(patient.name) ?? t('person.nameUnknown')}</h2>
          <p>
            {sexText(t, patient.gender)} · {ageText(t, patient, Date.now())}
            {where && where !== 'resident' && <em className="died">{t(`keeping.keep.residency.${where}`)}</em>}
          </p>
        </div>
        <Button onClick={() => open(correction(t, patient))}>{t('keeping.keep.edit')}</Button>
      </div>
      <dl className="kept-facts kept-facts-wide">
        <dt>{t('keeping.birth')}</dt><dd>{patient.birthDate ?? (told ? `${told}${t('keeping.keep.told')}` : nothing)}</dd>
        <dt>{t('keeping.keep.identity')}</dt><dd>{status ? t(`keeping.keep.identityStatus.${status}`) : nothing}</dd>
        {former.length > 0 && <><dt>{t('keeping.keep.formerNames')}</dt><dd>{former.join('、')}</dd></>}
        <dt>{t('keeping.nationality')}</dt><dd>{extensionOf(patient, 'ethnicity')?.valueCodeableConcept?.text ?? nothing}</dd>
        <dt>{t('keeping.keep.phones')}</dt><dd>{patient.telecom?.map((each) => each.value).join('、') || nothing}</dd>
        <dt>{t('keeping.keep.addresses')}</dt>
        <dd>
          {patient.address?.length ? (
            <ul>{patient.address.map((each, i) => (
              <li key={i} className={each.use === 'old' ? 'soft' : undefined}>
                {each.text ?? each.line?.join('') ?? t('keeping.keep.unrecorded')}
                {extensionOf(each, 'grid') && ` · ${extensionOf(each, 'grid')?.valueString}`}
                {each.period?.end && ` · ${t('keeping.keep.valid', { day: each.period.end })}`}
              </li>
            ))}</ul>
          ) : nothing}
        </dd>
        <dt>{t('keeping.keep.contacts')}</dt>
        <dd>{patient.contact?.map((each) => [each.name?.text, each.relationship?.[0]?.text, each.telecom?.[0]?.value].filter(Boolean).join(' ')).join('、') || nothing}</dd>
        {extensionOf(patient, 'description') && <><dt>{t('keeping.description')}</dt><dd>{extensionOf(patient, 'description')?.valueString}</dd></>}
      </dl>
      <div className="keep-acts">
        <h3>{t('keeping.keep.acts')}</h3>
        <div className="acts">
          {actSpecs(t, patient).map((each) => <Button key={each.path} onClick={() => open(each)}>{each.title}</Button>)}
        </div>
      </div>
    </section>
  );
}

type T = ReturnType<typeof useLanguage>['t'];

const reasonField = (t: T, label = t('keeping.keep.reason'), hint = t('keeping.keep.reasonHint')): DialogField => ({ name: 'reason', kind: 'long', label, hint, required: true });
const byField = (t: T): DialogField => ({ name: 'by', kind: 'text', label: t('keeping.keep.by') });

function correction(t: T, patient: Patient): DialogSpec {
  const from = asWritten(patient);
  return {
    title: t('keeping.keep.edit'),
    path: `/Patient/${patient.id}/$correct`,
    fields: [
      { name: 'name', kind: 'text', label: t('keeping.name'), start: from.name },
      { name: 'sex', kind: 'sex', start: from.sex },
      { name: 'birth', kind: 'text', label: t('keeping.birth'), hint: t('keeping.birthHint'), start: from.birth },
      { name: 'phone', kind: 'text', label: t('keeping.phone'), start: from.phone },
      { name: 'address', kind: 'text', label: t('keeping.address'), start: from.address },
      reasonField(t), byField(t),
    ],
    own: ['name', 'sex', 'birth', 'phone', 'address'],
    more: (values) => [{ name: 'resource', resource: correct(patient, from, { name: values.name ?? '', sex: values.sex ?? '', birth: values.birth ?? '', phone: values.phone ?? '', address: values.address ?? '' }) }],
  };
}

// What can be done with this resident as things are.
function actSpecs(t: T, patient: Patient): DialogSpec[] {
  const today = isoDay(Date.now());
  const path = (code: string) => `/Patient/${patient.id}/$${code}`;
  const date: DialogField = { name: 'date', kind: 'date', label: t('keeping.keep.date'), start: today };
  const identified = identityStatus(patient) === 'document' || identityStatus(patient) === undefined;
  const list: DialogSpec[] = [];
  if (!identified) {
    list.push({ title: t('keeping.keep.identify'), path: path('identify'), fields: [{ name: 'name', kind: 'text', label: t('keeping.name') }, { name: 'sex', kind: 'sex', start: patient.gender }, { name: 'birth-date', kind: 'text', label: t('keeping.birth'), hint: t('keeping.birthHint'), start: patient.birthDate }, { name: 'document', kind: 'document' }, reasonField(t), byField(t)] });
  }
  if (isDeceased(patient)) return list;
  list.push(
    { title: t('keeping.keep.moveIn'), path: path('move-in'), fields: [date, { name: 'address', kind: 'text', label: t('keeping.keep.newAddress'), required: true }, { name: 'village', kind: 'text', label: t('keeping.village') }, { name: 'grid', kind: 'text', label: t('keeping.grid') }, { name: 'from', kind: 'text', label: t('keeping.keep.from') }, byField(t)] },
    { title: t('keeping.keep.moveOut'), path: path('move-out'), fields: [date, { name: 'to', kind: 'text', label: t('keeping.keep.to') }, byField(t)] },
    { title: t('keeping.keep.lost'), path: path('lost'), fields: [reasonField(t, t('keeping.keep.lostReason'), t('keeping.keep.lostHint')), byField(t)] },
  );
  if (patient.gender !== 'male') {
    list.push({ title: t('keeping.keep.newborn'), path: path('register-newborn'), fields: [{ name: 'sex', kind: 'sex' }, { name: 'birth-date', kind: 'date', label: t('keeping.birth'), start: today, required: true }, { name: 'birth-order', kind: 'text', label: t('keeping.keep.order'), hint: t('keeping.keep.orderHint') }, byField(t)] });
  }
  list.push({ title: t('keeping.keep.deceased'), path: path('deceased'), note: t('keeping.keep.deathWarning'), fields: [date, reasonField(t, t('keeping.keep.deathGround'), t('keeping.keep.deathHint')), byField(t)] });
  return list;
}

function Documents({ patient, open }: { patient: Patient; open: (spec: DialogSpec) => void }) {
  const { t } = useLanguage();
  const spec: DialogSpec = {
    title: t('keeping.addDocument'), path: `/Patient/${patient.id}/$correct`, fields: [{ name: 'document', kind: 'document' }, reasonField(t), byField(t)], own: ['document'],
    more: (values) => [{ name: 'resource', resource: withDocument(patient, (values['document-kind'] ?? 'resident-id') as DocumentKind, values['document-number'] ?? '', t(`keeping.kinds.${values['document-kind'] ?? 'resident-id'}`)) }],
  };
  return (
    <section className="card">
      <div className="card-head"><h2>{t('keeping.keep.documents')}</h2><span className="end"><Button onClick={() => open(spec)}>{t('keeping.addDocument')}</Button></span></div>
      {patient.identifier?.length ? (
        <ul className="kept-rows">{patient.identifier.map((each) => (
          <li key={`${each.system}|${each.value}`}>
            <span className="soft">{each.type?.text ?? each.system}</span><span className="num">{each.value}</span>
            {each.period?.end && <span className={each.period.end < isoDay(Date.now()) ? 'expired' : 'soft'}>{t('keeping.keep.valid', { day: each.period.end })}</span>}
          </li>
        ))}</ul>
      ) : <p className="unrecorded">{t('keeping.keep.unrecorded')}</p>}
    </section>
  );
}

function Family({ kept }: { kept: Kept }) {
  const { t } = useLanguage();
  return (
    <section className="card">
      <h2>{t('keeping.keep.household')}</h2>
      {kept.groups.length === 0 && <p className="empty">{t('keeping.keep.noHousehold')}</p>}
      {kept.groups.map((group) => (
        <div key={group.id}>
          <h3>{group.identifier?.[0]?.value ?? group.name}</h3>
          <ul className="kept-rows">{(group.member ?? []).map((each) => (
            <li key={each.entity?.reference}>
              <Link to={`/keep/${targetOf(each.entity)?.slice(8)}`}>{each.entity?.display ?? targetOf(each.entity)}</Link>
              <span className="soft">{extensionOf(each, 'household-role')?.valueString}</span>
            </li>
          ))}</ul>
        </div>
      ))}
      {kept.children.length > 0 && (
        <>
          <h3>{t('keeping.keep.children')}</h3>
          <ul className="kept-rows">{kept.children.map((each) => (
            <li key={each.id}><Link to={`/keep/${targetOf(each.patient)?.slice(8)}`}>{kept.patient.link?.find((link) => targetOf(link.other) === `RelatedPerson/${each.id}`)?.other?.display ?? targetOf(each.patient)}</Link></li>
          ))}</ul>
        </>
      )}
    </section>
  );
}

function History({ acts, open }: { acts: Provenance[]; open: (spec: DialogSpec) => void }) {
  const { t } = useLanguage();
  const undone = undoneActs(acts);
  return (
    <section className="card wide">
      <h2>{t('keeping.keep.history')}</h2>
      {acts.length === 0 && <p className="empty">{t('keeping.keep.noHistory')}</p>}
      <ul className="act-list">
        {acts.map((act) => {
          const at = parseMoment(act.recorded);
          const name = act.activity?.text ?? '';
          return (
            <li key={act.id}>
              <span className="num soft">{at ? `${at.day} ${at.clock ?? ''}` : ''}</span>
              <strong>{name}</strong>
              <span className="act-reason">{[act.agent?.[0]?.who?.display, ...(act.reason ?? []).map((each) => each.text)].filter(Boolean).join('；')}</span>
              {undone.has(act.id ?? '') ? <span className="soft">{t('keeping.keep.undone')}</span> : (
                <button type="button" className="link" onClick={() => open({ title: t('keeping.keep.undoTitle', { act: name }), path: `/Provenance/${act.id}/$undo`, note: t('keeping.keep.undoHelp'), fields: [reasonField(t), byField(t)] })}>{t('keeping.keep.undo')}</button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
