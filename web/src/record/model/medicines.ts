// Medicines over time: requests of one medicine joined into courses.
import { parseMoment, DAY } from '../../fhir/time';
import { conceptKey, targetOf } from '../../fhir/text';
import type { CodeableConcept, Medication, MedicationRequest, Quantity, Resource } from '../../fhir/types';
import type { Terms } from '../../i18n/terms';
import type { Directory } from './directory';

// What can be said today. `taking`: prescribed and the supply lasts; `runOut`: prescribed, but the supply has ended;
// `ended`: stopped or completed; `unclear`: prescribed, and nobody wrote for how long.
export type Intake = 'taking' | 'runOut' | 'ended' | 'unclear';

export interface Course {
  from: number;
  to: number;            // equals `from` when the length is not recorded
  measured: boolean;     // whether the length is recorded
  requests: number;
  institutions: string[];
  dosage?: string;
}
export interface Medicine {
  key: string;
  name: string;
  courses: Course[];     // oldest first
  intake: Intake;
  dosage?: string;
  requests: MedicationRequest[];  // oldest first
}

const GAP = 14 * DAY;    // a refill fetched within two weeks continues the course
const UNIT_DAYS: Record<string, number> = { d: 1, day: 1, wk: 7, week: 7, mo: 30, month: 30, a: 365, '天': 1, '日': 1, '周': 7, '月': 30 };

function durationMs(quantity: Quantity | undefined): number | undefined {
  if (quantity?.value === undefined) return undefined;
  const days = UNIT_DAYS[quantity.code ?? ''] ?? UNIT_DAYS[quantity.unit ?? ''];
  return days && quantity.value * days * DAY;
}

// Until when a request supplies; undefined when it does not say.
export function supplyEnd(request: MedicationRequest, from: number): number | undefined {
  const dispense = request.dispenseRequest;
  const repeat = request.dosageInstruction?.[0]?.timing?.repeat;
  const supply = durationMs(dispense?.expectedSupplyDuration);
  if (supply !== undefined) return from + supply * (1 + (dispense?.numberOfRepeatsAllowed ?? 0));
  const until = parseMoment(repeat?.boundsPeriod?.end ?? dispense?.validityPeriod?.end);
  if (until) return until.ms;
  const bounds = durationMs(repeat?.boundsDuration);
  return bounds === undefined ? undefined : from + bounds;
}

function intakeOf(last: MedicationRequest, course: Course, now: number): Intake {
  if (last.status !== 'active' && last.status !== 'unknown' && last.status !== undefined) return 'ended';
  if (!course.measured) return 'unclear';
  return course.to + DAY >= now ? 'taking' : 'runOut';
}

function coursesOf(requests: MedicationRequest[], directory: Directory): Course[] {
  const courses: Course[] = [];
  for (const request of requests) {
    const from = parseMoment(request.authoredOn)?.ms;
    if (from === undefined) continue;
    const end = supplyEnd(request, from);
    const institution = directory.institution([request.requester], request.encounter);
    const dosage = request.dosageInstruction?.[0]?.text;
    const open = courses.at(-1);
    if (open && from <= open.to + GAP && open.dosage === dosage) {
      open.to = Math.max(open.to, end ?? from);
      open.measured = end !== undefined;
      open.requests += 1;
      if (institution && !open.institutions.includes(institution)) open.institutions.push(institution);
    } else {
      courses.push({ from, to: end ?? from, measured: end !== undefined, requests: 1, institutions: institution ? [institution] : [], dosage });
    }
  }
  return courses;
}

const ORDER: Intake[] = ['taking', 'unclear', 'runOut', 'ended'];

export class MedicineNames {
  private readonly codes = new Map<string, CodeableConcept>();
  constructor(resources: Resource[]) {
    for (const resource of resources) {
      const code = resource.resourceType === 'Medication' ? (resource as Medication).code : undefined;
      if (code) this.codes.set(`Medication/${resource.id}`, code);
    }
  }
  conceptOf(request: MedicationRequest): CodeableConcept | undefined {
    if (request.medicationCodeableConcept) return request.medicationCodeableConcept;
    const target = targetOf(request.medicationReference);
    return (target && this.codes.get(target)) || (request.medicationReference?.display ? { text: request.medicationReference.display } : undefined);
  }
}

export function medicinesOf(requests: MedicationRequest[], names: MedicineNames, directory: Directory, terms: Terms, now: number): Medicine[] {
  const groups = new Map<string, MedicationRequest[]>();
  for (const request of requests) {
    const key = conceptKey(names.conceptOf(request));
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(request);
    else groups.set(key, [request]);
  }
  const medicines: Medicine[] = [];
  for (const [key, group] of groups) {
    group.sort((a, b) => ((a.authoredOn ?? '') < (b.authoredOn ?? '') ? -1 : 1));
    const last = group.at(-1)!;
    const courses = coursesOf(group, directory);
    const course = courses.at(-1);
    medicines.push({
      key,
      name: terms.name(names.conceptOf(last)) ?? key,
      courses,
      intake: course ? intakeOf(last, course, now) : 'unclear',
      dosage: last.dosageInstruction?.[0]?.text,
      requests: group,
    });
  }
  const end = (medicine: Medicine) => medicine.courses.at(-1)?.to ?? 0;
  return medicines.sort((a, b) => ORDER.indexOf(a.intake) - ORDER.indexOf(b.intake) || end(b) - end(a));
}
