import { Link } from 'react-router';
import { useLoad } from '../../app/use-load';
import type { FhirClient } from '../../fhir/client';
import { humanName } from '../../fhir/text';
import { parseMoment } from '../../fhir/time';
import type { BundleEntry, CodeableConcept, HumanName, Reference, Resource } from '../../fhir/types';
import { useLanguage } from '../../i18n/use-language';
import type { Terms } from '../../i18n/terms';
import { Card } from './Card';
import { loadChanges } from './figures';

// What a changed resource is about, in a few words, whatever its type.
interface Described extends Resource {
  name?: HumanName[] | string;
  code?: CodeableConcept;
  medicationCodeableConcept?: CodeableConcept;
  vaccineCode?: CodeableConcept;
  type?: CodeableConcept | CodeableConcept[];
  subject?: Reference;
  patient?: Reference;
}

function aboutText(resource: Described, terms: Terms): string | undefined {
  if (typeof resource.name === 'string') return resource.name;
  if (Array.isArray(resource.name)) return humanName(resource.name);
  const type = Array.isArray(resource.type) ? resource.type[0] : resource.type;
  return terms.name(resource.code ?? resource.medicationCodeableConcept ?? resource.vaccineCode ?? (typeof type === 'object' ? type : undefined));
}

function residentOf(resource: Described | undefined): string | undefined {
  if (resource?.resourceType === 'Patient') return resource.id;
  const target = (resource?.subject ?? resource?.patient)?.reference;
  return target?.startsWith('Patient/') ? target.slice(8) : undefined;
}

function verbOf(entry: BundleEntry): 'created' | 'updated' | 'removed' {
  if (entry.request?.method === 'DELETE') return 'removed';
  const version = entry.resource?.meta?.versionId;
  return version === undefined || version === '1' ? 'created' : 'updated';
}

const SHOWN = 14;

export function ChangesCard({ client }: { client: FhirClient }) {
  const { t, terms } = useLanguage();
  const load = useLoad('changes', (signal) => loadChanges(client, signal));
  return (
    <Card className="changes-card" title={t('overview.changes')} note={t('overview.changesNote')} load={load} empty={t('overview.noData')} isEmpty={(data) => data.length === 0}>
      {(data) => <ul className="changes">{data.slice(0, SHOWN).map((entry, i) => <Change key={i} entry={entry} terms={terms} />)}</ul>}
    </Card>
  );
}

function Change({ entry, terms }: { entry: BundleEntry; terms: Terms }) {
  const { t } = useLanguage();
  const resource = entry.resource as Described | undefined;
  const type = resource?.resourceType ?? entry.request?.url?.split('/')[0] ?? '';
  const verb = verbOf(entry);
  const at = parseMoment(resource?.meta?.lastUpdated ?? entry.response?.lastModified);
  const resident = residentOf(resource);
  const about = resource ? aboutText(resource, terms) : entry.request?.url;
  return (
    <li>
      <span className={`verb verb-${verb}`}>{t(`overview.${verb}`)}</span>
      <span className="changes-type">{t(`types.${type}`, { defaultValue: type })}</span>
      <span className="changes-about">{resident && verb !== 'removed' ? <Link to={`/residents/${resident}`}>{about ?? resource?.id}</Link> : (about ?? resource?.id)}</span>
      <time className="soft num">{at ? `${at.day} ${at.clock ?? ''}` : t('state.unrecorded')}</time>
    </li>
  );
}
