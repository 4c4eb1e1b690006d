// 表达式试验台: an expression, a resource, what the one gives on the other, and what every step of it gave.
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { FailureNotice } from '../../app/Faults';
import { Bones } from '../../app/Skeletons';
import { useLoad } from '../../app/use-load';
import { FhirClient, type FhirFailure } from '../../fhir/client';
import { useLanguage } from '../../i18n/use-language';
import { useSettled } from '../../keeping/use-settled';
import { recentResidents } from '../../pages/recent';
import { CopyLink } from '../CopyLink';
import { Editor, type Mark } from '../Editor';
import { fromCharacters, locate, offsetOf } from '../json';
import { linkWith, unpackHash } from '../link';
import { ResourcePane } from '../ResourcePane';
import { useResource } from '../use-resource';
import { question, readAnswer, type Answer } from './answer';
import { chainOf, type Link } from './chain';
import { EXAMPLES, SAMPLE, type Example } from './examples';
import { Results } from './Results';
import { Steps } from './Steps';
import '../words';
import '../tools.css';

const PAUSE_MS = 350;

export default function Playground() {
  const { t, language } = useLanguage();
  const [params, setParams] = useSearchParams();
  const { hash } = useLocation();
  const [given] = useState(() => ({ path: params.get('resource') ?? undefined, text: unpackHash(hash), expression: params.get('expression') }));
  const fresh = given.path === undefined && given.text === undefined;
  const [expression, setExpression] = useState(given.expression ?? (fresh ? EXAMPLES[0]!.expression : ''));
  const [strict, setStrict] = useState(params.get('strict') === 'true');
  const resource = useResource(language, { path: given.path, text: given.text ?? (fresh ? SAMPLE : '') });
  const asked = useSettled(expression, PAUSE_MS);
  const text = useSettled(resource.text, PAUSE_MS);
  const ready = asked.trim() !== '' && text.trim() !== '' && resource.fault === undefined;
  const load = useLoad(`${language}:${strict}:${ready}:${asked}:${text}`, async (signal): Promise<Told | undefined> =>
    ready ? { asked, answer: readAnswer(await new FhirClient(language).postText('/$fhirpath', question(asked, text, strict), signal)) } : undefined);
  const pending = asked !== expression || text !== resource.text || load.loading || resource.loading;
  // While somebody writes, what was told last stays, and is seen to be of before.
  const held = useRef<Told>(undefined);
  if (!load.loading) held.current = load.data;
  const told = held.current;

  useEffect(() => {
    const next = addressOf(asked, strict);
    if (resource.path !== undefined) next.set('resource', resource.path);
    if (next.toString() !== params.toString()) setParams(next, { replace: true });
    // only what is asked changes the address
  }, [asked, strict, resource.path]);

  const [step, setStep] = useState<Link>();
  const [jump, setJump] = useState<Mark>();
  const chain = useMemo(() => (told ? chainOf(told.answer, told.asked) : []), [told]);
  const failure = pending ? undefined : load.failure;
  useEffect(() => setJump(undefined), [resource.text]);   // its place is of the former text
  const goTo = useCallback((path: string) => {
    if (resource.root) setJump({ ...locate(resource.root, path), tone: 'place' });
  }, [resource.root]);
  const fault = failure && faultPlace(failure, expression);
  const marked: Mark[] = fault ? [{ start: fault.offset, end: Math.max(fault.offset + 1, wordEnd(expression, fault.offset)), tone: 'error' }] : step && asked === expression ? [{ start: fromCharacters(expression, step.position), end: fromCharacters(expression, step.position + step.length), tone: 'place' }] : [];

  const choose = (example: Example) => {
    setExpression(example.expression);
    setStep(undefined);
    const resident = recentResidents()[0]?.id;
    if (resident) resource.fetch(example.search(resident));
    else resource.setText(SAMPLE);
  };
  return (
    <div className="tool">
      <div className="page-title"><h1>{t('tools.fhirpath.title')}</h1><p>{t('tools.fhirpath.lead')}</p></div>
      <div className="tool-columns">
        <div className="tool-main">
          <section className="card">
            <ExpressionField expression={expression} marks={marked} fault={fault} strict={strict} onStrict={setStrict} onChange={(next) => { setExpression(next); setStep(undefined); }} onNow={load.again} />
            <div className="choices" role="group" aria-label={t('tools.fhirpath.examples')}>
              {EXAMPLES.map((each) => <button key={each.name} type="button" className="kind-chip" aria-pressed={expression === each.expression} onClick={() => choose(each)}>{t(`tools.fhirpath.names.${each.name}`)}</button>)}
            </div>
            <CopyLink pasted={resource.path === undefined} make={() => linkWith(addressOf(expression, strict), resource.path, resource.text)} />
          </section>
          {failure && !fault && <FailureNotice failure={failure} again={load.again} />}
          {!pending && !ready && !resource.failure && <p className="card soft" role="status">{t('tools.fhirpath.waiting')}</p>}
          {pending && !told && <div className="card" aria-busy="true"><Bones lines={4} /></div>}
          {told && !failure && (
            <div className={pending ? 'tool-main tool-former' : 'tool-main'} aria-busy={pending}>
              <Results answer={told.answer} goTo={goTo} />
              {chain.length > 0 && <Steps chain={chain} leftOut={told.answer.leftOut} chosen={step} choose={setStep} goTo={goTo} />}
            </div>
          )}
        </div>
        <ResourcePane resource={resource} marks={[]} jump={jump} onJump={setJump} start={given.path} />
      </div>
    </div>
  );
}

