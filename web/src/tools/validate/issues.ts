// What $validate says of a resource, with the place of each issue in the text that was sent.
import type { OperationOutcome } from '../../fhir/types';
import { locate, offsetOf, placeOf, rangeAt, type JsonNode } from '../json';

export type Severity = 'error' | 'warning' | 'information';
export interface Problem {
  key: string;
  severity: Severity;
  text: string;
  rule?: string;       // which rule said so
  path?: string;       // FHIRPath of the place
  place?: { start: number; end: number; line: number; column: number };
}

const severityOf = (said: string | undefined): Severity => (said === 'warning' || said === 'information' ? said : 'error');
const RANK: Record<Severity, number> = { error: 0, warning: 1, information: 2 };

// By the place in the text first: who mends goes from top to bottom. "All is well" is no problem.
export function problemsOf(outcome: OperationOutcome, text: string, root: JsonNode): Problem[] {
  const list = (outcome.issue ?? []).filter((each) => each.code !== 'informational' || each.severity !== 'information').map((each, i): Problem => {
    const [line, column] = (/line (\d+), column (\d+)/.exec(each.location?.[0] ?? '') ?? []).slice(1).map(Number);
    const path = each.expression?.[0];
    const wide = path !== undefined ? locate(root, path) : undefined;
    const offset = line !== undefined && column !== undefined ? offsetOf(text, line, column) : undefined;
    // A place within the element is closer than the element: a property that it has not.
    const close = offset !== undefined && (!wide || (offset > wide.start && offset < wide.end)) ? rangeAt(root, offset) : undefined;
    const found = close ?? wide;
    const start = found?.start ?? offset;
    return {
      key: `${i}`, severity: severityOf(each.severity), text: each.details?.text ?? each.diagnostics ?? each.code ?? '', rule: each.details?.coding?.[0]?.code, path,
      place: start === undefined ? undefined : { start, end: found?.end ?? start + 1, ...placeOf(text, start) },
    };
  });
  return list.sort((a, b) => (a.place?.start ?? 0) - (b.place?.start ?? 0) || RANK[a.severity] - RANK[b.severity]);
}

export const countOf = (problems: Problem[], severity: Severity) => problems.filter((each) => each.severity === severity).length;
