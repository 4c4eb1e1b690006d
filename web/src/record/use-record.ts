// Fetches a resident's whole record and makes the model the pages read; made anew only when the language changes.
import type { TFunction } from 'i18next';
import { useMemo, useRef } from 'react';
import { recordPath } from '../app/pages-ahead';
import { inSlices } from '../app/slices';
import { useLoad } from '../app/use-load';
import { FhirClient, FhirFailure } from '../fhir/client';
import type { Patient, Resource } from '../fhir/types';
import { useLanguage } from '../i18n/use-language';
import type { EventWords } from './model/events';
import { buildRecord, onlyFrom } from './model/record';

// A life of more entries than this is not read into a browser.
const LIMIT = 50_000;

export function eventWords(t: TFunction): EventWords {
  const word = (key: string) => t(`timeline.${key}`);
  return {
    visit: word('visit'), vitals: word('vitals'), result: word('result'), report: word('report'), plan: word('plan'), ambulatory: word('ambulatory'),
    inpatient: word('inpatient'), emergency: word('emergency'), home: word('home'), virtual: word('virtual'),
    dose: (n) => t('record.dose', { n }),
    outside: (n, of) => (n > 0 ? t('timeline.outside', { n, of }) : t('timeline.allWithin', { of })),
  };
}

interface Fetched { patient: Patient; resources: Resource[]; started: number }

async function fetchAll(client: FhirClient, id: string, signal: AbortSignal): Promise<Fetched> {
  const started = performance.now();
  const { resources } = await client.all(recordPath(id), LIMIT, signal);
  performance.measure('record:fetch', { start: started });
  const patient = resources.find((each) => each.resourceType === 'Patient' && each.id === id);
  if (!patient) throw new FhirFailure('refused', 404, []);
  return { patient: patient as Patient, resources, started };
}

export interface OneSource { name: string | undefined }

// `only`: what one institution wrote; `whole` is all of it.
export function useRecord(id: string, only: OneSource | undefined) {
  const { t, language, terms } = useLanguage();
  const { data, failure, again } = useLoad(`record:${id}`, (signal) => fetchAll(new FhirClient(language), id, signal));
  const { data: made, failure: broken } = useLoad(`model:${language}:${data?.started}`, async (signal) => {
    if (!data) return undefined;
    const began = performance.now();
    const made = await inSlices(buildRecord(data.patient, data.resources, terms, eventWords(t), Date.now()), signal);
    performance.measure('record:model', { start: began });
    return made;
  });
  // While it is made anew in another language the former one stays, and with it where the reader was.
  const held = useRef(made);
  if (made) held.current = made;
  const whole = held.current;
  const record = useMemo(() => (whole && only ? onlyFrom(whole, only.name, terms, eventWords(t), Date.now()) : whole), [whole, only, terms]);
  return { record, whole, failure: failure ?? broken, again, started: data?.started ?? 0 };
}
