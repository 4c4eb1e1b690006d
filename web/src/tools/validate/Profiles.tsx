// Which profiles a resource is held against: those of the record for its type, and any other by its address.
import { useState } from 'react';
import { useLoad } from '../../app/use-load';
import { FhirClient } from '../../fhir/client';
import type { Resource } from '../../fhir/types';
import { useLanguage } from '../../i18n/use-language';

const SHOWN = 100;
interface Named { url: string; title: string }
interface Stored extends Resource { url?: string; title?: string; name?: string }
interface Capabilities extends Resource { rest?: { resource?: { type?: string; supportedProfile?: string[]; _supportedProfile?: ({ extension?: { valueString?: string }[] } | null)[] }[] }[] }

// Those that the server brings along, by type.
async function brought(client: FhirClient, signal: AbortSignal): Promise<Map<string, Named[]>> {
  const { rest } = await client.get<Capabilities>('/metadata', signal);
  return new Map((rest?.[0]?.resource ?? []).map(({ type = '', supportedProfile = [], _supportedProfile = [] }) => [type, supportedProfile.map((url, i) => ({ url, title: _supportedProfile[i]?.extension?.[0]?.valueString ?? url }))]));
}

export function Profiles({ type, chosen, choose }: { type: string | undefined; chosen: string[]; choose: (profiles: string[]) => void }) {
  const { t, language } = useLanguage();
  const [other, setOther] = useState('');
  const own = useLoad('brought', (signal) => brought(new FhirClient(language), signal));
  const stored = useLoad(`profiles:${type}`, async (signal) => {
    if (!type) return [];
    const { resources } = await new FhirClient(language).all(`/StructureDefinition?type=${encodeURIComponent(type)}&derivation=constraint&_elements=url,title,name,type&_count=${SHOWN}`, SHOWN, signal);
    return (resources as Stored[]).flatMap(({ url, title, name }): Named[] => (url === undefined ? [] : [{ url, title: title ?? name ?? url }]));
  });
  const known = [...(stored.data ?? []), ...(own.data?.get(type ?? '') ?? []).filter((each) => !stored.data?.some((other) => other.url === each.url))];
  const [first] = useState(chosen);   // those of the address stand on top; what is chosen now stays where it is
  const rest = [...known.map((each) => each.url), ...chosen].filter((url) => !first.includes(url));
  const urls = [...first, ...new Set(rest)];
  const toggle = (url: string) => choose(chosen.includes(url) ? chosen.filter((each) => each !== url) : [...chosen, url]);
  const add = () => {
    const url = other.trim();
    if (url !== '' && !chosen.includes(url)) choose([...chosen, url]);
    setOther('');
  };
  return (
    <fieldset className="tool-profiles">
      <legend className="small soft">{t('tools.validate.profilesHelp')}</legend>
      <div className="tool-profile-list">{urls.map((url) => {
        const profile = known.find((each) => each.url === url);
        return (
          <label key={url} className="tool-check">
            <input type="checkbox" checked={chosen.includes(url)} onChange={() => toggle(url)} />
            <span>{profile?.title ?? url}{profile && <span className="small soft"> {url}</span>}</span>
          </label>
        );
      })}</div>
      <form className="tool-address" onSubmit={(event) => { event.preventDefault(); add(); }}>
        <label htmlFor="tool-profile">{t('tools.validate.otherProfile')}</label>
        <div>
          <input id="tool-profile" value={other} placeholder="http://hl7.org/fhir/StructureDefinition/…" autoComplete="off" autoCapitalize="off" spellCheck={false} onChange={(event) => setOther(event.target.value)} />
          <button type="submit" className="plain-button" disabled={other.trim() === ''}>{t('tools.validate.add')}</button>
        </div>
      </form>
    </fieldset>
  );
}
