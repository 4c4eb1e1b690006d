// The pictures of docs/web.md, as WebP: node tests/browser/pictures.mjs http://127.0.0.1:8080
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { launch, open, settled } from './browser.mjs';
import { fullestResident } from './village.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/pictures.mjs BASE-URL');
const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
mkdirSync(folder, { recursive: true });

const id = process.argv[3] ?? (await fullestResident(base)).id;   // a resident may be named
const home = `/residents/${id}`;
const dark = { 'witmed.theme': 'dark' };
const elder = { 'witmed.elder': 'on' };
const WRONG = '{\n  "resourceType": "Patient",\n  "gender": "男",\n  "birthDate": "1980-02-30",\n  "name": [{ "text": "示例居民", "familie": "示例" }]\n}';
const PICTURES = [
  ['overview-360', 'phone', '/', {}], ['record-360-elder', 'phone', home, elder], ['record-768', 'tablet', home, {}], ['overview-1440', 'desk', '/', {}],
  ['record-1440-dark', 'desk', `${home}/timeline`, dark], ['sources-1440', 'desk', `${home}/sources`, {}], ['overview-3840', 'wall', '/', dark], ['fhirpath-1440', 'desk', '/tools/fhirpath', {}],
  ['validate-1440', 'desk', `/tools/validate#json=${deflateRawSync(WRONG).toString('base64url')}`, {}],
  ['terminology-1440', 'desk', '/terminology?kind=ValueSet&url=http://hl7.org/fhir/ValueSet/condition-clinical&system=http://terminology.hl7.org/CodeSystem/condition-clinical&code=active', {}],
];

const only = process.env.PICTURES?.split(',');   // some of them by name
const browser = await launch();
// Chromium itself writes WebP, from a canvas of a page of its own.
const painter = await (await browser.newContext()).newPage();
const webp = (png) => painter.evaluate(async (data) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.8).split(',')[1];
}, png.toString('base64'));

for (const [name, size, path, settings] of PICTURES) {
  if (only && !only.includes(name)) continue;
  const { page, context } = await open(browser, base, size, settings);
  await page.goto(base + path);
  await settled(page);
  const last = { '/': '.changes li', '/tools/validate': '.problem', '/terminology': '#concept-name' }[path.split(/[?#]/)[0]];
  if (last) await page.waitForSelector(last);
  const file = Buffer.from(await webp(await page.screenshot()), 'base64');
  writeFileSync(`${folder}${name}.webp`, file);
  console.log(`${name}.webp ${Math.round(file.length / 1024)} kB`);
  await context.close();
}
await browser.close();
