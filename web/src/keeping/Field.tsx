// A labelled field with what the rules say about it. The words of a finding are the server's.
import { useId } from 'react';
import { useLanguage } from '../i18n/use-language';
import type { Finding } from './form';

export function Findings({ id, findings }: { id?: string; findings: Finding[] }) {
  const { language } = useLanguage();
  if (findings.length === 0) return null;
  return (
    <ul className="findings" id={id}>
      {findings.map((each) => <li key={each.rule + each.zh} className={`finding finding-${each.severity}`}>{language === 'zh' ? each.zh : each.en}</li>)}
    </ul>
  );
}

interface Props {
  label: string;
  hint?: string;
  findings?: Finding[];
  required?: boolean;
  wide?: boolean;
  children: (attributes: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => React.ReactNode;
}

export function Field({ label, hint, findings = [], required, wide, children }: Props) {
  const { t } = useLanguage();
  const id = useId();
  const described = [hint && `${id}-hint`, findings.length > 0 && `${id}-findings`].filter(Boolean).join(' ') || undefined;
  const invalid = findings.some((each) => each.severity === 'error') || undefined;
  return (
    <div className={wide ? 'field field-wide' : 'field'}>
      <label htmlFor={id}>{label}{required && <span className="field-required">{t('keeping.required')}</span>}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': invalid })}
      {hint && <p className="field-hint" id={`${id}-hint`}>{hint}</p>}
      <Findings id={`${id}-findings`} findings={findings} />
    </div>
  );
}

// One of a few, all in sight.
export function Choice<T extends string>({ label, value, options, onChange, findings = [], required }: {
  label: string; value: T | ''; options: { value: T; label: string }[]; onChange: (value: T) => void; findings?: Finding[]; required?: boolean;
}) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <fieldset className="field choice" aria-describedby={findings.length > 0 ? `${id}-findings` : undefined}>
      <legend>{label}{required && <span className="field-required">{t('keeping.required')}</span>}</legend>
      <div className="choice-options">
        {options.map((each) => (
          <label key={each.value}>
            <input type="radio" name={id} checked={value === each.value} onChange={() => onChange(each.value)} />
            <span>{each.label}</span>
          </label>
        ))}
      </div>
      <Findings id={`${id}-findings`} findings={findings} />
    </fieldset>
  );
}
