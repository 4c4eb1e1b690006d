import type { toolsZh } from './words.zh';

export const toolsEn: typeof toolsZh = {
  title: 'Tools', lead: 'For who connects systems and develops: understand the data, find what is wrong',
  list: {
    fhirpath: { title: 'Expressions', lead: 'Try FHIRPath on a resource and see what each step gives' },
    validate: { title: 'Validation', lead: 'Does a resource conform to FHIR and to chosen profiles, and where not' },
    terminology: { title: 'Terminology', lead: 'Look up codes and names: Chinese, pinyin initials, code' },
  },
  goThere: 'Go there', copyLink: 'Copy link', copied: 'Link copied', notCopied: 'Could not copy', tooLong: 'Too long for a link; store it as a resource first', linkNote: 'The link carries what was pasted: not for data of real residents',
  resource: {
    title: 'Resource', json: 'JSON of the resource', tidy: 'Lay out', address: 'From the record', addressHint: 'Patient/ID, or Observation?patient=ID', fetch: 'Fetch', recent: 'Residents opened lately', ofWhom: 'Which entries of this resident', sample: 'Sample',
    unreadable: 'Line {{line}}, column {{column}} cannot be read:', long: 'A long resource: writing in it is slower.',
    expected: { value: 'A value is expected here: text in double quotes; numbers, true, false, null without.', comma: 'A comma is expected here, or the closing bracket.', colon: 'A colon is expected behind the name.', name: 'A name in double quotes is expected here; no comma behind the last.', quote: 'This text does not end rightly: look at quotes, line breaks and backslashes.', end: 'The resource has ended before; nothing more is expected.', shallower: 'Nested too deeply.' },
  },
  validate: {
    title: 'Validation', lead: 'Paste a resource or fetch one: does it conform to FHIR and to the chosen profiles? Each issue leads to its place', against: 'Against what', profilesHelp: 'Always FHIR R4 and what the resource claims; besides:', otherProfile: 'Address of another profile', add: 'Add', mode: 'For what', modes: { any: 'in general', create: 'to be created', update: 'to be updated' },
    waiting: 'Paste the JSON of a resource, or fetch one', unreadable: 'First mend the JSON itself', noType: 'resourceType is missing: what resource is it?', checking: 'Validating…', found: 'What was found', good: 'No issue', goodHelp: 'Conforms to FHIR R4 and to the chosen profiles.', counts: { error: '{{n}} errors', warning: '{{n}} warnings', information: '{{n}} notes' }, severities: { error: 'Error', warning: 'Warning', information: 'Note' }, only: 'Only which', place: 'line {{line}}, column {{column}}', more: '{{n}} more',
  },
  terminology: {
    title: 'Terminology', lead: 'Choose a code system or value set, then search: Chinese, pinyin initials, code', sources: 'Code systems and value sets', filter: 'A name, or a whole address', kinds: { CodeSystem: 'code system', ValueSet: 'value set' }, some: '{{n}} found', firstOf: 'the first {{n}} of {{all}}', choose: 'Choose a code system or value set', search: 'Search codes', searchHint: 'such as 高血压 · gxy · I10', none: 'Nothing found', showMore: 'Show more', inactive: 'inactive',
    parents: 'Parents', noParents: 'None above', children: 'Children', noChildren: 'None below', names: 'Other names', properties: 'Properties', maps: 'In other systems', noMaps: 'No map on file', compare: 'Relation to another code', compareDo: 'Compare', outcomes: { equivalent: '{{a}} and {{b}} are the same', subsumes: '{{a}} includes {{b}}', 'subsumed-by': '{{a}} belongs to {{b}}', 'not-subsumed': 'Neither of {{a}} and {{b}} includes the other' },
    equivalences: { equal: 'equal', equivalent: 'equivalent', relatedto: 'related', wider: 'wider there', narrower: 'narrower there', subsumes: 'includes it', specializes: 'more special there', inexact: 'overlaps', unmatched: 'no match', disjoint: 'disjoint' },
  },
  fhirpath: {
    title: 'Expressions', lead: 'Write FHIRPath and see its value as you write, with what every step gives', expression: 'Expression', examples: 'Examples', strict: 'Strict', strictHelp: 'Checked by types: a wrong name of an element or a wrong type is an error', keys: 'Ctrl+Enter evaluates again', waiting: 'Write an expression and give a resource',
    names: { pressure: 'Newest blood pressure', allergies: 'Active allergies', phones: 'Phone numbers', adult: 'Of age (18)', high: 'How often systolic ≥ 140', identifiers: 'Identifiers' },
    results: 'Results', none: 'Nothing', noneHelp: 'Nothing fits. See below from which step on there are 0 items.', count: '{{n}} items', type: 'by types: {{type}}', traces: 'What trace() saw', traceOf: '{{name}}: {{n}} items', objection: 'Strict mode would say:', showMore: 'Show {{n}} more',
    steps: 'Steps', stepsHelp: 'From left to right and down; what stands in brackets or right of an operator is indented below. Press a step to see it in the expression.', notReached: 'not evaluated', times: 'evaluated {{n}} times', forItem: 'item {{n}}', more: '{{n}} more', moreTimes: '{{n}} more times', leftOut: 'Too many steps: {{n}} more are not listed.', argument: 'argument {{n}}', of: 'on {{place}}',
    kinds: { member: 'element', call: 'function', index: 'which one', operator: 'operator', constant: 'constant', variable: 'variable', self: 'this item', type: 'type' },
    faults: {
      at: 'line {{line}}, column {{column}}',
      'fhirpath-syntax': 'It is not written rightly. Look at the marked place: brackets and quotes in pairs, no dot or comma too many; text stands in single quotes.', 'fhirpath-semantic': 'It cannot be right by the types: look at the spelling of elements and functions, and at number and type of arguments. Without strict mode it can be evaluated.', 'fhirpath-execution': 'Evaluation stopped here. Often there are several values where one is wanted (add first() or where()), or two values that cannot be compared or calculated with.',
    },
  },
};
