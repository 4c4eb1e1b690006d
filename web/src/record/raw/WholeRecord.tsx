import { useMemo, useState } from 'react';
import { FailureNotice } from '../../app/Faults';
import { FhirClient, FhirFailure } from '../../fhir/client';
import type { Resource } from '../../fhir/types';
import { useLanguage } from '../../i18n/use-language';
import { ResourceText } from './ResourceText';

// The whole record: how much of what, the resident's own resource, and everything as a file
// (one Bundle a line, as the server paged it).
export function WholeRecord({ patientId, resources }: { patientId: string; resources: Resource[] }) {
  const { t } = useLanguage();
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { resourceType } of resources) found.set(resourceType, (found.get(resourceType) ?? 0) + 1);
    return [...found].sort((a, b) => b[1] - a[1]);
  }, [resources]);
  return (
    <>
      <div className="raw-head">
        <span>{t('raw.count', { n: resources.length })}</span>
        <Download patientId={patientId} />
      </div>
      <dl className="raw-counts">
        {counts.map(([type, n]) => <div key={type}><dt>{t(`types.${type}`, { defaultValue: type })} <code>{type}</code></dt><dd className="num">{n}</dd></div>)}
      </dl>
      <ResourceText type="Patient" id={patientId} unfolded />
    </>
  );
}

function Download({ patientId }: { patientId: string }) {
  const { t, language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FhirFailure>();
  const save = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const pages = await new FhirClient(language).texts(`/Patient/${encodeURIComponent(patientId)}/$everything?_count=2000`);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(pages.map((page) => `${page}\n`), { type: 'application/fhir+ndjson' }));
      link.download = `${patientId}.ndjson`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (cause) {
      if (!(cause instanceof FhirFailure)) throw cause;
      setFailure(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" className="plain-button" aria-busy={busy} disabled={busy} onClick={() => void save()}>{t('raw.download')}</button>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
