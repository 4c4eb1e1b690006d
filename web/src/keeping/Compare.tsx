// Two records side by side. What differs is marked with a word and a bar, not by colour alone.
import { useLanguage } from '../i18n/use-language';
import { likeness, type Row } from './compare';
import './compare.css';

export function Compare({ one, other, rows }: { one: React.ReactNode; other: React.ReactNode; rows: Row[] }) {
  const { t } = useLanguage();
  const shown = rows.filter((row) => likeness(row) !== 'neither');
  const differ = shown.filter((row) => likeness(row) === 'different').length;
  return (
    <>
      <p className={differ > 0 ? 'compare-sum warned' : 'compare-sum'} role="status">{differ > 0 ? t('keeping.compare.differ', { n: differ }) : t('keeping.compare.alike')}</p>
      <table className="compare" role="table">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><span className="visually-hidden">{t('keeping.compare.item')}</span></th><th role="columnheader" scope="col">{one}</th><th role="columnheader" scope="col">{other}</th></tr></thead>
        <tbody role="rowgroup">
          {shown.map((row) => {
            const like = likeness(row);
            return (
              <tr role="row" key={row.label} className={`compare-${like}`}>
                <th role="rowheader" scope="row">{row.label}{(like === 'different' || like === 'one-only') && <em>{t(`keeping.compare.${like}`)}</em>}</th>
                {[row.one, row.other].map((text, i) => <td role="cell" key={i}>{text || <span className="unrecorded">{t('state.unrecorded')}</span>}</td>)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
