// The registration form as it is filled in, and what is sent of it. The rules are the server's; nothing is judged here.
import type { OperationOutcome, Patient } from '../fhir/types';
import { first, named, partsParameter, textOf, textParameter, type Parameter, type Parameters } from './parameters';

export const DOCUMENT_KINDS = ['resident-id', 'household-book', 'birth-certificate', 'passport', 'hk-macao-permit', 'taiwan-permit', 'hmt-residence', 'foreign-residence'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
export type Answer = 'not-asked' | 'none' | 'yes';

export interface DocumentRow { kind: DocumentKind; number: string; validUntil: string }
export interface ContactRow { name: string; relationship: string; phone: string }
export interface FormState {
  unknown: boolean;
  description: string;
  documents: DocumentRow[];
  name: string;
  sex: string;
  birth: string;
  lunar: boolean;
  nationality: string;
  phone: string;
  address: string;
  village: string;
  grid: string;
  household: string;
  householdRole: string;
  contact: ContactRow;
  allergies: Answer;
  allergyText: string;
  history: Answer;
  historyText: string;
  consent: 'not-asked' | 'given' | 'refused';
}

export const emptyForm = (): FormState => ({
  unknown: false, description: '', documents: [{ kind: 'resident-id', number: '', validUntil: '' }], name: '', sex: '', birth: '', lunar: false, nationality: '',
  phone: '', address: '', village: '', grid: '', household: '', householdRole: '', contact: { name: '', relationship: '', phone: '' },
  allergies: 'not-asked', allergyText: '', history: 'not-asked', historyText: '', consent: 'not-asked',
});

// What people write between items of a list.
const items = (text: string) => text.split(/[、，,；;\n]/).map((each) => each.trim()).filter((each) => each !== '');

export function formParameters(form: FormState): Parameter[] {
  const list: Parameter[] = [];
  const text = (name: string, value: string) => list.push(...textParameter(name, value));
  if (form.unknown) list.push({ name: 'unknown-person', valueBoolean: true });
  text('description', form.unknown ? form.description : '');
  text('name', form.name);
  text('sex', form.sex);
  text(form.lunar ? 'birth-date-told' : 'birth-date', form.birth);
  for (const each of form.documents) {
    if (each.number.trim() !== '') list.push(...partsParameter('document', { kind: each.kind, number: each.number, 'valid-until': each.validUntil }));
  }
  text('nationality', form.nationality);
  for (const phone of items(form.phone)) text('phone', phone);
  text('address', form.address);
  text('village', form.village);
  text('grid', form.grid);
  text('household', form.household);
  text('household-role', form.householdRole);
  list.push(...partsParameter('contact', { ...form.contact }));
  text('allergies', form.allergies === 'not-asked' ? '' : form.allergies);
  if (form.allergies === 'yes') for (const substance of items(form.allergyText)) list.push(...partsParameter('allergy', { substance }));
  text('past-diseases', form.history === 'not-asked' ? '' : form.history);
  if (form.history === 'yes') for (const disease of items(form.historyText)) list.push(...partsParameter('history', { disease }));
  text('consent', form.consent === 'not-asked' ? '' : form.consent);
  return list;
}

export type Severity = 'error' | 'warning' | 'information';
export interface Finding { severity: Severity; rule: string; field: string; zh: string; en: string }
export interface Candidate { patient: Patient; score: number; certain: boolean; age: string; reasons: string[] }
export interface Preview { findings: Finding[]; candidates: Candidate[]; birthDate?: string; age?: string }

export function findingsOf(list: Parameter[] | undefined): Finding[] {
  return named(list, 'finding').map(({ part }) => ({
    severity: (textOf(part, 'severity') ?? 'error') as Severity,
    rule: textOf(part, 'rule') ?? '', field: textOf(part, 'field') ?? '', zh: textOf(part, 'zh') ?? '', en: textOf(part, 'en') ?? '',
  }));
}

export function readPreview(answer: Parameters): Preview {
  const list = answer.parameter;
  const candidates = named(list, 'candidate').map(({ part }) => ({
    patient: first(part, 'resident')?.resource as Patient,
    score: first(part, 'score')?.valueInteger ?? 0,
    certain: first(part, 'certain')?.valueBoolean ?? false,
    age: textOf(part, 'age') ?? '',
    reasons: named(part, 'reason').map((each) => each.valueCode ?? ''),
  }));
  return { findings: findingsOf(list), candidates, birthDate: textOf(list, 'birth-date'), age: textOf(list, 'age') };
}

// The same out of a refusal.
export function outcomeFindings(outcome: OperationOutcome | undefined): Finding[] {
  return (outcome?.issue ?? []).map((issue) => ({
    severity: issue.severity === 'warning' ? 'warning' : 'error',
    rule: issue.details?.coding?.[0]?.code ?? '', field: issue.expression?.[0] ?? '',
    zh: issue.details?.text ?? '', en: issue.diagnostics ?? issue.details?.text ?? '',
  }));
}
