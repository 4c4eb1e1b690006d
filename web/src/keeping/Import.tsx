// 批量导入: read in the browser, looked through by the server's own rules, stored, and taken back if need be.
import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { FailureNotice } from '../app/Faults';
import { FhirClient, FhirFailure } from '../fhir/client';
import { isoDay } from '../fhir/time';
import { useLanguage } from '../i18n/use-language';
import { COLUMNS } from './columns';
import { decode, readCsv, type Table } from './csv';
import { Choice, Findings } from './Field';
import { runImport, undoImport, type ImportKind, type ImportResult } from './import-run';
import './keeping.css';

const SHOWN = 200;
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function readTable(file: File): Promise<Table> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return (await import('./xlsx')).readXlsx(bytes);
  return readCsv(decode(bytes));
}

function download(name: string, bytes: BlobPart, type: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export default function Import() {
  const { t, language } = useLanguage();
  const [exporting, setExporting] = useState(false);
  const [partly, setPartly] = useState(false);
  const [failure, setFailure] = useState<FhirFailure>();
  const [kind, setKind] = useState<ImportKind>('Patient');
  const [table, setTable] = useState<{ table: Table; name: string }>();
  const [unreadable, setUnreadable] = useState(false);
  const [reading, setReading] = useState(false);
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setReading(true);
    setUnreadable(false);
    try {
      setTable({ table: await readTable(file), name: file.name });
    } catch {
      setUnreadable(true);
    } finally {
      setReading(false);
    }
  };
  const template = async () => {
    const { writeXlsx } = await import('./xlsx');
    download(`${t(`keeping.import.kinds.${kind}`)}.xlsx`, writeXlsx([COLUMNS[kind]]) as BlobPart, WORKBOOK);
  };
  const give = async () => {
    setExporting(true);
    setFailure(undefined);
    try {
      const [{ exportTable }, { writeXlsx }] = await Promise.all([import('./export'), import('./xlsx')]);
      const { table, whole } = await exportTable(new FhirClient(language), kind);
      setPartly(!whole);
      download(`${t(`keeping.import.kinds.${kind}`)}-${isoDay(Date.now())}.xlsx`, writeXlsx(table) as BlobPart, WORKBOOK);
    } catch (cause) {
      if (!(cause instanceof FhirFailure)) throw cause;
      setFailure(cause);
    } finally {
      setExporting(false);
    }
  };
  return (
    <div className="keeping">
      <div className="page-title"><h1>{t('keeping.import.title')}</h1><p>{t('keeping.import.lead')}</p></div>
      <section className="card form-section">
        <div className="import-tools">
          <Choice<ImportKind> label={t('keeping.import.kind')} value={kind} onChange={(next) => { setKind(next); setTable(undefined); }} options={(['Patient', 'Organization', 'Practitioner'] as const).map((value) => ({ value, label: t(`keeping.import.kinds.${value}`) }))} />
          <span className="file">
            <span className="plain-button" aria-hidden="true">{table ? t('keeping.import.again') : t('keeping.import.file')}</span>
            <input type="file" accept=".csv,.xlsx,.txt" aria-label={t('keeping.import.file')} onChange={(event) => { void choose(event.target.files?.[0]); event.target.value = ''; }} />
          </span>
          <Button onClick={() => void template()}>{t('keeping.import.template')}</Button>
          <Button disabled={exporting} onClick={() => void give()}>{t('keeping.import.export', { kind: t(`keeping.import.kinds.${kind}`) })}</Button>
        </div>
        <details>
          <summary>{t('keeping.import.columns')}</summary>
          <ul className="column-list">{COLUMNS[kind].map((each) => <li className="chip" key={each}>{each}</li>)}</ul>
        </details>
        {failure && <FailureNotice failure={failure} />}
        {partly && <p className="warned" role="status">{t('keeping.import.partly')}</p>}
        {reading && <p role="status">{t('keeping.import.reading')}</p>}
        {unreadable && <div role="alert" className="finding finding-error"><strong>{t('keeping.import.unreadable')}</strong> {t('keeping.import.unreadableHelp')}</div>}
      </section>
      {table && <Run key={`${kind}:${table.name}:${table.table.length}`} kind={kind} table={table.table} />}
    </div>
  );
}

type Stage = 'start' | 'checking' | 'checked' | 'saving' | 'saved' | 'undoing' | 'undone';

