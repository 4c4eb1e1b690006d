// Chronic disease by age: a table whose cells are shaded by how many of that age have it.
import { useDisplay } from '../../app/display';
import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import type { Band, Figures } from './figures';

const both = (band: Band | undefined) => (band ? band.male + band.female : 0);

interface Group { from: number; to?: number; people: number; decades: number[] }

// Ages in decades, or, where there is no room, in twenty years: the living people of each from the bands of five years.
function groupsOf(figures: Figures, narrow: boolean): Group[] {
  const step = narrow ? 2 : 1;
  const decades = figures.diseases[0]?.ages.map((age) => age.from) ?? [];
  const groups: Group[] = [];
  for (let i = 0; i < decades.length; i += step) {
    const from = decades[i]!;
    const to = decades[i + step];
    const people = figures.bands.reduce((sum, band) => sum + (band.from >= from && (to === undefined || band.from < to) ? both(band) : 0), 0);
    groups.push({ from, to, people, decades: decades.slice(i, i + step).map((_, k) => i + k) });
  }
  return groups;
}

export function useDiseaseName() {
  const { terms } = useLanguage();
  return (each: { code?: string; name: string }) => terms.name({ coding: each.code ? [{ code: each.code }] : [], text: each.name }) ?? each.name;
}

export function ConditionsCard({ figures }: { figures: Figures }) {
  const { t } = useLanguage();
  const { narrow } = useDisplay();
  const groups = groupsOf(figures, narrow);
  const nameOf = useDiseaseName();
  const ageText = ({ from, to }: Group) => (to === undefined ? t('overview.decadeLast', { from }) : t('overview.decade', { from, to: to - 1 }));
  return (
    <Card className="conditions-card" title={t('overview.conditions')} note={t('overview.conditionsNote')} empty={figures.diseases.length === 0}>
      <table className="heat">
        <thead>
          <tr>
            <th scope="col" className="heat-name">{t('overview.disease')}</th>
            {groups.map((group) => <th key={group.from} scope="col"><span aria-hidden="true">{group.from}{group.to === undefined ? '+' : ''}</span><span className="visually-hidden">{ageText(group)}</span></th>)}
            <th scope="col" className="heat-sum">{t('overview.people')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.diseases.map((disease) => (
            <tr key={disease.code}>
              <th scope="row" className="heat-name">{nameOf(disease)} <span className="num soft">{disease.code}</span></th>
              {groups.map((group) => <Cell key={group.from} n={group.decades.reduce((sum, i) => sum + both(disease.ages[i]), 0)} of={group.people} name={nameOf(disease)} age={ageText(group)} />)}
              <td className="heat-sum num">{disease.people.toLocaleString('en-US')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

// Few people of an age make a percentage that says nothing: it is left out below twenty.
const FEWEST = 20;

function Cell({ n, of, name, age }: { n: number; of: number; name: string; age: string }) {
  const { t } = useLanguage();
  if (n === 0) return <td />;
  if (of < FEWEST) return <td className="soft">({n})</td>;
  const share = n / of;
  const percent = share >= 0.1 ? (100 * share).toFixed(0) : (100 * share).toFixed(1);
  return (
    <td style={{ background: `rgb(var(--heat) / ${(0.06 + Math.min(share, 0.6) * 0.7).toFixed(2)})` }} title={t('overview.heatCell', { name, age, n, percent })}>{percent}</td>
  );
}
