// A text that is written in, with places of it marked. The marks lie under the text: what is typed stays a plain text field.
import { useEffect, useMemo, useRef } from 'react';

export type Tone = 'place' | 'error' | 'warning' | 'information';
export interface Mark { start: number; end: number; tone: Tone }

interface Props {
  id: string;
  value: string;
  onChange: (text: string) => void;
  marks?: Mark[];
  jump?: Mark;   // brought into sight whenever it is another one
  numbered?: boolean;
  label?: string;
  describedBy?: string;
  invalid?: boolean;
  onKeyDown?: (event: React.KeyboardEvent) => void;
}

const MARKED = 200;   // places at once

// The text in pieces, marked or not; of marks that overlap, the one that begins first and is longer.
export function pieces(text: string, marks: Mark[]): { text: string; mark?: Mark }[] {
  const list: { text: string; mark?: Mark }[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end).slice(0, MARKED)) {
    const start = Math.max(mark.start, at);
    const end = Math.min(Math.max(mark.end, start), text.length);
    if (start > text.length || (end <= at && mark.end > mark.start)) continue;
    if (start > at) list.push({ text: text.slice(at, start) });
    list.push({ text: text.slice(start, end), mark });
    at = end;
  }
  list.push({ text: text.slice(at) });
  return list;
}

export function Editor({ id, value, onChange, marks = [], jump, numbered, label, describedBy, invalid, onKeyDown }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => pieces(value, jump ? [jump, ...marks.filter((each) => each.start !== jump.start || each.end !== jump.end)] : marks), [value, marks, jump]);
  const lines = useMemo(() => (numbered ? value.split('\n').map((_, i) => i + 1).join('\n') : ''), [value, numbered]);
  useEffect(() => {
    if (!jump) return;
    const mark = box.current?.querySelector<HTMLElement>('.editor-jump');
    if (!mark || !box.current) return;
    // Only the field itself scrolls sideways and down; the page moves no more than it must.
    const field = box.current, inside = mark.getBoundingClientRect(), outside = field.getBoundingClientRect();
    field.scrollTop += inside.top - outside.top - outside.height / 3;
    field.scrollLeft = Math.max(0, mark.offsetLeft - outside.width / 3);
    field.scrollIntoView({ block: 'nearest' });
  }, [jump]);
  return (
    <div className={numbered ? 'editor editor-numbered' : 'editor'} ref={box}>
      {numbered && <pre className="editor-lines" aria-hidden="true">{lines}</pre>}
      <div className="editor-text">
        <pre aria-hidden="true">
          {shown.map(({ text, mark }, i) => (mark ? <mark key={i} className={`editor-${mark.tone}${mark === jump ? ' editor-jump' : ''}${text.includes('\n') ? ' editor-long' : ''}`}>{text || '\u200b'}</mark> : text))}{'\n'}
        </pre>
        <textarea id={id} value={value} wrap={numbered ? 'off' : 'soft'} spellCheck={false} autoCapitalize="off" autoComplete="off" aria-label={label} aria-describedby={describedBy} aria-invalid={invalid} onChange={(event) => onChange(event.target.value)} onKeyDown={onKeyDown} />
      </div>
    </div>
  );
}
