import { useState } from 'react';
import { Link } from 'react-router';
import { FailureNotice } from '../../app/Faults';
import { Bones } from '../../app/Skeletons';
import { useLoad } from '../../app/use-load';
import { FhirClient } from '../../fhir/client';
import { useLanguage } from '../../i18n/use-language';
import { prettyJson, type Piece } from './pretty';

// One resource: its name, and its text once it is unfolded.
export function ResourceText({ type, id, unfolded = false }: { type: string; id: string; unfolded?: boolean }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(unfolded);
  return (
    <details className="resource" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><span>{t(`types.${type}`, { defaultValue: type })}</span><code>{type}/{id}</code></summary>
      {open && <Body reference={`${type}/${id}`} />}
    </details>
  );
}

function Body({ reference }: { reference: string }) {
  const { t, language } = useLanguage();
  const path = `/${reference}`;
  const { data, failure, again } = useLoad(path, async (signal) => prettyJson(await new FhirClient(language).text(path, signal)));
  if (failure) return <FailureNotice failure={failure} again={again} />;
  if (!data) return <Bones lines={6} />;
  return (
    <div className="resource-body">
      <CopyButton text={data.text} />
      <pre tabIndex={0}>{data.pieces.map((piece, i) => <Coloured key={i} piece={piece} />)}</pre>
      <p className="resource-tools"><Link to={`/tools/fhirpath?resource=${reference}`}>{t('raw.expressions')}</Link><Link to={`/tools/validate?resource=${reference}`}>{t('raw.validate')}</Link></p>
    </div>
  );
}

function Coloured({ piece }: { piece: Piece }) {
  return piece.sort === 'plain' ? <>{piece.text}</> : <span className={`json-${piece.sort}`}>{piece.text}</span>;
}

function CopyButton({ text }: { text: string }) {
  const { t } = useLanguage();
  const [state, setState] = useState<'copy' | 'copied' | 'failed'>('copy');
  const copy = () => navigator.clipboard.writeText(text).then(() => setState('copied'), () => setState('failed'));
  return <button type="button" className="plain-button copy" onClick={() => void copy()}>{t(`raw.${state}`)}</button>;
}
