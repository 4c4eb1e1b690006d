// What is shown when something did not work: what happened, the server's own words, and what to do.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import type { FhirFailure } from '../fhir/client';

function Notice({ title, help, children }: { title: string; help: string; children?: React.ReactNode }) {
  return (
    <section className="notice" role="alert">
      <h2>{title}</h2>
      <p>{help}</p>
      {children}
    </section>
  );
}

export function FailureNotice({ failure, again }: { failure: FhirFailure; again?: () => void }) {
  const { t } = useTranslation();
  const kind = failure.status === 404 || failure.status === 410 ? 'missing' : failure.kind;
  return (
    <Notice title={t(`state.${kind}.title`)} help={t(`state.${kind}.help`)}>
      {failure.issues.length > 0 && <ul className="notice-issues">{failure.issues.map((text) => <li key={text}>{text}</li>)}</ul>}
      {(failure.status > 0 || failure.requestId) && (
        <p className="notice-trace">
          {failure.status > 0 && <span>{t('state.status')} {failure.status}</span>}
          {failure.requestId && <span>{t('state.requestId')} {failure.requestId}</span>}
        </p>
      )}
      {again && <button type="button" className="plain-button primary-button" onClick={again}>{t('state.retry')}</button>}
    </Notice>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Notice title={t('state.notFound.title')} help={t('state.notFound.help')}>
      <Link to="/">{t('state.back')}</Link>
    </Notice>
  );
}

export function PageFault() {
  const { t } = useTranslation();
  const fault = useRouteError();
  useEffect(() => console.error(fault), [fault]);
  return (
    <main className="page">
      <Notice title={t('state.broken.title')} help={t('state.broken.help')}>
        <p className="notice-trace">{String(fault)}</p>
        <a href="/">{t('state.back')}</a>
      </Notice>
    </main>
  );
}
