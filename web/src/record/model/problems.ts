// Problems: diagnoses of one code joined over visits and institutions.
import { codeOf, conceptKey } from '../../fhir/text';
import { parseMoment, type Moment } from '../../fhir/time';
import type { Condition } from '../../fhir/types';
import type { Terms } from '../../i18n/terms';
import type { Directory } from './directory';

export interface Problem {
  key: string;
  name: string;
  code?: string;
  chronic: boolean;
  active: boolean;
  since?: Moment;        // first onset written anywhere
  last?: Moment;         // last time it was written
  times: number;
  source?: string;       // who wrote it last: the institution, else the person
  conditions: Condition[];
}

// ICD-10 categories followed for years: the chronic diseases of the national basic public health services, and the
// others a visiting doctor must not miss.
const CHRONIC = /^(I1[0-5]|E1[0-4]|J4[1-5]|I2[05]|I4[89]|I50|I6[0-9]|N18|C[0-9]{2}|F2[0-9]|B18|K74|M0[56]|G20|G40|E0[35]|M1[07]|M81|A1[5-9]|N40|E78)/;

export const isChronic = (code: string | undefined) => code !== undefined && CHRONIC.test(code);

function isActive(condition: Condition): boolean {
  if (condition.abatementDateTime) return false;
  const status = codeOf(condition.clinicalStatus);
  return status === undefined || status === 'active' || status === 'recurrence' || status === 'relapse';
}

export const conditionMoment = (condition: Condition) =>
  parseMoment(condition.onsetDateTime) ?? parseMoment(condition.recordedDate);

export const isRefuted = (condition: Condition) =>
  ['refuted', 'entered-in-error'].includes(codeOf(condition.verificationStatus) ?? '');

export function problemsOf(conditions: Condition[], directory: Directory, terms: Terms): Problem[] {
  const problems = new Map<string, Problem>();
  for (const condition of conditions) {
    const key = conceptKey(condition.code);
    if (key === undefined || isRefuted(condition)) continue;
    const since = conditionMoment(condition);
    const last = parseMoment(condition.recordedDate) ?? since;
    const authors = [condition.recorder, condition.asserter];
    const source = directory.institution(authors, condition.encounter) ?? directory.author(authors);
    const problem = problems.get(key);
    if (!problem) {
      const code = codeOf(condition.code);
      problems.set(key, {
        key, name: terms.name(condition.code) ?? key, code, chronic: isChronic(code), active: isActive(condition),
        since, last, times: 1, source, conditions: [condition],
      });
      continue;
    }
    problem.times += 1;
    problem.conditions.push(condition);
    // A chronic disease stays active while any entry says so; an acute one is as its last entry says.
    const newer = last !== undefined && (!problem.last || last.ms >= problem.last.ms);
    if (problem.chronic) problem.active ||= isActive(condition);
    else if (newer) problem.active = isActive(condition);
    if (since && (!problem.since || since.ms < problem.since.ms)) problem.since = since;
    if (newer) {
      problem.last = last;
      problem.source = source ?? problem.source;
    }
  }
  const rank = (problem: Problem) => (problem.active ? 0 : 2) + (problem.chronic ? 0 : 1);
  return [...problems.values()].sort((a, b) => rank(a) - rank(b) || (b.last?.ms ?? 0) - (a.last?.ms ?? 0));
}
