import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import type { Figures } from './figures';

const BAR = 72;   // percent of its half for the longest bar: the rest is for its number
const number = (n: number) => n.toLocaleString('en-US');

export function PyramidCard({ figures }: { figures: Figures }) {
  const { t } = useLanguage();
  const { bands } = figures;
  const most = Math.max(1, ...bands.map((band) => Math.max(band.male, band.female)));
  const sum = (sex: 'male' | 'female') => number(bands.reduce((total, band) => total + band[sex], 0));
  const rows = bands.map((band, i) => ({ band, name: i === bands.length - 1 ? `${band.from}+` : `${band.from}–${bands[i + 1]!.from - 1}` })).reverse();
  return (
    <Card className="pyramid-card" title={t('overview.pyramid')} note={t('overview.pyramidNote')} empty={figures.alive === 0}>
      <table className="pyramid">
        <thead>
          <tr><th scope="col">{t('overview.male')} {sum('male')}</th><th scope="col">{t('overview.ageAxis')}</th><th scope="col">{t('overview.female')} {sum('female')}</th></tr>
        </thead>
        <tbody>
          {rows.map(({ band, name }) => (
            <tr key={band.from}>
              <td className="pyramid-male"><span className="count">{band.male ? number(band.male) : ''}</span><span className="pyramid-bar" style={{ width: `${(BAR * band.male) / most}%` }} /></td>
              <th scope="row">{name}</th>
              <td className="pyramid-female"><span className="pyramid-bar" style={{ width: `${(BAR * band.female) / most}%` }} /><span className="count">{band.female ? number(band.female) : ''}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
      {figures.unknown > 0 && <p className="small soft">{t('overview.unknownBirth', { n: figures.unknown })}</p>}
    </Card>
  );
}
