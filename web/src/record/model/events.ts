// From resources to the entries of the timeline. What belongs together is one entry: the vital signs of one visit,
// the results of one report.
import { conceptKey, conceptText, targetOf } from '../../fhir/text';
import { parseMoment, type Moment } from '../../fhir/time';
import type {
  CarePlan, CodeableConcept, Condition, DiagnosticReport, Encounter, Immunization, MedicationRequest, Observation, Procedure, Reference, Resource,
} from '../../fhir/types';
import type { Terms } from '../../i18n/terms';
import type { Directory } from './directory';
import { compareEvents, type Event, type Kind } from './event';
import { flagOf, graver, isOutside, type Flag } from './flag';
import { supplyEnd, type MedicineNames } from './medicines';
import { conditionMoment, isRefuted } from './problems';
import { isVital, momentOf } from './series';
import { observationText } from './value';

// Titles for what carries no name of its own.
export interface EventWords { visit: string; vitals: string; result: string; report: string; plan: string; ambulatory: string; inpatient: string; emergency: string; home: string; virtual: string; dose: (n: string) => string; outside: (n: number, of: number) => string }

const CLASS_WORD: Record<string, keyof EventWords> = { AMB: 'ambulatory', IMP: 'inpatient', ACUTE: 'inpatient', EMER: 'emergency', HH: 'home', VR: 'virtual' };

export function observationFlag(observation: Observation): Flag {
  let flag = flagOf(observation);
  if (observation.valueQuantity === undefined && observation.component?.length) {
    flag = 'within';
    for (const part of observation.component) flag = graver(flag, flagOf(part));
  }
  return flag;
}

export class EventBuilder {
  private readonly events: Event[] = [];
  private readonly observations = new Map<string, Observation>();
  private readonly reported = new Set<string>();
  private readonly vitals = new Map<string, Event>();

  constructor(
    private readonly directory: Directory,
    private readonly names: MedicineNames,
    private readonly terms: Terms,
    private readonly words: EventWords,
  ) {}

  *build(resources: Resource[]): Generator<void, Event[]> {
    for (const resource of resources) {
      if (resource.resourceType === 'Observation') this.observations.set(`Observation/${resource.id}`, resource as Observation);
    }
    for (const resource of resources) {
      if (resource.resourceType !== 'DiagnosticReport') continue;
      this.report(resource as DiagnosticReport);
      yield;
    }
    for (const resource of resources) {
      this.one(resource);
      yield;
    }
    return this.events.sort(compareEvents);
  }

  private one(resource: Resource) {
    switch (resource.resourceType) {
      case 'Encounter': return this.encounter(resource as Encounter);
      case 'Condition': return this.condition(resource as Condition);
      case 'Observation': return this.observation(resource as Observation);
      case 'MedicationRequest': return this.medicine(resource as MedicationRequest);
      case 'Procedure': return this.procedure(resource as Procedure);
      case 'Immunization': return this.immunisation(resource as Immunization);
      case 'CarePlan': return this.plan(resource as CarePlan);
    }
  }

  private add(kind: Kind, at: Moment | undefined, resource: Resource, authors: (Reference | undefined)[], encounter: Reference | undefined, rest: { title: string; detail?: string; flag?: Flag; end?: number }): Event | undefined {
    if (!at) return undefined;
    const event: Event = {
      key: `${resource.resourceType}/${resource.id}`, kind, at, flag: 'unknown',
      institution: this.directory.institution(authors, encounter), resources: [resource], ...rest,
    };
    this.events.push(event);
    return event;
  }

  private name(concept: CodeableConcept | undefined): string | undefined {
    return this.terms.name(concept);
  }

  private encounter(visit: Encounter) {
    if (visit.status === 'entered-in-error' || visit.status === 'cancelled') return;
    const at = parseMoment(visit.period?.start);
    const word = CLASS_WORD[visit.class?.code ?? ''];
    const sort = word ? (this.words[word] as string) : visit.class?.display;
    const type = this.name(visit.type?.[0]) ?? this.name(visit.serviceType);
    const title = [sort, type].filter((text, i, all) => text && all.findIndex((each) => each?.toLowerCase() === text.toLowerCase()) === i).join(' · ') || this.words.visit;
    const reasons = (visit.reasonCode ?? []).map((reason) => this.name(reason)).filter(Boolean);
    const people = (visit.participant ?? []).map((each) => this.directory.nameOf(each.individual)).filter(Boolean);
    const detail = [reasons.join('、'), people.join('、')].filter(Boolean).join(' · ') || undefined;
    this.add('visit', at, visit, [visit.serviceProvider], undefined, { title, detail, end: parseMoment(visit.period?.end)?.ms });
  }