function addressOf(expression: string, strict: boolean): URLSearchParams {
  const query = new URLSearchParams(expression.trim() === '' ? {} : { expression });
  if (strict) query.set('strict', 'true');
  return query;
}

interface Told { asked: string; answer: Answer }
interface Fault { offset: number; line: number; column: number; rule: string; text: string }

// Where in the expression a refusal says the fault is; nothing for a refusal about anything else.
function faultPlace(failure: FhirFailure, expression: string): Fault | undefined {
  const issue = failure.outcome?.issue?.[0];
  const rule = issue?.details?.coding?.[0]?.code;
  if (!rule?.startsWith('fhirpath-')) return undefined;
  const [line, column] = (/line (\d+), column (\d+)/.exec(issue?.location?.[0] ?? '') ?? []).slice(1).map(Number);
  return { rule, line: line ?? 1, column: column ?? 1, offset: offsetOf(expression, line ?? 1, column ?? 1), text: issue?.details?.text ?? '' };
}

const wordEnd = (text: string, from: number) => from + (/^\w*/.exec(text.slice(from))?.[0].length ?? 0);

function ExpressionField({ expression, marks, fault, strict, onStrict, onChange, onNow }: { expression: string; marks: Mark[]; fault?: Fault; strict: boolean; onStrict: (strict: boolean) => void; onChange: (text: string) => void; onNow: () => void }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <>
      <div className="card-head">
        <h2><label htmlFor={id}>{t('tools.fhirpath.expression')}</label></h2>
        <span className="small tool-keys">{t('tools.fhirpath.keys')}</span>
        <label className="tool-check end" title={t('tools.fhirpath.strictHelp')}><input type="checkbox" checked={strict} onChange={(event) => onStrict(event.target.checked)} />{t('tools.fhirpath.strict')}</label>
      </div>
      <Editor id={id} value={expression} marks={marks} invalid={fault !== undefined} describedBy={fault && `${id}-fault`} onChange={onChange} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onNow(); }} />
      {fault && (
        <div className="tool-fault" id={`${id}-fault`} role="alert">
          <p><strong>{t('tools.fhirpath.faults.at', { line: fault.line, column: fault.column })}</strong> {fault.text}</p>
          <p className="soft">{t(`tools.fhirpath.faults.${fault.rule}`)}</p>
        </div>
      )}
    </>
  );
}
