// An import, piece by piece: the table is sent in parts of one import number, so that a long one shows its progress and
// every part is one act that can be undone.
import type { FhirClient } from '../fhir/client';
import type { Resource } from '../fhir/types';
import { plainCsv, type Table } from './csv';
import { findingsOf, type Finding } from './form';
import type { Provenance } from './kept';
import { named, parameters, textOf, type Parameter, type Parameters } from './parameters';

export type ImportKind = 'Patient' | 'Organization' | 'Practitioner';
export type LineStatus = 'good' | 'faulty' | 'there-already';
export interface Line { row: number; status: LineStatus; findings: Finding[]; texts: string[] }
export interface ImportResult { import?: string; lines: Line[]; unknown: string[] }

const PIECE = 100;   // rows at once

export async function runImport(client: FhirClient, kind: ImportKind, table: Table, options: { preview: boolean; warnings: boolean }, progress: (done: number) => void, signal?: AbortSignal): Promise<ImportResult> {
  const [heading = [], ...rows] = table;
  const result: ImportResult = { lines: [], unknown: [] };
  for (let at = 0; at < rows.length; at += PIECE) {
    const piece = rows.slice(at, at + PIECE);
    const list: Parameter[] = [{ name: 'csv', valueString: plainCsv([heading, ...piece]) }];
    if (options.preview) list.push({ name: 'preview', valueBoolean: true });
    if (options.warnings) list.push({ name: 'accept-warnings', valueBoolean: true });
    if (result.import) list.push({ name: 'import', valueString: result.import });
    const answer = await client.post<Parameters>(`/${kind}/$import`, parameters(list), signal);
    result.import ??= textOf(answer.parameter, 'import');
    if (at === 0) result.unknown = named(answer.parameter, 'column-unknown').map((each) => each.valueString ?? '');
    // Lines come in the order of the rows.
    named(answer.parameter, 'line').forEach(({ part }, i) => result.lines.push({ row: at + i + 2, status: (textOf(part, 'status') ?? 'faulty') as LineStatus, findings: findingsOf(part), texts: piece[i] ?? [] }));
    progress(Math.min(at + PIECE, rows.length));
  }
  return result;
}

// Takes back every part, the last first; parts that have changed since stay.
export async function undoImport(client: FhirClient, number: string, reason: string): Promise<{ undone: number; kept: number }> {
  const { resources } = await client.all(`/Provenance?_tag=${encodeURIComponent(`urn:witmed:import|${number}`)}&_sort=-recorded&_count=200`, 2000);
  let undone = 0, kept = 0;
  for (const act of resources as Provenance[]) {
    try {
      await client.post<Resource>(`/Provenance/${act.id}/$undo`, parameters([{ name: 'reason', valueString: reason }]));
      undone++;
    } catch {
      kept++;
    }
  }
  return { undone, kept };
}