  private condition(condition: Condition) {
    if (isRefuted(condition)) return;
    const at = parseMoment(condition.recordedDate) ?? conditionMoment(condition);
    this.add('diagnosis', at, condition, [condition.recorder, condition.asserter], condition.encounter, {
      title: this.name(condition.code) ?? '', detail: condition.code?.coding?.[0]?.code,
    });
  }

  private report(report: DiagnosticReport) {
    if (report.status === 'entered-in-error' || report.status === 'cancelled') return;
    const members: Observation[] = [];
    for (const reference of report.result ?? []) {
      const target = targetOf(reference);
      const member = target ? this.observations.get(target) : undefined;
      if (!target || !member) continue;
      members.push(member);
      this.reported.add(target);
    }
    const at = parseMoment(report.effectiveDateTime ?? report.effectivePeriod?.start ?? report.issued) ?? (members[0] && momentOf(members[0]));
    const flags = members.map(observationFlag);
    const outside = flags.filter(isOutside).length;
    const texts = members.map((member, i) => ({ text: this.observationLine(member), out: isOutside(flags[i]!) }));
    texts.sort((a, b) => Number(b.out) - Number(a.out));
    const event = this.add('result', at, report, report.performer ?? [], report.encounter, {
      title: this.name(report.code) ?? this.words.report,
      detail: [members.length > 0 ? this.words.outside(outside, members.length) : '', report.conclusion ?? '', ...texts.slice(0, 6).map((each) => each.text)].filter(Boolean).join(' · '),
      flag: flags.length > 0 ? flags.reduce(graver) : 'unknown',
    });
    event?.resources.push(...members);
  }

  private observationLine(observation: Observation): string {
    return `${this.name(observation.code) ?? ''} ${observationText(observation, this.terms) ?? ''}`.trim();
  }

  private observation(observation: Observation) {
    if (observation.status === 'entered-in-error' || observation.status === 'cancelled') return;
    if (this.reported.has(`Observation/${observation.id}`)) return;
    const at = momentOf(observation);
    const flag = observationFlag(observation);
    if (!isVital(observation)) {
      this.add('result', at, observation, observation.performer ?? [], observation.encounter, {
        title: this.name(observation.code) ?? this.words.result, detail: observationText(observation, this.terms), flag,
      });
      return;
    }
    if (!at) return;
    const group = `${observation.encounter?.reference ?? ''}@${observation.encounter ? at.day : `${at.day}T${at.clock ?? ''}`}`;
    const together = this.vitals.get(group);
    if (!together) {
      const event = this.add('vital', at, observation, observation.performer ?? [], observation.encounter, {
        title: this.words.vitals, detail: this.observationLine(observation), flag,
      });
      if (event) this.vitals.set(group, event);
      return;
    }
    together.resources.push(observation);
    together.detail = `${together.detail} · ${this.observationLine(observation)}`;
    together.flag = graver(together.flag, flag);
  }

  private medicine(request: MedicationRequest) {
    if (request.status === 'entered-in-error') return;
    const at = parseMoment(request.authoredOn);
    const concept = this.names.conceptOf(request);
    this.add('medicine', at, request, [request.requester], request.encounter, {
      title: this.name(concept) ?? conceptKey(concept) ?? '', detail: request.dosageInstruction?.[0]?.text,
      end: at && supplyEnd(request, at.ms),
    });
  }

  private procedure(procedure: Procedure) {
    if (procedure.status === 'entered-in-error' || procedure.status === 'not-done') return;
    const at = parseMoment(procedure.performedDateTime ?? procedure.performedPeriod?.start);
    this.add('procedure', at, procedure, (procedure.performer ?? []).map((each) => each.actor), procedure.encounter, {
      title: this.name(procedure.code) ?? '', end: parseMoment(procedure.performedPeriod?.end)?.ms,
    });
  }

  private immunisation(given: Immunization) {
    if (given.status !== undefined && given.status !== 'completed') return;
    const dose = given.protocolApplied?.[0];
    const number = dose?.doseNumberPositiveInt ?? dose?.doseNumberString;
    this.add('immunisation', parseMoment(given.occurrenceDateTime), given, (given.performer ?? []).map((each) => each.actor), given.encounter, {
      title: this.name(given.vaccineCode) ?? '', detail: number === undefined ? undefined : this.words.dose(String(number)),
    });
  }

  private plan(plan: CarePlan) {
    if (plan.status === 'entered-in-error') return;
    this.add('plan', parseMoment(plan.period?.start ?? plan.created), plan, [plan.author], plan.encounter, {
      title: plan.title ?? conceptText(plan.category?.[0]) ?? this.words.plan, end: parseMoment(plan.period?.end)?.ms,
    });
  }
}
