// 实时变更: the latest commits, pushed by the server. New ones can be held back (WCAG 2.2.2), and are said aloud as a
// number now and then, not each.
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { PauseIcon, PlayIcon } from '../../app/icons';
import { listenToFeed, type FeedCommit, type FeedEntry, type FeedState } from '../../fhir/feed';
import { humanName } from '../../fhir/text';
import { parseMoment } from '../../fhir/time';
import type { Terms } from '../../i18n/terms';
import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';

const SHOWN = 12;
const BEFORE = 30;         // changes before the figures' own moment that fill the list at first
const DRAW_MS = 400;       // commits that come faster are drawn together
const SAY_MS = 15_000;

function useFeed(sequence: number, paused: boolean) {
  const [commits, setCommits] = useState<FeedCommit[]>([]);
  const [skipped, setSkipped] = useState(0);
  const [state, setState] = useState<FeedState>('connecting');
  const first = useRef(Math.max(0, sequence - BEFORE));
  const held = useRef<FeedCommit[]>([]);
  const pausedNow = useRef(paused);
  pausedNow.current = paused;
  useEffect(() => {
    let missed = 0;
    const stop = listenToFeed({
      commit: (commit) => {
        held.current.unshift(commit);
        held.current.length = Math.min(held.current.length, SHOWN);
      },
      skipped: (changes) => {
        missed += changes;
      },
      state: setState,
    }, first.current);
    const timer = setInterval(() => {
      if (pausedNow.current || held.current.length === 0) return;
      const come = held.current;
      held.current = [];
      setCommits((before) => [...come, ...before].slice(0, SHOWN));
      setSkipped(missed);
    }, DRAW_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, []);
  return { commits, skipped, state };
}

// What a screen reader says: how many commits came since it last spoke.
function useSaid(commits: FeedCommit[]): string {
  const { t } = useLanguage();
  const [said, setSaid] = useState('');
  const last = useRef({ sequence: 0, count: 0 });
  const newest = useRef(commits);
  newest.current = commits;
  useEffect(() => {
    const timer = setInterval(() => {
      const top = newest.current[0]?.sequence ?? 0;
      const n = newest.current.filter((each) => each.sequence > last.current.sequence).length;
      if (last.current.sequence > 0 && n > 0) setSaid(t('overview.liveSaid', { n }));
      last.current.sequence = top;
    }, SAY_MS);
    return () => clearInterval(timer);
  }, [t]);
  return said;
}

export function ChangesCard({ sequence }: { sequence: number }) {
  const { t, terms } = useLanguage();
  const [paused, setPaused] = useState(false);
  const { commits, skipped, state } = useFeed(sequence, paused);
  const said = useSaid(commits);
  const word = paused ? 'livePaused' : state === 'open' ? 'liveOpen' : state === 'lost' ? 'liveLost' : 'liveConnecting';
  const end = (
    <>
      <span className={`live live-${paused ? 'paused' : state}`}>{t(`overview.${word}`)}</span>
      <button type="button" className="plain-button live-pause" onClick={() => setPaused(!paused)}>{paused ? <PlayIcon /> : <PauseIcon />}{t(paused ? 'overview.resume' : 'overview.pause')}</button>
    </>
  );
  return (
    <Card className="changes-card" title={t('overview.changes')} end={end}>
      <p className="visually-hidden" role="status">{said}</p>
      {commits.length === 0 && <p className="empty">{t('overview.waiting')}</p>}
      <ul className="changes">{commits.map((commit) => <Commit key={commit.sequence} commit={commit} terms={terms} />)}</ul>
      {skipped > 0 && <p className="small soft">{t('overview.skipped', { n: skipped.toLocaleString('en-US') })}</p>}
    </Card>
  );
}

function aboutText(entry: FeedEntry, terms: Terms): string | undefined {
  if (typeof entry.name === 'string') return entry.name;
  return humanName(entry.name) ?? terms.name(entry.about);
}

function Commit({ commit, terms }: { commit: FeedCommit; terms: Terms }) {
  const { t } = useLanguage();
  const entry = commit.entry[0];
  if (!entry) return null;
  const at = parseMoment(commit.time);
  const patient = entry.type === 'Patient' ? entry.id : entry.patient?.slice('Patient/'.length);
  const about = aboutText(entry, terms) ?? `${entry.type}/${entry.id}`;
  return (
    <li>
      <span className={`verb verb-${entry.method}`}>{t(`overview.${entry.method}`)}</span>
      <span className="changes-type">{t(`types.${entry.type}`, { defaultValue: entry.type })}</span>
      <span className="changes-about">
        {patient && entry.method !== 'removed' ? <Link to={`/residents/${patient}`}>{about}</Link> : about}
        {commit.changes > 1 && <span className="soft"> {t('overview.andMore', { n: commit.changes.toLocaleString('en-US') })}</span>}
        {entry.institution?.display && <span className="soft small"> · {entry.institution.display}</span>}
      </span>
      <time className="soft num" dateTime={commit.time}>{at ? `${at.day.slice(5)} ${at.clock ?? ''}` : t('state.unrecorded')}</time>
    </li>
  );
}
