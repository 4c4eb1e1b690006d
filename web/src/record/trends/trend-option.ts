// What ECharts draws for one series: bands of reference, lines, and dots that are hollow where out of range.
import type { ChartOption } from '../../charts/echarts';
import { colour, FONT, lineColours } from '../../theme/tokens';
import { isOutside } from '../model/flag';
import type { Line, Series } from '../model/series';
import { bandsOf } from './bands';

export interface Span { from: number; to: number }

const BAND_TINTS = ['rgb(60 150 110 / 0.18)', 'rgb(200 130 40 / 0.14)'];

// The axis shows all values and, as far as it does not flatten them, the whole band.
function extent(series: Series, span: Span): { min: number; max: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const line of series.lines) {
    for (const { at, value } of line.points) {
      if (at.ms < span.from || at.ms > span.to) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return { min: 0, max: 1 };
  const reach = Math.max(high - low, Math.abs(high) * 0.1, 1e-9);
  for (const line of series.lines) {
    const range = line.points.at(-1)?.range;
    if (range?.low !== undefined && range.low < low) low = Math.max(range.low, low - reach);
    if (range?.high !== undefined && range.high > high) high = Math.min(range.high, high + reach);
    // When all values lie on one side, the nearest edge of the band is in the picture, with some of the band.
    if (range?.high !== undefined && range.high < low) low = range.high - 0.3 * (low - range.high);
    if (range?.low !== undefined && range.low > high) high = range.low + 0.3 * (range.low - high);
  }
  const pad = (high - low || Math.abs(high) || 1) * 0.1;
  return { min: low - pad, max: high + pad };
}

function lineSeries(line: Line, i: number, span: Span, limits: { min: number; max: number }, scale: number) {
  const tint = lineColours[i % lineColours.length]!;
  const bands = bandsOf(line.points, span).map((band) => [
    { xAxis: band.from, yAxis: Math.max(limits.min, band.low ?? limits.min) },
    { xAxis: band.to, yAxis: Math.min(limits.max, band.high ?? limits.max) },
  ]);
  return {
    type: 'line' as const,
    name: line.name,
    data: line.points.map((point) => ({
      value: [point.at.ms, point.value],
      itemStyle: isOutside(point.flag) ? { color: colour.paper, borderColor: colour.danger, borderWidth: 2 * scale } : undefined,
      symbolSize: isOutside(point.flag) ? 7 * scale : undefined,
    })),
    symbol: 'circle',
    symbolSize: (line.points.length > 80 ? 4 : 6) * scale,
    showAllSymbol: true as const,
    lineStyle: { width: 1.75 * scale, color: tint },
    itemStyle: { color: tint },
    markArea: { silent: true, itemStyle: { color: BAND_TINTS[i % BAND_TINTS.length] }, data: bands as never },
  };
}

export function trendOption(series: Series, span: Span, scale: number, decimals: number): ChartOption {
  const limits = extent(series, span);
  const text = { color: colour.soft, fontFamily: FONT, fontSize: Math.round(13 * scale) };
  const pad = Math.max((span.to - span.from) * 0.02, 86_400_000);
  return {
    animation: false,
    grid: { left: 6, right: 14 * scale, top: 10 * scale, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis', confine: true, backgroundColor: colour.paper, borderColor: colour.line, textStyle: { ...text, color: colour.ink, fontSize: Math.round(14 * scale) },
      valueFormatter: (value) => (typeof value === 'number' ? `${value.toFixed(decimals)} ${series.unit}` : String(value)),
    },
    xAxis: { type: 'time', min: span.from - pad, max: span.to + pad, axisLabel: { ...text, hideOverlap: true }, axisLine: { lineStyle: { color: colour.edge } }, splitNumber: 5 },
    yAxis: {
      type: 'value', min: limits.min, max: limits.max, splitNumber: 4, splitLine: { lineStyle: { color: colour.hair } },
      axisLabel: { ...text, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => String(Number(value.toFixed(3))) },
    },
    dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, moveOnMouseMove: true, filterMode: 'none' }],
    series: series.lines.map((line, i) => lineSeries(line, i, span, limits, scale)),
  };
}
