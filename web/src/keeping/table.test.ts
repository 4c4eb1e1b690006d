import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { decode, plainCsv, readCsv, writeCsv } from './csv';
import { readXlsx, writeXlsx } from './xlsx';

describe('CSV', () => {
  test('quotes, line ends, empty lines, a byte order mark', () => {
    expect(readCsv('\ufeff姓名,住址\r\n"王""小""明","柳湾村, 1 号"\r\n\r\n李,"一\n二"\n')).toEqual([['姓名', '住址'], ['王"小"明', '柳湾村, 1 号'], ['李', '一\n二']]);
    expect(readCsv('')).toEqual([]);
    expect(readCsv('a,"b')).toEqual([['a', 'b']]);
  });
  test('what is written is read again', () => {
    const rows = [['姓名', '备注'], ['阿依古丽·买买提', 'a"b,c\nd'], ['𠮷', '']];
    expect(readCsv(writeCsv(rows))).toEqual(rows);
    expect(readCsv(plainCsv(rows))).toEqual(rows);
  });
  test('a formula is no formula when opened', () => {
    expect(writeCsv([['=1+1', '+8613912345678', '-5', '@x']])).toBe("'=1+1,+8613912345678,-5,'@x\r\n");
  });
  test('bytes: UTF-8, else GB 18030', () => {
    expect(decode(new TextEncoder().encode('王'))).toBe('王');
    expect(decode(new Uint8Array([0xcd, 0xf5]))).toBe('王');
  });
});

const workbook = (sheet: string, more: Record<string, string> = {}) =>
  zipSync(Object.fromEntries(Object.entries({ 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`, ...more }).map(([name, text]) => [name, strToU8(text)])));

describe('XLSX', () => {
  test('what is written is read again, every digit', () => {
    const rows = [['姓名', '证件号码'], ['王<小>&"明"', '11010519491231002X'], ['𠮷·', '110105194912310021']];
    expect(readXlsx(writeXlsx(rows))).toEqual(rows);
  });
  test('shared strings with runs, gaps between cells, dates by format', () => {
    const bytes = workbook(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>x</t></is></c></row><row r="2"><c r="A2" s="1"><v>31113</v></c><c r="B2" s="2"><v>59</v></c><c r="C2"><v>42</v></c></row>',
      { 'xl/sharedStrings.xml': '<sst><si><r><t>出生</t></r><r><t>日期</t></r></si></sst>', 'xl/styles.xml': '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs></styleSheet>' },
    );
    expect(readXlsx(bytes)).toEqual([['出生日期', '', 'x'], ['1985-03-07', '1900-02-28', '42']]);
  });
  test('a number of more than 15 digits is shown to be spoilt', () => {
    const rows = readXlsx(workbook('<row><c><v>1.1010519491231E+17</v></c><c><v>110105194912310000</v></c><c><v>13912345678</v></c><c><v>1.3912345678E10</v></c></row>'));
    expect(rows).toEqual([['1.1010519491231E+17', '1.10105194912310E+17', '13912345678', '13912345678']]);
  });
  test('what is no workbook is refused', () => {
    expect(() => readXlsx(new Uint8Array([1, 2, 3]))).toThrow();
    expect(() => readXlsx(zipSync({ 'a.txt': strToU8('x') }))).toThrow();
  });
});
