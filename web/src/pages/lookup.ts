import type { FhirClient } from '../fhir/client';
import type { Bundle, Patient } from '../fhir/types';

export const LOOKUP_COUNT = 20;

export interface Found { patients: Patient[]; total?: number; more: boolean }

// The server's named query: name, pinyin initials, identity number, telephone, last digits, in one text.
export async function lookUp(client: FhirClient, text: string, signal: AbortSignal): Promise<Found> {
  const bundle = await client.get<Bundle>(`/Patient?_query=lookup&q=${encodeURIComponent(text)}&_count=${LOOKUP_COUNT}`, signal);
  const patients: Patient[] = [];
  for (const entry of bundle.entry ?? []) if (entry.resource?.resourceType === 'Patient') patients.push(entry.resource as Patient);
  return { patients, total: bundle.total, more: bundle.link?.some((link) => link.relation === 'next') ?? false };
}
