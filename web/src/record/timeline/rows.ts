// Where each row of the list stands: a heading for each day, then its entries.
import type { Event } from '../model/event';

export interface Row { top: number; height: number; day: string; ms: number; event?: Event }

export function layOut(events: Event[], dayHeight: number, eventHeight: number): { rows: Row[]; height: number } {
  const rows: Row[] = [];
  let top = 0;
  let day: string | undefined;
  const put = (row: Omit<Row, 'top'>) => {
    rows.push({ ...row, top });
    top += row.height;
  };
  for (const event of events) {
    if (event.at.day !== day) {
      day = event.at.day;
      put({ height: dayHeight, day, ms: event.at.ms });
    }
    put({ height: eventHeight, day, ms: event.at.ms, event });
  }
  return { rows, height: top };
}

// The row at a height, by halving; the first or last one beyond the ends.
export function rowAt(rows: Row[], y: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle]!.top <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
