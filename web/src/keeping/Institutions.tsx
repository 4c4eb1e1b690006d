// 机构: all of them, by name or code.
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { FailureNotice } from '../app/Faults';
import { Bones } from '../app/Skeletons';
import { useLoad } from '../app/use-load';
import { FhirClient } from '../fhir/client';
import { addressText, conceptText } from '../fhir/text';
import type { Organization } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import { Dialog, type DialogSpec } from './Dialog';
import { CREDIT_CODE, findInstitutions, newOrganization, numberOf } from './institution';
import { first } from './parameters';
import { useSettled } from './use-settled';
import './keeping.css';

const SHOWN = 100;

export default function Institutions() {
  const { t, language } = useLanguage();
  const navigate = useNavigate();
  const client = useMemo(() => new FhirClient(language), [language]);
  const [text, setText] = useState('');
  const [dialog, setDialog] = useState(false);
  const query = useSettled(text.trim(), 200);
  const load = useLoad(`institutions:${language}:${query}`, (signal) => findInstitutions(client, query, SHOWN, signal));
  const spec: DialogSpec = {
    title: t('keeping.institutions.add'), path: '/Organization/$register',
    fields: [
      { name: 'name', kind: 'text', label: t('keeping.institutions.name'), required: true }, { name: 'creditCode', kind: 'text', label: t('keeping.institutions.creditCode') }, { name: 'licence', kind: 'text', label: t('keeping.institutions.licence') },
      { name: 'designation', kind: 'text', label: t('keeping.institutions.designation') }, { name: 'kind', kind: 'text', label: t('keeping.institutions.kind') }, { name: 'address', kind: 'text', label: t('keeping.institutions.address') }, { name: 'phone', kind: 'text', label: t('keeping.institutions.phone') }, { name: 'by', kind: 'text', label: t('keeping.keep.by') },
    ],
    own: ['name', 'creditCode', 'licence', 'designation', 'kind', 'address', 'phone'],
    more: (values) => [{ name: 'resource', resource: newOrganization(values) }],
  };
  return (
    <div className="keeping">
      <div className="page-title page-title-tools">
        <div><h1>{t('keeping.institutions.title')}</h1><p>{t('keeping.institutions.lead')}</p></div>
        <div className="tools"><Link className="plain-button" to="/import">{t('keeping.importLink')}</Link><Button type="primary" onClick={() => setDialog(true)}>{t('keeping.institutions.add')}</Button></div>
      </div>
      <div className="filter"><Input type="search" value={text} placeholder={t('keeping.institutions.filter')} aria-label={t('keeping.institutions.filter')} onChange={(event) => setText(event.target.value)} /></div>
      {load.failure ? <FailureNotice failure={load.failure} again={load.again} /> : !load.data ? <div className="card"><Bones lines={6} /></div> : <List list={load.data.list} whole={load.data.whole} />}
      {dialog && <Dialog spec={spec} onClose={() => setDialog(false)} onDone={(answer) => navigate(`/institutions/${first(answer.parameter, 'resource')?.resource?.id}`)} />}
    </div>
  );
}

function List({ list, whole }: { list: Organization[]; whole: boolean }) {
  const { t } = useLanguage();
  if (list.length === 0) return <p className="nothing" role="status">{t('keeping.institutions.none')}</p>;
  return (
    <>
      <p className="soft small" role="status">{whole ? t('keeping.institutions.count', { n: list.length }) : t('keeping.institutions.more', { n: list.length })}</p>
      <ul className="institution-list">
        {list.map((each) => (
          <li key={each.id}>
            <Link to={`/institutions/${each.id}`}>
              <span><strong>{each.name}</strong>{each.active === false && <em className="died">{t('keeping.institutions.inactive')}</em>}</span>
              <span className="soft">{conceptText(each.type?.[0])}</span>
              <span className="soft small num">{numberOf(each.identifier, CREDIT_CODE)}</span>
              <span className="soft small field-wide">{addressText(each.address)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
