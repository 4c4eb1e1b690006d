// Who wrote what: from references to the name of an institution.
import { humanName, targetOf } from '../../fhir/text';
import { authorsOf } from './sources';
import type { Encounter, Organization, Practitioner, PractitionerRole, Reference, Resource } from '../../fhir/types';

export class Directory {
  private readonly names = new Map<string, string>();
  private readonly workplaces = new Map<string, Reference>();
  private readonly encounters = new Map<string, Encounter>();

  constructor(resources: Resource[]) {
    for (const resource of resources) this.add(resource);
    for (const resource of resources) for (const author of authorsOf(resource)) this.hear(author);
  }

  // One entry that writes the institution's name beside the reference tells it for all.
  private hear(reference: Reference) {
    const target = targetOf(reference);
    if (target?.startsWith('Organization/') && reference.display && !this.names.has(target)) this.names.set(target, reference.display);
  }

  private add(resource: Resource) {
    const key = `${resource.resourceType}/${resource.id}`;
    switch (resource.resourceType) {
      case 'Organization': {
        const name = (resource as Organization).name;
        if (name) this.names.set(key, name);
        break;
      }
      case 'Practitioner': {
        const name = humanName((resource as Practitioner).name);
        if (name) this.names.set(key, name);
        break;
      }
      case 'PractitionerRole': {
        const role = resource as PractitionerRole;
        const person = targetOf(role.practitioner);
        if (!role.organization) break;
        this.workplaces.set(key, role.organization);
        if (person) this.workplaces.set(person, role.organization);
        break;
      }
      case 'Encounter':
        this.encounters.set(key, resource as Encounter);
        break;
    }
  }

  nameOf(reference: Reference | undefined): string | undefined {
    const target = targetOf(reference);
    return (target && this.names.get(target)) ?? reference?.display;
  }

  encounter(reference: Reference | undefined): Encounter | undefined {
    const target = targetOf(reference);
    return target ? this.encounters.get(target) : undefined;
  }

  // The person who wrote an entry, for where no institution is known.
  author(authors: (Reference | undefined)[]): string | undefined {
    for (const author of authors) {
      const name = this.nameOf(author);
      if (name) return name;
    }
    return undefined;
  }

  // The institution that answers for an entry: the one named as its author, else where its author works, else the
  // one of the visit it was written in.
  institution(authors: (Reference | undefined)[], encounter?: Reference): string | undefined {
    for (const author of authors) {
      const target = targetOf(author);
      if (target?.startsWith('Organization/')) return this.nameOf(author);
    }
    const visit = this.encounter(encounter);
    const provider = visit && this.nameOf(visit.serviceProvider);
    if (provider) return provider;
    for (const author of authors) {
      const target = targetOf(author);
      const place = target && this.workplaces.get(target);
      if (place) return this.nameOf(place);
    }
    return undefined;
  }
}
