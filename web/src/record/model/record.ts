// The whole of one resident's record, as the pages show it, made in one go from what $everything answers.
import { inOne } from '../../app/slices';
import { codeOf, conceptKey, isSynthetic } from '../../fhir/text';
import { parseMoment, type Moment } from '../../fhir/time';
import type { AllergyIntolerance, CareTeam, Condition, Immunization, MedicationRequest, Observation, Patient, Resource } from '../../fhir/types';
import type { Terms } from '../../i18n/terms';
import { Directory } from './directory';
import type { Event } from './event';
import { EventBuilder, type EventWords } from './events';
import { MedicineNames, medicinesOf, type Medicine } from './medicines';
import { problemsOf, type Problem } from './problems';
import { seriesOf, type Series } from './series';
import { sourceName, sourcesOf, type Source } from './sources';
import { observationText } from './value';

export interface Allergy { key: string; name: string; reactions: string[]; severe: boolean; since?: Moment; resource: AllergyIntolerance }
export interface Vaccine { key: string; name: string; doses: Moment[]; last?: Moment; resources: Immunization[] }

export interface ResidentRecord {
  patient: Patient;
  resources: Resource[];
  events: Event[];             // newest first
  series: Series[];
  medicines: Medicine[];
  problems: Problem[];
  allergies: Allergy[];
  noKnownAllergy: boolean;     // somebody asked and wrote "none": not the same as nothing written
  vaccines: Vaccine[];
  bloodGroup?: string;
  contract?: { institution?: string; doctor?: string; since?: Moment };
  institutions: { name: string; count: number }[];   // most entries first
  sources: Source[];
  synthetic: boolean;
}

// "No known allergy" as SNOMED CT and FHIR's own examples write it.
const NO_ALLERGY = new Set(['716186003', '409137002', 'no-known-allergy']);
const BLOOD_GROUP = ['882-1', '883-9', '34530-6'];

function of<T extends Resource>(resources: Resource[], type: string): T[] {
  return resources.filter((resource) => resource.resourceType === type) as T[];
}

function allergiesOf(resources: Resource[], terms: Terms) {
  const allergies: Allergy[] = [];
  let none = false;
  for (const resource of of<AllergyIntolerance>(resources, 'AllergyIntolerance')) {
    const status = codeOf(resource.clinicalStatus);
    const verified = codeOf(resource.verificationStatus);
    if (status === 'resolved' || verified === 'refuted' || verified === 'entered-in-error') continue;
    if (NO_ALLERGY.has(codeOf(resource.code) ?? '')) {
      none = true;
      continue;
    }
    const reactions = (resource.reaction ?? []).flatMap((each) => (each.manifestation ?? []).map((sign) => terms.name(sign)).filter((text) => text !== undefined));
    allergies.push({
      key: resource.id ?? '', name: terms.name(resource.code) ?? '', reactions,
      severe: resource.criticality === 'high' || (resource.reaction ?? []).some((each) => each.severity === 'severe'),
      since: parseMoment(resource.onsetDateTime ?? resource.recordedDate), resource,
    });
  }
  allergies.sort((a, b) => Number(b.severe) - Number(a.severe));
  return { allergies, noKnownAllergy: none && allergies.length === 0 };
}

function vaccinesOf(resources: Resource[], terms: Terms): Vaccine[] {
  const groups = new Map<string, Vaccine>();
  for (const given of of<Immunization>(resources, 'Immunization')) {
    if (given.status !== undefined && given.status !== 'completed') continue;
    const key = conceptKey(given.vaccineCode);
    if (key === undefined) continue;
    const at = parseMoment(given.occurrenceDateTime);
    const vaccine = groups.get(key) ?? { key, name: terms.name(given.vaccineCode) ?? key, doses: [], resources: [] };
    groups.set(key, vaccine);
    vaccine.resources.push(given);
    if (at) vaccine.doses.push(at);
  }
  for (const vaccine of groups.values()) {
    vaccine.doses.sort((a, b) => a.ms - b.ms);
    vaccine.last = vaccine.doses.at(-1);
  }
  return [...groups.values()].sort((a, b) => (b.last?.ms ?? 0) - (a.last?.ms ?? 0));
}

function bloodGroupOf(observations: Observation[], terms: Terms): string | undefined {
  for (const code of BLOOD_GROUP) {
    const found = observations.find((each) => codeOf(each.code) === code);
    if (found) return observationText(found, terms);
  }
  return undefined;
}

// The family-doctor contract: an active care team that names the institution answering for the resident.
function contractOf(resources: Resource[], directory: Directory): ResidentRecord['contract'] {
  const teams = of<CareTeam>(resources, 'CareTeam').filter((team) => team.status === undefined || team.status === 'active');
  const team = teams.sort((a, b) => ((a.period?.start ?? '') < (b.period?.start ?? '') ? 1 : -1))[0];
  if (!team) return undefined;
  const members = (team.participant ?? []).map((each) => each.member);
  const doctor = members.find((member) => member?.reference?.includes('Practitioner'));
  return {
    institution: directory.institution([...(team.managingOrganization ?? []), ...members]) ?? team.name,
    doctor: directory.nameOf(doctor),
    since: parseMoment(team.period?.start),
  };
}

function institutionsOf(events: Event[]) {
  const counts = new Map<string, number>();
  for (const event of events) if (event.institution) counts.set(event.institution, (counts.get(event.institution) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

// The same record with only what one institution wrote (`undefined`: what names none). Names are known from the whole.
export function onlyFrom(record: ResidentRecord, institution: string | undefined, terms: Terms, words: EventWords, now: number): ResidentRecord {
  const directory = new Directory(record.resources);
  const own = record.resources.filter((resource) => resource.resourceType === 'Patient' || sourceName(resource, directory) === institution);
  return inOne(buildRecord(record.patient, own, terms, words, now, directory));
}

export function* buildRecord(patient: Patient, resources: Resource[], terms: Terms, words: EventWords, now: number, known?: Directory): Generator<void, ResidentRecord> {
  const directory = known ?? new Directory(resources);
  yield;
  const names = new MedicineNames(resources);
  const observations = of<Observation>(resources, 'Observation').filter((each) => each.status !== 'entered-in-error' && each.status !== 'cancelled');
  const requests = of<MedicationRequest>(resources, 'MedicationRequest').filter((each) => each.status !== 'entered-in-error');
  const events = yield* new EventBuilder(directory, names, terms, words).build(resources);
  const series = yield* seriesOf(observations, terms);
  yield;
  const medicines = medicinesOf(requests, names, directory, terms, now);
  yield;
  const sources = yield* sourcesOf(resources, directory);
  return {
    patient, resources, events, series, medicines,
    problems: problemsOf(of<Condition>(resources, 'Condition'), directory, terms),
    ...allergiesOf(resources, terms),
    vaccines: vaccinesOf(resources, terms),
    bloodGroup: bloodGroupOf(observations, terms),
    contract: contractOf(resources, directory),
    institutions: institutionsOf(events),
    sources,
    synthetic: isSynthetic(patient.meta?.tag),
  };
}
