// A small picture of a series: the last points by time, over the band of its reference range.
import { isOutside } from '../record/model/flag';
import type { Series } from '../record/model/series';
import { colour } from '../theme/tokens';

const W = 132;
const H = 36;
const PAD = 4;
const LAST = 24;

export function Sparkline({ series }: { series: Series }) {
  const lines = series.lines.map((line) => line.points.slice(-LAST));
  const points = lines.flat();
  if (points.length < 2) return <span className="sparkline" />;
  const range = series.lines.length === 1 ? points.at(-1)!.range : undefined;
  let from = Infinity, to = -Infinity, low = Infinity, high = -Infinity;
  for (const { at, value } of points) {
    from = Math.min(from, at.ms);
    to = Math.max(to, at.ms);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // The band is shown as far as it helps to read the values, not so far that it flattens them.
  const reach = (high - low || Math.abs(high) || 1) * 0.5;
  const bottom = Math.min(low, Math.max(range?.low ?? low, low - reach));
  const top = Math.max(high, Math.min(range?.high ?? high, high + reach));
  const x = (ms: number) => PAD + ((W - 2 * PAD) * (ms - from)) / (to - from || 1);
  const y = (value: number) => H - PAD - ((H - 2 * PAD) * (value - bottom)) / (top - bottom || 1);
  const clamp = (value: number) => Math.max(0, Math.min(H, value));
  const bandTop = clamp(range?.high === undefined ? 0 : y(range.high));
  const bandBottom = clamp(range?.low === undefined ? H : y(range.low));
  return (
    <svg className="sparkline" viewBox={`0 0 ${W} ${H}`} aria-hidden="true">
      {range && (range.low !== undefined || range.high !== undefined) && <rect x="0" width={W} y={bandTop} height={Math.max(0, bandBottom - bandTop)} rx="2" fill={colour.band} />}
      {lines.map((line, i) => <polyline key={i} points={line.map((point) => `${x(point.at.ms).toFixed(1)},${y(point.value).toFixed(1)}`).join(' ')} fill="none" stroke={colour.brand} strokeWidth="1.5" strokeLinejoin="round" />)}
      {lines.map((line, i) => {
        const last = line.at(-1);
        return last && <circle key={i} cx={x(last.at.ms)} cy={y(last.value)} r="3" fill={isOutside(last.flag) ? colour.danger : colour.brand} />;
      })}
    </svg>
  );
}