function Run({ kind, table }: { kind: ImportKind; table: Table }) {
  const { t, language } = useLanguage();
  const client = useMemo(() => new FhirClient(language), [language]);
  const [stage, setStage] = useState<Stage>('start');
  const [done, setDone] = useState(0);
  const [warnings, setWarnings] = useState(false);
  const [result, setResult] = useState<ImportResult>();
  const [undone, setUndone] = useState<{ undone: number; kept: number }>();
  const [failure, setFailure] = useState<FhirFailure>();
  const all = Math.max(0, table.length - 1);

  const run = async (preview: boolean, accept = warnings) => {
    setStage(preview ? 'checking' : 'saving');
    setDone(0);
    setFailure(undefined);
    try {
      setResult(await runImport(client, kind, table, { preview, warnings: accept }, setDone));
      setStage(preview ? 'checked' : 'saved');
    } catch (cause) {
      if (!(cause instanceof FhirFailure)) throw cause;
      setFailure(cause);
      setStage('start');
    }
  };
  useEffect(() => void run(true), []);   // looked through as soon as it is chosen
  const undo = async () => {
    setStage('undoing');
    setUndone(await undoImport(client, result?.import ?? '', t('keeping.import.undo')));
    setStage('undone');
  };
  const count = (status: string) => result?.lines.filter((each) => each.status === status).length ?? 0;
  const good = count('good');
  return (
    <section className="card form-section">
      {failure && <FailureNotice failure={failure} />}
      <p className="sums" role="status">
        <span>{t('keeping.import.lines', { n: all })}</span>
        {stage === 'checking' && <span>{t('keeping.import.checking', { done, all })}</span>}
        {stage === 'saving' && <span>{t('keeping.import.saving', { done, all })}</span>}
        {stage === 'undoing' && <span>{t('keeping.import.undoing')}</span>}
        {stage === 'saved' && <span className="status-good">{t('keeping.import.done', { n: good })}</span>}
        {stage === 'undone' && <span>{undone?.kept ? t('keeping.import.undoPartly', { n: undone.undone, m: undone.kept }) : t('keeping.import.undone')}</span>}
        {result && stage === 'checked' && <span className="status-good">{t('keeping.import.good', { n: good })}</span>}
        {result && <span className="status-faulty">{t('keeping.import.faulty', { n: count('faulty') })}</span>}
        {result && <span className="status-there-already">{t('keeping.import.already', { n: count('there-already') })}</span>}
      </p>
      {result && result.unknown.length > 0 && <p className="warned">{t('keeping.import.unknownColumns')}：{result.unknown.join('、')}</p>}
      <label className="check"><input type="checkbox" checked={warnings} disabled={stage !== 'checked'} onChange={(event) => { setWarnings(event.target.checked); void run(true, event.target.checked); }} /><span>{t('keeping.import.warnings')}</span></label>
      <div className="acts">
        {stage === 'start' && failure && <Button onClick={() => void run(true)}>{t('state.retry')}</Button>}
        {stage === 'checked' && <Button type="primary" disabled={good === 0} onClick={() => void run(false)}>{t('keeping.import.save', { n: good })}</Button>}
        {stage === 'saved' && <Button danger onClick={() => void undo()}>{t('keeping.import.undo')}</Button>}
      </div>
      {result && <Lines result={result} heading={table[0] ?? []} />}
    </section>
  );
}

function Lines({ result, heading }: { result: ImportResult; heading: string[] }) {
  const { t } = useLanguage();
  const [only, setOnly] = useState(true);
  const told = result.lines.filter((each) => !only || each.status !== 'good' || each.findings.some((finding) => finding.severity !== 'information'));
  const columns = heading.slice(0, 5);
  return (
    <>
      <label className="check"><input type="checkbox" checked={only} onChange={(event) => setOnly(event.target.checked)} /><span>{t('keeping.import.onlyFaulty')}</span></label>
      {told.length === 0 ? <p className="empty">{t('keeping.import.allGood')}</p> : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t('keeping.import.title')}>
          <table className="import-table">
            <thead><tr><th>{t('keeping.import.line')}</th>{columns.map((each, i) => <th key={i}>{each}</th>)}<th>{t('keeping.import.status')}</th></tr></thead>
            <tbody>
              {told.slice(0, SHOWN).map((line) => (
                <tr key={line.row}>
                  <td className="num">{line.row}</td>
                  {columns.map((_, i) => <td key={i}>{line.texts[i]}</td>)}
                  <td><strong className={`status-${line.status}`}>{t(`keeping.import.statuses.${line.status}`)}</strong><Findings findings={line.findings} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {told.length > SHOWN && <p className="soft">{t('keeping.import.show', { n: SHOWN })}</p>}
    </>
  );
}
