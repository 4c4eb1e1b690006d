// The tools, on a real server: node tests/browser/tools.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import { launch, open, picture, settled } from './browser.mjs';
import { finish, step } from './report.mjs';
import { all } from './village.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/tools.mjs BASE-URL');

const browser = await launch();
const { page, faults } = await open(browser, base, 'desk');
const text = (selector) => page.locator(selector).first().innerText();
const answered = () => page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
const go = async (path) => {
  await page.goto(base + path);
  await settled(page);
  await answered();
};
const write = async (label, value) => {
  await page.getByLabel(label, { exact: true }).fill(value);
  await answered();
};
const values = () => page.locator('.tool-value-text').allInnerTexts();
const [patient] = await all(base, '/Patient?_count=1&_elements=name,telecom,birthDate&_sort=_id');
const names = patient.name.map((each) => each.text);

await step('the tools are one step away in the settings, and nowhere in the way', async () => {
  await go('/');
  assert.equal(await page.locator('.nav a[href^="/tools"]').count(), 0);
  await page.locator('.settings > button').click();
  await page.getByRole('link', { name: '给信息人员的工具' }).click();
  await page.getByRole('link', { name: '表达式试验台' }).click();
  await settled(page);
  assert.equal(await text('h1'), '表达式试验台');
});

await step('fhirpath: the sample answers at once, with each step', async () => {
  await answered();
  assert.deepEqual(await values(), ['收缩压 138 mmHg', '舒张压 84 mmHg']);
  assert.match(await text('.chain'), /\.where\(…\)/);
  await picture(page, 'tools-01-fhirpath');
  await page.getByRole('button', { name: '有效的过敏' }).click();
  await page.waitForFunction(() => document.querySelector('.tool-value-text')?.textContent === '青霉素');
  assert.deepEqual(await values(), ['青霉素']);
  await page.getByRole('button', { name: '电话号码' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.tool-value-text').length === 2);
});

await step('fhirpath: a resource of the record by its address; a value leads to its place', async () => {
  await page.getByLabel('从档案中取').fill(`/fhir/Patient/${patient.id}`);
  await page.keyboard.press('Enter');
  await page.waitForFunction((id) => document.querySelector('.tool-resource .card-head')?.textContent.includes(`Patient/${id}`), patient.id);
  await write('表达式', 'name.text | birthDate');
  assert.deepEqual(await values(), [...names, patient.birthDate]);
  await page.getByRole('button', { name: 'Patient.name[0].text', exact: true }).first().click();
  assert.equal(await text('.editor-numbered .editor-jump'), `"text": "${names[0]}"`);
  const [field, marks] = await page.evaluate(() => ['textarea', 'pre'].map((each) => document.querySelector(`.editor-numbered .editor-text > ${each}`).getBoundingClientRect().height));
  assert.equal(field, marks, 'the text does not lie over its marks');
});

await step('fhirpath: steps show what became of each item, by the position in the expression', async () => {
  await write('表达式', "name.where(text = '无此人').given");
  assert.match(await text('.tool-main'), /结果为空/);
  const counts = await page.locator('.chain > li > .link-line').allInnerTexts();
  assert.match(counts[0], new RegExp(`^name\\s.*${names.length} 项`, 's'));
  assert.match(counts[1], /where.*0 项/s);
  await page.locator('.link-operator').click();
  assert.equal(await text('.editor:not(.editor-numbered) mark'), '=');
  await page.locator('.link-times summary').filter({ hasText: `false × ${names.length}` }).first().click();
  await picture(page, 'tools-02-steps');
});

await step('fhirpath: faults stand at their place, with what to do; strict mode finds more', async () => {
  await write('表达式', "'张' | name..given");
  assert.match(await text('.tool-fault'), /第 1 行第 12 列/);
  assert.match(await text('.tool-fault'), /写法不对/);
  assert.equal(await text('.editor:not(.editor-numbered) mark'), '.');
  await picture(page, 'tools-03-fault');
  await write('表达式', 'name.nosuch');
  assert.match(await text('.tool-objection'), /nosuch/);
  await page.getByLabel('严格模式').check();
  await page.waitForSelector('.tool-fault');
  assert.equal(await text('.editor:not(.editor-numbered) mark'), 'nosuch');
  await page.getByLabel('严格模式').uncheck();
  await write('资源的 JSON', '{"resourceType":"Patient",\n "active": tru}');
  assert.match(await text('.tool-fault'), /第 2 行第 12 列/);
});

await step('fhirpath: a link carries expression and resource, fetched or pasted', async () => {
  await go(`/tools/fhirpath?expression=${encodeURIComponent('name.text')}&resource=Patient/${patient.id}`);
  assert.deepEqual(await values(), names);
  await write('资源的 JSON', '{"resourceType":"Observation","status":"final","valueQuantity":{"value":1.50}}');
  await write('表达式', 'value.value');
  assert.deepEqual(await values(), ['1.50'], 'digits are lost');
  await page.getByRole('button', { name: '复制链接' }).click();
  await page.getByText('已复制链接').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.includes('#json='));
  await page.goto('about:blank');
  await page.goto(link);
  await settled(page);
  await answered();
  assert.deepEqual(await values(), ['1.50']);
});

await step('fhirpath: with the keyboard alone, on a phone', async () => {
  const { page: phone, context } = await open(browser, base, 'phone');
  await phone.goto(`${base}/tools/fhirpath`);
  await settled(phone);
  await phone.getByLabel('表达式', { exact: true }).focus();
  await phone.keyboard.press('Control+A');
  await phone.keyboard.type('entry.resource.count()');
  await phone.waitForFunction(() => document.querySelector('.tool-value-text')?.textContent === '5');
  await phone.keyboard.press('Tab');
  assert.equal(await phone.evaluate(() => document.activeElement.className), 'kind-chip');
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await picture(phone, 'tools-04-phone');
  await context.close();
});

await step('no script failed, and nothing was asked of any other address', () => assert.deepEqual(faults.filter((each) => !/status of 400/.test(each)), []));

await browser.close();
finish();
