// What people want to know of a record, as expressions. Each is about a Bundle of entries: what `search` finds of a resident,
// or the sample below, which is of nobody.
export interface Example { name: string; expression: string; search: (resident: string) => string }

const some = (type: string, rest = '') => (resident: string) => `${type}?patient=Patient/${resident}${rest}`;

export const EXAMPLES: Example[] = [
  {
    name: 'pressure',
    expression: "entry.resource.ofType(Observation)\n  .where(code.coding.exists(code = '85354-9'))\n  .sort(-effective).first()\n  .component.select(code.text & ' ' & value.value.toString() & ' ' & value.unit)",
    search: some('Observation', '&code=85354-9&_sort=-date&_count=10'),
  },
  {
    name: 'allergies',
    expression: "entry.resource.ofType(AllergyIntolerance)\n  .where(clinicalStatus.coding.exists(code = 'active'))\n  .code.text",
    search: some('AllergyIntolerance'),
  },
  { name: 'phones', expression: "entry.resource.ofType(Patient).telecom.where(system = 'phone').value", search: (resident) => `Patient?_id=${resident}` },
  { name: 'adult', expression: 'entry.resource.ofType(Patient).select(birthDate <= today() - 18 years)', search: (resident) => `Patient?_id=${resident}` },
  {
    name: 'high',
    expression: "entry.resource.ofType(Observation).component\n  .where(code.coding.exists(code = '8480-6') and value >= 140 'mm[Hg]')\n  .count()",
    search: some('Observation', '&code=85354-9&_sort=-date&_count=10'),
  },
  { name: 'identifiers', expression: "entry.resource.ofType(Patient).identifier.select(system & ' | ' & value)", search: (resident) => `Patient?_id=${resident}` },
];

const pressure = (id: string, at: string, values: [number, number]) => ({
  resource: {
    resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }], text: '血压' }, subject: { reference: 'Patient/sample' }, effectiveDateTime: at,
    component: (['8480-6', '8462-4'] as const).map((code, i) => ({ code: { coding: [{ system: 'http://loinc.org', code }], text: i === 0 ? '收缩压' : '舒张压' }, valueQuantity: { value: values[i], unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } })),
  },
});
const allergy = (id: string, status: string, text: string) => ({
  resource: { resourceType: 'AllergyIntolerance', id, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: status }] }, code: { text }, patient: { reference: 'Patient/sample' } },
});

export const SAMPLE = JSON.stringify({
  resourceType: 'Bundle', type: 'collection',
  entry: [
    {
      resource: {
        resourceType: 'Patient', id: 'sample', name: [{ use: 'official', text: '示例居民', family: '示例', given: ['居民'] }], gender: 'female', birthDate: '1958-04-12',
        identifier: [{ system: 'urn:example:record', value: 'SAMPLE-1' }], telecom: [{ system: 'phone', value: '13800000000', use: 'mobile' }, { system: 'phone', value: '0570-0000000', use: 'home' }, { system: 'email', value: 'sample@example.org' }],
      },
    },
    pressure('bp-1', '2025-03-02T09:10:00+08:00', [152, 94]), pressure('bp-2', '2025-09-18T10:05:00+08:00', [138, 84]), allergy('a-1', 'active', '青霉素'), allergy('a-2', 'resolved', '牛奶'),
  ],
}, null, 2);
