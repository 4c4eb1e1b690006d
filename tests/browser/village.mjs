// Who is in the record, asked of the API itself: the journey works on any village.
const MATES = 3;

async function get(base, path) {
  const response = await fetch(`${base}/fhir${path}`, { headers: { Accept: 'application/fhir+json' } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

export async function all(base, path) {
  const resources = [];
  for (let next = path; next !== undefined;) {
    const bundle = await get(base, next);
    for (const entry of bundle.entry ?? []) resources.push(entry.resource);
    const link = bundle.link?.find((each) => each.relation === 'next');
    next = link && link.url.slice(link.url.indexOf('/fhir') + '/fhir'.length);
  }
  return resources;
}

export const count = async (base, query) => (await get(base, `/${query}${query.includes('?') ? '&' : '?'}_summary=count`)).total;

// The resident with most resources: among those with most observations, the one whose $everything is longest.
export async function fullestResident(base) {
  const observed = new Map();
  for (const { subject } of await all(base, '/Observation?_elements=subject&_count=2000')) observed.set(subject.reference, (observed.get(subject.reference) ?? 0) + 1);
  const most = [...observed].sort((a, b) => b[1] - a[1]).slice(0, MATES);
  let fullest;
  for (const [reference] of most) {
    const resources = await all(base, `/${reference}/$everything?_count=2000`);
    if (!fullest || resources.length > fullest.resources.length) fullest = { id: reference.slice('Patient/'.length), resources };
  }
  fullest.patient = fullest.resources.find((each) => each.resourceType === 'Patient' && each.id === fullest.id);
  return fullest;
}

// Every page there is, as name and address, with somebody's record, and an institution beside another to be merged with.
export async function everyPage(base) {
  const { id } = await fullestResident(base);
  const [one, two] = (await all(base, '/Organization?type:not=dept&_count=2&_elements=name&_sort=_id')).map((each) => each.id);
  const home = `/residents/${id}`;
  return { home, pages: [
    ['overview', '/'], ['find', '/find?q=王'], ['summary', home], ...['timeline', 'trends', 'medicines', 'sources', 'family'].map((tab) => [tab, `${home}/${tab}`]), ['register', '/register'], ['keep', `/keep/${id}`], ['entries', `/keep/${id}/entries`],
    ['institutions', '/institutions'], ['institution', `/institutions/${one}`], ['institution-merge', `/institutions/${one}/merge?with=${two}`], ['import', '/import'], ['tools', '/tools'], ['terminology', '/terminology?kind=CodeSystem&url=http://hl7.org/fhir/administrative-gender&system=http://hl7.org/fhir/administrative-gender&code=male'], ['validate', `/tools/validate?resource=Patient/${id}`], ['fhirpath', `/tools/fhirpath?resource=Patient/${id}&expression=${encodeURIComponent("name.where(use = 'official' or text.exists()).text")}`], ['missing', '/nowhere'],
  ] };
}
