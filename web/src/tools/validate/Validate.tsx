// 校验: is a resource what FHIR and the chosen profiles say, and where not. Each issue leads to its place in the text.
import { useEffect, useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { FailureNotice } from '../../app/Faults';
import { Bones } from '../../app/Skeletons';
import { useLoad } from '../../app/use-load';
import { FhirClient, FhirFailure } from '../../fhir/client';
import type { OperationOutcome } from '../../fhir/types';
import { useLanguage } from '../../i18n/use-language';
import { useSettled } from '../../keeping/use-settled';
import { CopyLink } from '../CopyLink';
import type { Mark } from '../Editor';
import { linkWith, unpackHash } from '../link';
import { ResourcePane } from '../ResourcePane';
import { useResource } from '../use-resource';
import { countOf, problemsOf, type Problem, type Severity } from './issues';
import { Profiles } from './Profiles';
import '../words';
import '../tools.css';

const PAUSE_MS = 500;
const SHOWN = 100;
const MODES = ['', 'create', 'update'] as const;
const SEVERITIES: Severity[] = ['error', 'warning', 'information'];

// What is said of the resource. A refusal that carries issues is an answer too.
async function ask(client: FhirClient, type: string, profiles: string[], mode: string, text: string, signal: AbortSignal): Promise<OperationOutcome> {
  const query = new URLSearchParams(profiles.map((each) => ['profile', each]));
  if (mode) query.set('mode', mode);
  try {
    return JSON.parse(await client.postText(`/${encodeURIComponent(type)}/$validate${query.size > 0 ? `?${query}` : ''}`, text, signal)) as OperationOutcome;
  } catch (cause) {
    if (cause instanceof FhirFailure && cause.outcome && cause.status < 500) return cause.outcome;
    throw cause;
  }
}

export default function Validate() {
  const { t, language } = useLanguage();
  const [params, setParams] = useSearchParams();
  const { hash } = useLocation();
  const [given] = useState(() => ({ path: params.get('resource') ?? undefined, text: unpackHash(hash) }));
  const resource = useResource(language, given);
  const [profiles, setProfiles] = useState(() => params.getAll('profile'));
  const [mode, setMode] = useState(params.get('mode') ?? '');
  const [jump, setJump] = useState<Mark>();
  useEffect(() => setJump(undefined), [resource.text]);
  useEffect(() => {
    const next = new URLSearchParams(profiles.map((each) => ['profile', each]));
    if (mode) next.set('mode', mode);
    if (resource.path !== undefined) next.set('resource', resource.path);
    if (next.toString() !== params.toString()) setParams(next, { replace: true });
    // only what is asked changes the address
  }, [profiles, mode, resource.path]);

  const text = useSettled(resource.text, PAUSE_MS);
  const { type, root } = resource;
  const ready = type !== undefined && text === resource.text;
  const load = useLoad(`${language}:${type}:${mode}:${profiles.join()}:${text}`, async (signal) => (type === undefined ? undefined : ask(new FhirClient(language), type, profiles, mode, text, signal)));
  const problems = useMemo(() => (ready && load.data && root ? problemsOf(load.data, text, root) : undefined), [ready, load.data, root, text]);
  const marks = useMemo(() => (problems ?? []).flatMap((each): Mark[] => (each.place ? [{ ...each.place, tone: each.severity }] : [])), [problems]);
  return (
    <div className="tool">
      <div className="page-title"><h1>{t('tools.validate.title')}</h1><p>{t('tools.validate.lead')}</p></div>
      <div className="tool-columns">
        <ResourcePane resource={resource} marks={marks} jump={jump} onJump={setJump} start={given.path} />
        <div className="tool-main">
          <section className="card">
            <h2>{t('tools.validate.against')}</h2>
            <Profiles type={type} chosen={profiles} choose={setProfiles} />
            <label className="tool-label">{t('tools.validate.mode')}
              <select className="tool-select" value={mode} onChange={(event) => setMode(event.target.value)}>{MODES.map((each) => <option key={each} value={each}>{t(`tools.validate.modes.${each || 'any'}`)}</option>)}</select>
            </label>
            <CopyLink pasted={resource.path === undefined} make={() => linkWith(params, resource.path, resource.text)} />
          </section>
          {!ready || resource.fault !== undefined ? <p className="card soft" role="status" aria-busy={type !== undefined && !resource.fault}>{resource.text.trim() === '' ? t('tools.validate.waiting') : resource.fault ? t('tools.validate.unreadable') : type === undefined ? t('tools.validate.noType') : t('tools.validate.checking')}</p>
            : load.failure ? <FailureNotice failure={load.failure} again={load.again} />
              : problems ? <Problems problems={problems} goTo={(mark) => setJump(mark)} /> : <div className="card"><Bones lines={4} /></div>}
        </div>
      </div>
    </div>
  );
}

function Problems({ problems, goTo }: { problems: Problem[]; goTo: (mark: Mark) => void }) {
  const { t, language } = useLanguage();
  const [only, setOnly] = useState<Severity>();
  const counts = SEVERITIES.filter((each) => countOf(problems, each) > 0);
  const told = only ? problems.filter((each) => each.severity === only) : problems;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('tools.validate.found')}</h2>
        <span className="small" role="status">{counts.length === 0 ? t('tools.validate.good') : counts.map((each) => t(`tools.validate.counts.${each}`, { n: countOf(problems, each) })).join(language === 'zh' ? '，' : ', ')}</span>
      </div>
      {counts.length === 0 && <p className="tool-good">{t('tools.validate.goodHelp')}</p>}
      {counts.length > 1 && (
        <div className="choices" role="group" aria-label={t('tools.validate.only')}>
          {counts.map((each) => <button key={each} type="button" className="kind-chip" aria-pressed={only === each} onClick={() => setOnly(only === each ? undefined : each)}>{t(`tools.validate.severities.${each}`)}</button>)}
        </div>
      )}
      <ol className="problems">
        {told.slice(0, SHOWN).map((each) => (
          <li key={each.key} className={`problem problem-${each.severity}`}>
            <p><strong className="problem-severity">{t(`tools.validate.severities.${each.severity}`)}</strong> {each.text}</p>
            <p className="small">
              {each.place && <button type="button" className="link" onClick={() => goTo({ ...each.place!, tone: each.severity })}>{t('tools.validate.place', each.place)}</button>}
              {each.path && <code>{each.path}</code>}
              {each.rule && <span className="soft">{each.rule}</span>}
            </p>
          </li>
        ))}
      </ol>
      {told.length > SHOWN && <p className="soft">{t('tools.validate.more', { n: told.length - SHOWN })}</p>}
    </section>
  );
}
