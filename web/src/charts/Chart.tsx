import { useEffect, useRef } from 'react';
import { useDisplay } from '../app/display';
import { init, type ChartOption, type EChartsType } from './echarts';

// A chart with its text equivalent: `label` says what it shows, and `children` (hidden from sight) its numbers.
export function Chart({ option, height, label, children }: { option: ChartOption; height: string; label: string; children?: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const { scale } = useDisplay();
  useEffect(() => {
    const made = init(box.current!);
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option, scale]);
  return (
    <figure className="chart">
      <div ref={box} role="img" aria-label={label} style={{ height }} />
      {children && <figcaption className="visually-hidden">{children}</figcaption>}
    </figure>
  );
}
