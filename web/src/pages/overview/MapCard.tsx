import { useMemo } from 'react';
import { useDisplay } from '../../app/display';
import { parseMoment } from '../../fhir/time';
import { useLanguage } from '../../i18n/use-language';
import { Card } from './Card';
import type { Figures } from './figures';
import { layOut, nameOf, type Box, type Level, type Node } from './map-layout';

const number = (n: number) => n.toLocaleString('en-US');
const WIDE: Box = { w: 640, h: 470 };
const NARROW: Box = { w: 330, h: 330 };
const LEVELS: Level[] = ['hospital', 'township', 'village', 'other'];

// A schematic map: no tiles, no roads, only who is where and how much is done there.
export function MapCard({ figures }: { figures: Figures }) {
  const { t } = useLanguage();
  const box = useDisplay().narrow ? NARROW : WIDE;
  const { nodes, placed } = useMemo(() => layOut(figures.institutions, box), [figures.institutions, box]);
  const distant = nodes.filter((node) => node.away);
  const present = LEVELS.filter((level) => nodes.some((node) => node.level === level));
  const legend = <ul className="legend">{present.map((level) => <li key={level}><i className={`place-${level}`} />{t(`overview.levels.${level}`)}</li>)}</ul>;
  return (
    <Card className="map-card" title={t('overview.map')} note={`${t(placed ? 'overview.mapByPlace' : 'overview.mapByLevel')} · ${t('overview.mapNote')}`} empty={nodes.length === 0} end={legend}>
      <svg className="map" viewBox={`0 0 ${box.w} ${box.h}`} role="img" aria-label={t('overview.mapLabel', { n: nodes.length })}>
        {nodes.map(({ parent, x, y, away, institution }) => parent && <line key={institution.id} className={away || parent.away ? 'map-away' : undefined} x1={parent.x} y1={parent.y} x2={x} y2={y} />)}
        {nodes.map(({ x, y, r, level, institution }) => (
          <circle key={institution.id} className={`place-${level}`} cx={x} cy={y} r={r}>
            <title>{`${institution.name} · ${t('overview.yearVisits')} ${number(institution.visits)}`}</title>
          </circle>
        ))}
        {nodes.map((node) => node.away && <Arrow key={node.institution.id} node={node} angle={node.away.angle} />)}
        {nodes.map((node) => node.label && <text key={node.institution.id} x={node.label.x} y={node.label.y} textAnchor={node.label.anchor}>{nameOf(node)}</text>)}
      </svg>
      {distant.length > 0 && <p className="small soft map-distant">{t('overview.mapDistant', { names: distant.map((node) => `${node.institution.name}${t('overview.kmAway', { n: Math.round(node.away!.km) })}`).join(t('overview.and')) })}</p>}
      <InstitutionTable figures={figures} />
    </Card>
  );
}

// Points out of the picture, from the far side of the circle.
function Arrow({ node: { x, y, r }, angle }: { node: Node; angle: number }) {
  return <path className="map-arrow" d="M 0 -5 L 8 0 L 0 5 Z" transform={`translate(${x + Math.cos(angle) * (r + 3)} ${y + Math.sin(angle) * (r + 3)}) rotate(${(angle * 180) / Math.PI})`} />;
}

function InstitutionTable({ figures }: { figures: Figures }) {
  const { t } = useLanguage();
  const names = useMemo(() => new Map(figures.institutions.map((each) => [each.id, each.name])), [figures.institutions]);
  const sorted = useMemo(() => [...figures.institutions].sort((a, b) => b.visits - a.visits || (a.name < b.name ? -1 : 1)), [figures.institutions]);
  return (
    <details className="as-table">
      <summary>{t('overview.asTable')}</summary>
      <div className="scroll-table" tabIndex={0} role="region" aria-label={t('overview.map')}>
        <table className="plain-table">
          <thead><tr><th scope="col">{t('overview.institution')}</th><th scope="col">{t('overview.parent')}</th><th scope="col">{t('overview.yearVisits')}</th><th scope="col">{t('overview.written')}</th></tr></thead>
          <tbody>
            {sorted.map((each) => {
              const at = parseMoment(each.written);
              return (
                <tr key={each.id}>
                  <th scope="row">{each.name}</th>
                  <td>{(each.parent && names.get(each.parent)) ?? ''}</td>
                  <td>{number(each.visits)}</td>
                  <td>{at ? `${at.day} ${at.clock ?? ''}` : <span className="soft">{t('overview.noReport')}</span>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
