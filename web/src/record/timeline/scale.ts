// Time to pixels and back, zooming, and where the lines of the axis stand.
import { DAY, YEAR } from '../../fhir/time';

export interface View { from: number; to: number }

export const NARROWEST = 7 * DAY;

export const xOf = (view: View, width: number, ms: number) => ((ms - view.from) / (view.to - view.from)) * width;
export const msAt = (view: View, width: number, x: number) => view.from + (x / width) * (view.to - view.from);

// Keeps a window inside the bounds, and no narrower than a week.
export function fit(view: View, bounds: View): View {
  const whole = bounds.to - bounds.from;
  const length = Math.min(whole, Math.max(NARROWEST, view.to - view.from));
  const from = Math.max(bounds.from, Math.min(bounds.to - length, view.from));
  return { from, to: from + length };
}

// `factor` < 1 comes nearer; the moment `at` stays where it is on the screen.
export function zoom(view: View, at: number, factor: number, bounds: View): View {
  const length = Math.min(bounds.to - bounds.from, Math.max(NARROWEST, (view.to - view.from) * factor));
  const share = (at - view.from) / (view.to - view.from);
  return fit({ from: at - share * length, to: at + (1 - share) * length }, bounds);
}

export function pan(view: View, by: number, bounds: View): View {
  return fit({ from: view.from + by, to: view.to + by }, bounds);
}

export const yearView = (year: number): View => ({ from: new Date(year, 0, 1).getTime(), to: new Date(year + 1, 0, 1).getTime() });

export interface Tick { ms: number; label: string; major: boolean }
type Step = { months: number } | { days: number };
const STEPS: Step[] = [{ days: 1 }, { days: 2 }, { days: 7 }, { months: 1 }, { months: 3 }, { months: 12 }, { months: 24 }, { months: 60 }, { months: 120 }, { months: 240 }];
const lengthOf = (step: Step) => ('days' in step ? step.days * DAY : (step.months / 12) * YEAR);

export function ticksOf(view: View, width: number, apart: number, monthName: (month: number) => string): Tick[] {
  const wanted = ((view.to - view.from) * apart) / width;
  const step = STEPS.find((each) => lengthOf(each) >= wanted) ?? STEPS.at(-1)!;
  const start = new Date(view.from);
  const ticks: Tick[] = [];
  if ('days' in step) {
    const day = new Date(start.getFullYear(), start.getMonth(), 1);
    for (let n = 0; day.getTime() <= view.to && n < 4000; n++) {
      const date = day.getDate();
      // the last days of a month would crowd the first of the next
      const shown = (date - 1) % step.days === 0 && (step.days === 1 || date + step.days / 2 <= 31);
      if (shown && day.getTime() >= view.from) ticks.push({ ms: day.getTime(), label: date === 1 ? monthName(day.getMonth()) : String(date), major: date === 1 });
      day.setDate(date + 1);
    }
    return ticks;
  }
  const years = step.months / 12;
  const first = years >= 1 ? Math.floor(start.getFullYear() / years) * years : start.getFullYear();
  for (let n = 0; n < 4000; n++) {
    const at = new Date(first, n * step.months, 1);
    if (at.getTime() > view.to) break;
    if (at.getTime() < view.from) continue;
    const january = at.getMonth() === 0;
    ticks.push({ ms: at.getTime(), label: january ? String(at.getFullYear()) : monthName(at.getMonth()), major: january });
  }
  return ticks;
}
