// Tables as rows of texts: CSV read and written (RFC 4180), bytes decoded as UTF-8 or, where they are not, GB 18030.
export type Table = string[][];

export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);   // what Chinese spreadsheets write by default
  }
}

export function readCsv(text: string): Table {
  const rows: Table = [];
  let row: string[] = [], field = '', quoted = false, began = false;
  const endField = () => { row.push(field.trim()); field = ''; began = false; };
  const endRow = () => { endField(); if (row.some((each) => each !== '')) rows.push(row); row = []; };
  for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') { field += '"'; i++; } else quoted = false;
    } else if (c === '"' && !began) { quoted = true; began = true; } else if (c === ',') endField();
    else if (c === '\n' || c === '\r') { if (c === '\r' && text[i + 1] === '\n') i++; endRow(); } else { field += c; began = began || c !== ' '; }
  }
  if (field !== '' || row.length > 0) endRow();
  return rows;
}

// A field that a spreadsheet would take for a formula is written as text.
function cell(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
export const writeCsv = (rows: Table): string => rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
// As it is, for a program.
export const plainCsv = (rows: Table): string => rows.map((row) => row.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')).join('\n') + '\n';
