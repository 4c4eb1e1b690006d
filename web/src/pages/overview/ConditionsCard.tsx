// Chronic disease by age: a table whose cells are shaded by how many of that age have it.
import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import type { Band, Disease, Figures } from './figures';

const SHOWN = 10;
const both = (band: Band | undefined) => (band ? band.male + band.female : 0);

// Living people of a decade, from the bands of five years.
function peopleOf(figures: Figures, from: number, last: boolean): number {
  return figures.bands.reduce((sum, band) => sum + (band.from >= from && (last || band.from < from + 10) ? both(band) : 0), 0);
}

export function ConditionsCard({ figures }: { figures: Figures }) {
  const { t, terms } = useLanguage();
  const ages = figures.diseases[0]?.ages ?? [];
  const decades = ages.map((age, i) => ({ from: age.from, people: peopleOf(figures, age.from, i === ages.length - 1), last: i === ages.length - 1 }));
  const nameOf = (each: { code?: string; name: string }) => terms.name({ coding: each.code ? [{ code: each.code }] : [], text: each.name }) ?? each.name;
  const ageText = ({ from, last }: { from: number; last: boolean }) => (last ? t('overview.decadeLast', { from }) : t('overview.decade', { from, to: from + 9 }));
  return (
    <Card className="conditions-card" title={t('overview.conditions')} note={t('overview.conditionsNote')} empty={figures.diseases.length === 0}>
      <table className="heat">
        <thead>
          <tr>
            <th scope="col" className="heat-name">{t('overview.disease')}</th>
            {decades.map((decade) => <th key={decade.from} scope="col" aria-label={ageText(decade)}>{decade.from}{decade.last ? '+' : ''}</th>)}
            <th scope="col" className="heat-sum">{t('overview.people')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.diseases.slice(0, SHOWN).map((disease) => (
            <tr key={disease.code}>
              <th scope="row" className="heat-name">{nameOf(disease)} <span className="num soft">{disease.code}</span></th>
              {decades.map((decade, i) => <Cell key={decade.from} disease={disease} n={both(disease.ages[i])} of={decade.people} name={nameOf(disease)} age={ageText(decade)} />)}
              <td className="heat-sum num">{disease.people.toLocaleString('en-US')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className="heat-more">{t('overview.diagnoses')}</h3>
      <ol className="diagnoses">
        {figures.diagnoses.map((each) => <li key={each.code ?? each.name}><span>{nameOf(each)}</span> <span className="num soft">{t('overview.times', { n: each.times.toLocaleString('en-US') })}</span></li>)}
      </ol>
    </Card>
  );
}

// Few people of an age make a percentage that says nothing: it is left out below twenty.
const FEWEST = 20;

function Cell({ n, of, name, age }: { disease: Disease; n: number; of: number; name: string; age: string }) {
  const { t } = useLanguage();
  if (n === 0) return <td />;
  const share = of > 0 ? n / of : 0;
  const shown = of >= FEWEST;
  const percent = share >= 0.1 ? (100 * share).toFixed(0) : (100 * share).toFixed(1);
  return (
    <td style={{ background: `rgb(var(--heat) / ${(0.08 + Math.min(share, 0.6) * 0.75).toFixed(2)})` }} title={t('overview.heatCell', { name, age, n, percent })}>
      {shown ? percent : <span className="soft">({n})</span>}
    </td>
  );
}
