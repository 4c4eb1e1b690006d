// The tree of the expression with what each node gave.
import { useLanguage } from '../../i18n/use-language';
import type { Step, Value } from './answer';
import type { Link } from './chain';

const VALUES = 3, TIMES = 6, SORTS = 4;   // in sight; the rest is a number

interface Looking { chosen?: Link; choose: (link: Link) => void; goTo: (path: string) => void }

export function Steps({ chain, leftOut, ...looking }: Looking & { chain: Link[]; leftOut: number }) {
  const { t } = useLanguage();
  return (
    <section className="card">
      <div className="card-head"><h2>{t('tools.fhirpath.steps')}</h2><span className="small">{t('tools.fhirpath.stepsHelp')}</span></div>
      <Chain chain={chain} {...looking} />
      {leftOut > 0 && <p className="soft">{t('tools.fhirpath.leftOut', { n: leftOut })}</p>}
    </section>
  );
}

function Chain({ chain, ...looking }: Looking & { chain: Link[] }) {
  return <ol className="chain">{chain.map((each, i) => <One key={each.key} link={each} first={i === 0} {...looking} />)}</ol>;
}

function One({ link, first, ...looking }: Looking & { link: Link; first: boolean }) {
  const { t } = useLanguage();
  const { chosen, choose, goTo } = looking;
  const dotted = !first && (link.kind === 'member' || link.kind === 'call');
  const inside = link.inside.filter((each) => each.length > 0);
  return (
    <li>
      <div className="link-line">
        <button type="button" className={`link-name link-${link.kind}`} aria-pressed={chosen?.key === link.key} onClick={() => choose(link)}>
          <code>{dotted ? `.${link.label}` : link.label}</code><span className="visually-hidden"> {t(`tools.fhirpath.kinds.${link.kind}`)}</span>
        </button>
        <Gave link={link} goTo={goTo} />
      </div>
      {inside.map((each, i) => (
        <div className="link-inside" key={i}>
          {inside.length > 1 && <span className="link-which small soft">{t('tools.fhirpath.argument', { n: i + 1 })}</span>}
          <Chain chain={each} {...looking} />
        </div>
      ))}
    </li>
  );
}

function Gave({ link, goTo }: { link: Link; goTo: (path: string) => void }) {
  const { t } = useLanguage();
  const { steps } = link;
  if (link.kind === 'constant' || link.kind === 'type') return null;   // they give themselves
  if (steps.length === 0) return <span className="small soft">{t('tools.fhirpath.notReached')}</span>;
  if (steps.length === 1 && steps[0]!.index === undefined) return <Values step={steps[0]!} goTo={goTo} />;
  return (
    <details className="link-times">
      <summary>{t('tools.fhirpath.times', { n: steps.length })}<span className="small soft">{totals(steps)}</span></summary>
      <ol>
        {steps.slice(0, TIMES).map((each, i) => (
          <li key={i}>
            <span className="small soft">{each.self ? t('tools.fhirpath.of', { place: each.self }) : t('tools.fhirpath.forItem', { n: (each.index ?? i) + 1 })}</span> <Values step={each} goTo={goTo} />
          </li>
        ))}
        {steps.length > TIMES && <li className="small soft">{t('tools.fhirpath.moreTimes', { n: steps.length - TIMES })}</li>}
      </ol>
    </details>
  );
}

// "true × 3 · false × 1 · ∅ × 2": what came out how often, when that is few and short things.
function totals(steps: Step[]): string {
  const found = new Map<string, number>();
  for (const { values, more } of steps) {
    const said = values.length + more === 0 ? '∅' : values.length === 1 ? values[0]!.text : undefined;
    if (said === undefined || said.length > 24) return '';
    found.set(said, (found.get(said) ?? 0) + 1);
    if (found.size > SORTS) return '';
  }
  return ` ${[...found].map(([said, n]) => `${said} × ${n}`).join(' · ')}`;
}

function Values({ step, goTo }: { step: Step; goTo: (path: string) => void }) {
  const { t } = useLanguage();
  const { values, more } = step;
  const all = values.length + more;
  return (
    <span className="link-values">
      <span className={all === 0 ? 'link-count link-empty' : 'link-count'}>{t('tools.fhirpath.count', { n: all })}</span>
      {values.slice(0, VALUES).map((each, i) => <Short key={i} value={each} goTo={goTo} />)}
      {all > VALUES && <span className="small soft">{t('tools.fhirpath.more', { n: all - Math.min(VALUES, values.length) })}</span>}
    </span>
  );
}

function Short({ value, goTo }: { value: Value; goTo: (path: string) => void }) {
  const said = value.text ?? value.json ?? value.type;
  const text = said.length > 60 ? `${said.slice(0, 60)}…` : said;
  if (value.path === undefined) return <code className="link-value">{text}</code>;
  return <button type="button" className="link-value link-there" title={value.path} onClick={() => goTo(value.path!)}><code>{value.text === undefined ? value.path : text}</code></button>;
}
