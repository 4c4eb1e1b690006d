// The FHIR R4 resources as these pages read them: only the fields used here. Everything is optional, because a
// record from outside may lack anything, and what is absent must be shown as not recorded.

export interface Coding { system?: string; code?: string; display?: string }
export interface CodeableConcept { coding?: Coding[]; text?: string }
export interface Reference { reference?: string; display?: string }
export interface Extension { url: string; valueString?: string; valueCode?: string; valueReference?: Reference; valueCodeableConcept?: CodeableConcept }
export interface Period { start?: string; end?: string }
export interface Quantity { value?: number; unit?: string; code?: string; comparator?: string }
export interface Identifier { system?: string; value?: string; type?: CodeableConcept; use?: string; period?: Period }
export interface HumanName { text?: string; family?: string; given?: string[]; use?: string; period?: Period }
export interface Address { text?: string; state?: string; city?: string; district?: string; line?: string[]; use?: string; period?: Period; extension?: Extension[] }
export interface ContactPoint { system?: string; value?: string; use?: string }
export interface Annotation { text?: string }

export interface Resource {
  resourceType: string;
  id?: string;
  meta?: { versionId?: string; lastUpdated?: string; source?: string; tag?: Coding[] };
}

export interface Patient extends Resource {
  name?: HumanName[];
  gender?: string;
  birthDate?: string;
  deceasedBoolean?: boolean;
  deceasedDateTime?: string;
  identifier?: Identifier[];
  telecom?: ContactPoint[];
  address?: Address[];
  managingOrganization?: Reference;
  active?: boolean;
  extension?: Extension[];
  _birthDate?: { extension?: Extension[] };
  contact?: { relationship?: CodeableConcept[]; name?: HumanName; telecom?: ContactPoint[] }[];
  multipleBirthInteger?: number;
  link?: { other?: Reference; type?: string }[];
}

export interface Organization extends Resource {
  name?: string;
  alias?: string[];
  active?: boolean;
  identifier?: Identifier[];
  type?: CodeableConcept[];
  telecom?: ContactPoint[];
  address?: Address[];
  partOf?: Reference;
  extension?: Extension[];
}
export interface Practitioner extends Resource {
  name?: HumanName[];
  gender?: string;
  identifier?: Identifier[];
  telecom?: ContactPoint[];
  qualification?: { identifier?: Identifier[]; code?: CodeableConcept; period?: Period }[];
}
export interface PractitionerRole extends Resource { practitioner?: Reference; organization?: Reference; code?: CodeableConcept[]; specialty?: CodeableConcept[]; active?: boolean; period?: Period }
export interface Location extends Resource { name?: string; physicalType?: CodeableConcept; partOf?: Reference; managingOrganization?: Reference; status?: string }
export interface RelatedPerson extends Resource {
  patient?: Reference;
  relationship?: CodeableConcept[];
  name?: HumanName[];
  identifier?: Identifier[];
  telecom?: ContactPoint[];
  gender?: string;
  birthDate?: string;
}

export interface Group extends Resource { type?: string; actual?: boolean; name?: string; code?: CodeableConcept; identifier?: Identifier[]; member?: { entity?: Reference; inactive?: boolean; extension?: Extension[] }[] }

export interface Encounter extends Resource {
  status?: string;
  class?: Coding;
  type?: CodeableConcept[];
  serviceType?: CodeableConcept;
  period?: Period;
  serviceProvider?: Reference;
  participant?: { individual?: Reference }[];
  reasonCode?: CodeableConcept[];
  diagnosis?: { condition?: Reference }[];
}

export interface Condition extends Resource {
  clinicalStatus?: CodeableConcept;
  verificationStatus?: CodeableConcept;
  category?: CodeableConcept[];
  code?: CodeableConcept;
  encounter?: Reference;
  onsetDateTime?: string;
  abatementDateTime?: string;
  recordedDate?: string;
  recorder?: Reference;
  asserter?: Reference;
}

export interface ReferenceRange { low?: Quantity; high?: Quantity; text?: string }
export interface ObservationValue {
  code?: CodeableConcept;
  valueQuantity?: Quantity;
  valueCodeableConcept?: CodeableConcept;
  valueString?: string;
  valueInteger?: number;
  valueBoolean?: boolean;
  interpretation?: CodeableConcept[];
  referenceRange?: ReferenceRange[];
  dataAbsentReason?: CodeableConcept;
}
export interface Observation extends Resource, ObservationValue {
  status?: string;
  category?: CodeableConcept[];
  encounter?: Reference;
  effectiveDateTime?: string;
  effectivePeriod?: Period;
  effectiveInstant?: string;
  issued?: string;
  performer?: Reference[];
  component?: ObservationValue[];
}

export interface DiagnosticReport extends Resource {
  status?: string;
  category?: CodeableConcept[];
  code?: CodeableConcept;
  encounter?: Reference;
  effectiveDateTime?: string;
  effectivePeriod?: Period;
  issued?: string;
  performer?: Reference[];
  result?: Reference[];
  conclusion?: string;
}

export interface Dosage {
  text?: string;
  timing?: { repeat?: { boundsPeriod?: Period; boundsDuration?: Quantity } };
}
export interface MedicationRequest extends Resource {
  status?: string;
  intent?: string;
  medicationCodeableConcept?: CodeableConcept;
  medicationReference?: Reference;
  encounter?: Reference;
  authoredOn?: string;
  requester?: Reference;
  dosageInstruction?: Dosage[];
  dispenseRequest?: { validityPeriod?: Period; expectedSupplyDuration?: Quantity; numberOfRepeatsAllowed?: number };
}
export interface Medication extends Resource { code?: CodeableConcept }

export interface Procedure extends Resource {
  status?: string;
  code?: CodeableConcept;
  encounter?: Reference;
  performedDateTime?: string;
  performedPeriod?: Period;
  performer?: { actor?: Reference }[];
}

export interface Immunization extends Resource {
  status?: string;
  vaccineCode?: CodeableConcept;
  occurrenceDateTime?: string;
  encounter?: Reference;
  lotNumber?: string;
  performer?: { actor?: Reference }[];
  protocolApplied?: { doseNumberPositiveInt?: number; doseNumberString?: string }[];
}

export interface AllergyIntolerance extends Resource {
  clinicalStatus?: CodeableConcept;
  verificationStatus?: CodeableConcept;
  criticality?: string;
  code?: CodeableConcept;
  recordedDate?: string;
  onsetDateTime?: string;
  recorder?: Reference;
  reaction?: { manifestation?: CodeableConcept[]; severity?: string }[];
}

export interface CareTeam extends Resource {
  status?: string;
  name?: string;
  category?: CodeableConcept[];
  period?: Period;
  managingOrganization?: Reference[];
  participant?: { role?: CodeableConcept[]; member?: Reference }[];
}

export interface CarePlan extends Resource {
  status?: string;
  title?: string;
  category?: CodeableConcept[];
  period?: Period;
  created?: string;
  author?: Reference;
  encounter?: Reference;
}

export interface BundleEntry { fullUrl?: string; resource?: Resource; request?: { method?: string; url?: string }; response?: { status?: string; lastModified?: string } }
export interface Bundle extends Resource {
  type?: string;
  total?: number;
  link?: { relation: string; url: string }[];
  entry?: BundleEntry[];
}

export interface OperationOutcome extends Resource {
  issue?: { severity?: string; code?: string; diagnostics?: string; details?: CodeableConcept; expression?: string[]; location?: string[] }[];
}
