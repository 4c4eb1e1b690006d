// The entries of a resident that can be moved or marked, as rows: plain functions.
import { conceptText, targetOf } from '../fhir/text';
import { parseMoment, type Moment } from '../fhir/time';
import type { Condition, DiagnosticReport, Encounter, Immunization, MedicationRequest, Observation, Procedure, Reference, Resource } from '../fhir/types';
import type { Terms } from '../i18n/terms';
import { observationText } from '../record/model/value';

export const ENTRY_TYPES = ['Encounter', 'Condition', 'AllergyIntolerance', 'MedicationRequest', 'Observation', 'DiagnosticReport', 'Procedure', 'Immunization'] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

// How each type is sorted by time.
export const ENTRY_SORT: Record<EntryType, string> = { Encounter: '-date', Condition: '-recorded-date', AllergyIntolerance: '-date', MedicationRequest: '-authoredon', Observation: '-date', DiagnosticReport: '-date', Procedure: '-date', Immunization: '-date' };

export interface Entry { reference: string; type: EntryType; at?: Moment; title?: string; detail?: string; place?: string; encounter?: string; report?: string; wrong: boolean; movedTo?: string }

interface Any extends Resource {
  status?: string; verificationStatus?: { coding?: { code?: string }[] }; code?: Condition['code']; encounter?: Reference; extension?: { url: string; valueReference?: Reference }[];
  performer?: (Reference & { actor?: Reference })[]; recorder?: Reference; asserter?: Reference; requester?: Reference; recordedDate?: string;
}

function timeOf(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'Encounter': return (resource as Encounter).period?.start;
    case 'Condition': return (resource as Condition).recordedDate ?? (resource as Condition).onsetDateTime;
    case 'MedicationRequest': return (resource as MedicationRequest).authoredOn;
    case 'Procedure': return (resource as Procedure).performedDateTime ?? (resource as Procedure).performedPeriod?.start;
    case 'Immunization': return (resource as Immunization).occurrenceDateTime;
    case 'AllergyIntolerance': return (resource as Any).recordedDate;
    default: return (resource as Observation).effectiveDateTime ?? (resource as DiagnosticReport).issued;
  }
}

export function entryOf(resource: Resource, terms: Terms): Entry {
  const any = resource as Any;
  const type = resource.resourceType as EntryType;
  const concept = type === 'Encounter' ? ((resource as Encounter).type?.[0] ?? (resource as Encounter).reasonCode?.[0])
    : type === 'MedicationRequest' ? (resource as MedicationRequest).medicationCodeableConcept
    : type === 'Immunization' ? (resource as Immunization).vaccineCode : any.code;
  const by = type === 'Encounter' ? (resource as Encounter).serviceProvider : (any.performer?.map((each) => each.actor ?? each)[0] ?? any.recorder ?? any.asserter ?? any.requester);
  return {
    reference: `${type}/${resource.id}`, type, at: parseMoment(timeOf(resource)), title: terms.name(concept) ?? conceptText(concept),
    detail: type === 'Observation' ? observationText(resource as Observation, terms) : undefined,
    place: by?.display, encounter: targetOf(any.encounter),
    wrong: any.status === 'entered-in-error' || (any.verificationStatus?.coding?.some((each) => each.code === 'entered-in-error') ?? false),
    movedTo: targetOf(any.extension?.find((each) => each.url === 'urn:witmed:ext:moved-to')?.valueReference),
  };
}

// What is to be asked of the server, in order: a visit takes along what hangs on it, so that is not asked for by itself.
export function toMove(chosen: Entry[]): { ask: Entry[]; along: Entry[] } {
  const visits = new Set(chosen.filter((each) => each.type === 'Encounter').map((each) => each.reference));
  const along = chosen.filter((each) => each.encounter !== undefined && visits.has(each.encounter));
  const rank = (each: Entry) => (each.type === 'Encounter' ? 0 : each.type === 'DiagnosticReport' ? 1 : 2);
  return { ask: chosen.filter((each) => !along.includes(each)).sort((a, b) => rank(a) - rank(b)), along };
}
