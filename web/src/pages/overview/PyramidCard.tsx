import { useLoad } from '../../app/use-load';
import type { FhirClient } from '../../fhir/client';
import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import { BAND_YEARS, loadPyramid, type Band, type Pyramid } from './figures';

const bandText = (band: Band, last: boolean) => (last ? `${band.from}+` : `${band.from}–${band.from + BAND_YEARS - 1}`);

export function PyramidCard({ client }: { client: FhirClient }) {
  const { t } = useLanguage();
  const load = useLoad('pyramid', (signal) => loadPyramid(client, signal));
  return (
    <Card className="pyramid-card" title={t('overview.pyramid')} note={t('overview.pyramidNote')} load={load} empty={t('overview.noData')} isEmpty={(data) => data.counted === 0}>
      {(data) => <PyramidPlot pyramid={data} />}
    </Card>
  );
}

const BAR = 72;   // percent of its half for the longest bar: the rest is for its number

function PyramidPlot({ pyramid }: { pyramid: Pyramid }) {
  const { t } = useLanguage();
  const most = Math.max(1, ...pyramid.bands.map((band) => Math.max(band.male, band.female)));
  const sum = (sex: 'male' | 'female') => pyramid.bands.reduce((total, band) => total + band[sex], 0);
  const rows = pyramid.bands.map((band, i) => ({ band, name: bandText(band, i === pyramid.bands.length - 1) })).reverse();
  return (
    <>
      <table className="pyramid">
        <thead>
          <tr><th scope="col">{t('overview.male')} {sum('male')}</th><th scope="col">{t('overview.ageAxis')}</th><th scope="col">{t('overview.female')} {sum('female')}</th></tr>
        </thead>
        <tbody>
          {rows.map(({ band, name }) => (
            <tr key={band.from}>
              <td className="pyramid-male"><span className="count">{band.male || ''}</span><span className="pyramid-bar" style={{ width: `${(BAR * band.male) / most}%` }} /></td>
              <th scope="row">{name}</th>
              <td className="pyramid-female"><span className="pyramid-bar" style={{ width: `${(BAR * band.female) / most}%` }} /><span className="count">{band.female || ''}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
      {pyramid.unknown > 0 && <p className="small soft">{t('overview.unknownBirth', { n: pyramid.unknown })}</p>}
      {!pyramid.whole && <p className="small soft">{t('state.partial', { n: pyramid.counted })}</p>}
    </>
  );
}
