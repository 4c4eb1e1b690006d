// The terminology page, on a real server that may be written to: node tests/browser/terminology.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import { launch, open, picture, settled } from './browser.mjs';
import { finish, step } from './report.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/terminology.mjs BASE-URL');

// A small system of our own, and what it is called elsewhere.
const SYSTEM = 'urn:witmed:test:diagnoses', OTHER = 'urn:witmed:test:groups';
const names = (code, display, en, concept = []) => ({ code, display, designation: [{ language: 'en', value: en }], ...(concept.length > 0 && { concept }) });
const resources = [
  {
    resourceType: 'CodeSystem', id: 'test-diagnoses', url: SYSTEM, name: 'TestDiagnoses', title: '试验诊断', status: 'active', content: 'complete', language: 'zh-CN', caseSensitive: true, hierarchyMeaning: 'is-a', version: '2',
    concept: [names('C', '循环系统疾病', 'Diseases of the circulatory system', [names('C1', '高血压', 'Hypertension', [names('C1.1', '原发性高血压', 'Essential hypertension'), names('C1.2', '继发性高血压', 'Secondary hypertension')]), names('C2', '冠心病', 'Coronary heart disease')]), names('E1', '2型糖尿病', 'Type 2 diabetes')],
  },
  { resourceType: 'CodeSystem', id: 'test-groups', url: OTHER, name: 'TestGroups', title: '试验病组', status: 'active', content: 'complete', concept: [{ code: 'G7', display: '高血压病组' }] },
  {
    resourceType: 'ConceptMap', id: 'test-map', url: 'urn:witmed:test:map', name: 'TestMap', status: 'active', sourceUri: 'urn:witmed:test:diagnoses', targetUri: 'urn:witmed:test:groups',
    group: [{ source: SYSTEM, target: OTHER, element: [{ code: 'C1', target: [{ code: 'G7', display: '高血压病组', equivalence: 'wider' }] }] }],
  },
];
for (const each of resources) {
  const answer = await fetch(`${base}/fhir/${each.resourceType}/${each.id}`, { method: 'PUT', headers: { 'Content-Type': 'application/fhir+json' }, body: JSON.stringify(each) });
  if (!answer.ok) throw new Error(`${each.id}: ${answer.status} ${await answer.text()}`);
}

const browser = await launch();
const { page, faults } = await open(browser, base, 'desk');
const text = (selector) => page.locator(selector).first().innerText();
const found = (expected) => page.waitForFunction((codes) => [...document.querySelectorAll('.terms-codes .term code')].map((each) => each.textContent).join() === codes.join(), expected);

await step('terminology: a code system is found by its name, and its codes stand in their order', async () => {
  await page.goto(`${base}/terminology`);
  await settled(page);
  await page.getByLabel('按名称查找，或写下地址').fill('试验诊断');
  await page.locator('.terms-sources .term').click();
  await found(['C', 'C1', 'C1.1', 'C1.2', 'C2', 'E1']);
  await picture(page, 'terminology-01-system');
});

await step('terminology: searched as one types, in Chinese, by pinyin initials, by code', async () => {
  for (const [typed, expected] of [['高血压', ['C1', 'C1.1', 'C1.2']], ['gxb', ['C2']], ['E1', ['E1']]]) {
    await page.getByLabel('查找代码').fill(typed);
    await found(expected);
  }
  await page.getByLabel('查找代码').fill('没有这种病');
  await page.getByText('没有找到').waitFor();
});

await step('terminology: one concept with names, parents, children and what it is elsewhere; from one to the next', async () => {
  await page.getByLabel('查找代码').fill('高血压');
  await found(['C1', 'C1.1', 'C1.2']);
  await page.locator('.terms-codes .term', { hasText: 'C1' }).filter({ hasNotText: 'C1.' }).click();
  await page.waitForSelector('.terms-concept h2');
  await settled(page);
  const concept = await text('.terms-concept');
  for (const expected of ['C1 高血压', 'Hypertension', '循环系统疾病', '原发性高血压', '继发性高血压', '对方较宽', 'G7']) assert.ok(concept.includes(expected), `${expected} is missing: ${concept}`);
  await picture(page, 'terminology-02-concept');
  await page.getByLabel('与另一个代码的关系').fill('C1.1');
  await page.keyboard.press('Enter');
  await page.getByText('C1 包含 C1.1').waitFor();
  await page.locator('.terms-concept').getByRole('button', { name: /C1\.1/ }).click();
  await page.locator('#concept-name', { hasText: '原发性高血压' }).waitFor();
  assert.ok(page.url().includes('code=C1.1'));
  await page.goBack();
  await page.locator('#concept-name', { hasText: 'C1 高血压' }).waitFor();
});

await step('terminology: the codes of R4 themselves, in English too', async () => {
  const { page: english, context } = await open(browser, base, 'phone', { 'witmed.language': 'en' });
  await english.goto(`${base}/terminology`);
  await settled(english);
  await english.getByLabel('A name, or a whole address').fill('http://hl7.org/fhir/ValueSet/administrative-gender');
  await english.locator('.terms-sources .term', { hasText: 'value set' }).click();
  await english.waitForFunction(() => document.querySelectorAll('.terms-codes .term').length === 4);
  await english.locator('.terms-codes .term').first().click();
  await english.waitForSelector('.terms-concept h2');
  await settled(english);
  assert.match(await english.locator('.terms-concept').innerText(), /male Male/);
  assert.ok(await english.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await picture(english, 'terminology-03-phone');
  await context.close();
});

await step('no script failed, and nothing was asked of any other address', () => assert.deepEqual(faults.filter((each) => !/status of 4(04|22)/.test(each)), []));

await browser.close();
finish();
