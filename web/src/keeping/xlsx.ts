// The first sheet of an Excel workbook (ECMA-376, SpreadsheetML) as rows of texts, and rows as a workbook. Only what tables
// of people need: shared and inline strings, numbers, dates by their format. Nothing is computed and nothing is executed.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Table } from './csv';

const LARGEST_PART = 60 << 20;   // bytes of one unpacked part: a table of 100,000 rows has about 30 MB
const LARGEST_COLUMN = 200;

const unescape = (text: string) => text.replace(/&(lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);/g, (_, name: string) =>
  name === 'lt' ? '<' : name === 'gt' ? '>' : name === 'amp' ? '&' : name === 'quot' ? '"' : name === 'apos' ? "'" : String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1))));
const texts = (xml: string) => [...xml.replace(/<rPh[\s\S]*?<\/rPh>/g, '').matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)].map((each) => unescape(each[1] ?? '')).join('');
const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

// Which cell styles show dates: built-in formats, and own ones that have a year, month or day outside of quotes.
function dateStyles(styles: string): boolean[] {
  const own = new Map([...styles.matchAll(/<numFmt\s[^>]*>/g)].map(([tag]) => [attribute(tag, 'numFmtId') ?? '', attribute(tag, 'formatCode') ?? '']));
  const isDate = (id: string) => {
    const n = Number(id);
    if ((n >= 14 && n <= 22) || (n >= 27 && n <= 36) || (n >= 50 && n <= 58)) return true;
    return /[yYdD]/.test((own.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
  };
  const cells = /<cellXfs[\s\S]*?<\/cellXfs>/.exec(styles)?.[0] ?? '';
  return [...cells.matchAll(/<xf\s[^>]*>/g)].map(([tag]) => isDate(attribute(tag, 'numFmtId') ?? '0'));
}

const DAY_MS = 86_400_000;
// Days since 1899-12-30; the leap day of 1900 that never was makes the first two months one less.
function dayOf(serial: number): string {
  const days = Math.floor(serial) + (serial < 60 ? 1 : 0);
  return new Date(Date.UTC(1899, 11, 30) + days * DAY_MS).toISOString().slice(0, 10);
}

// A number has 15 digits in a spreadsheet: a longer one has lost its end, and is written so that this is seen.
function numberText(text: string): string {
  const digits = text.replace(/[^0-9]/g, '');
  if (/[eE]/.test(text)) {
    const value = Number(text);
    return Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : text.replace(/e\+?/i, 'E+');
  }
  return digits.length > 15 && !text.includes('.') ? Number(text).toExponential(14).replace('e', 'E') : text;
}

function columnOf(reference: string): number {
  let n = 0;
  for (const c of /^[A-Z]+/.exec(reference)?.[0] ?? '') n = n * 26 + c.charCodeAt(0) - 64;
  return n - 1;
}

export function readXlsx(bytes: Uint8Array): Table {
  const parts = unzipSync(bytes, { filter: (file) => /^xl\/(sharedStrings|styles|workbook|worksheets\/[^/]+|_rels\/[^/]+)\.(xml|xml\.rels)$/.test(file.name) && file.originalSize <= LARGEST_PART });
  const part = (name: string) => (parts[name] ? strFromU8(parts[name]) : '');
  const relation = attribute(/<sheet\s[^>]*>/.exec(part('xl/workbook.xml'))?.[0] ?? '', 'r:id');
  const target = [...part('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\s[^>]*>/g)].map(([tag]) => tag).find((tag) => relation !== undefined && attribute(tag, 'Id') === relation);
  const path = target ? attribute(target, 'Target')?.replace(/^\/?(xl\/)?/, 'xl/') : undefined;
  const sheet = part(path ?? 'xl/worksheets/sheet1.xml') || part('xl/worksheets/sheet1.xml');
  if (sheet === '') throw new Error('no sheet');
  const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>([\s\S]*?)<\/si>|<si\/>/g)].map((each) => texts(each[1] ?? ''));
  const dates = dateStyles(part('xl/styles.xml'));
  const base1904 = /<workbookPr[^>]*date1904="(1|true)"/.test(part('xl/workbook.xml')) ? 1462 : 0;
  const rows: Table = [];
  for (const [, inside] of sheet.matchAll(/<row(?:\s[^>]*)?>([\s\S]*?)<\/row>/g)) {
    const row: string[] = [];
    for (const [, head = '', content = ''] of (inside ?? '').matchAll(/<c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const column = attribute(head, 'r') ? columnOf(attribute(head, 'r') ?? '') : row.length;
      if (column < 0 || column >= LARGEST_COLUMN) continue;
      const type = attribute(head, 't'), value = unescape(/<v(?:\s[^>]*)?>([\s\S]*?)<\/v>/.exec(content)?.[1] ?? '');
      while (row.length < column) row.push('');
      if (type === 's') row[column] = shared[Number(value)] ?? '';
      else if (type === 'inlineStr') row[column] = texts(content);
      else if (type === 'str' || type === 'b' || type === 'e') row[column] = type === 'e' ? '' : value;
      else if (value !== '' && dates[Number(attribute(head, 's') ?? '-1')] && Number(value) > 0) row[column] = dayOf(Number(value) + base1904);
      else row[column] = numberText(value);
    }
    const trimmed = row.map((each) => (each ?? '').trim());
    if (trimmed.some((each) => each !== '')) rows.push(trimmed);
  }
  return rows;
}

const escape = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

// Every cell is a text (style 1 is "@"), so that numbers keep all their digits when the table is filled in.
export function writeXlsx(rows: Table): Uint8Array {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const body = rows.map((row) => `<row>${row.map((text) => `<c t="inlineStr" s="1"><is><t xml:space="preserve">${escape(text)}</t></is></c>`).join('')}</row>`).join('');
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', pack = 'http://schemas.openxmlformats.org/package/2006';
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zipSync({
    '[Content_Types].xml': strToU8(`${head}<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`),
    '_rels/.rels': strToU8(`${head}<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    'xl/_rels/workbook.xml.rels': strToU8(`${head}<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`),
    'xl/workbook.xml': strToU8(`${head}<workbook ${main} xmlns:r="${office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    'xl/styles.xml': strToU8(`${head}<styleSheet ${main}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`),
    'xl/worksheets/sheet1.xml': strToU8(`${head}<worksheet ${main}><cols><col min="1" max="${columns}" width="18" style="1" customWidth="1"/></cols><sheetData>${body}</sheetData></worksheet>`),
  });
}
