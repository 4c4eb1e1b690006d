// One of a few: buttons beside one another, the chosen one pressed.
import type { ReactNode } from 'react';

export interface Option<T extends string> { value: T; label: ReactNode }

export function Choice<T extends string>({ label, value, options, onChange }: { label: string; value: T; options: Option<T>[]; onChange: (value: T) => void }) {
  return (
    <div className="choices" role="group" aria-label={label}>
      {options.map((each) => <button key={each.value} type="button" className="plain-button" aria-pressed={each.value === value} onClick={() => onChange(each.value)}>{each.label}</button>)}
    </div>
  );
}
