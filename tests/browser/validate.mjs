// The validation page, on a real server: node tests/browser/validate.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import { launch, open, picture, settled } from './browser.mjs';
import { finish, step } from './report.mjs';
import { all } from './village.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/validate.mjs BASE-URL');

const browser = await launch();
const { page, faults } = await open(browser, base, 'desk');
const text = (selector) => page.locator(selector).first().innerText();
const write = async (json) => {
  await page.getByLabel('资源的 JSON').fill(json);
  await page.waitForFunction(() => document.querySelector('[aria-busy=true], .bones') === null);
};
const WRONG = `{
  "resourceType": "Patient",
  "gender": "男",
  "birthDate": "1980-02-30",
  "name": [{ "text": "张三", "familie": "张" }]
}`;

await step('validate: what is wrong, in Chinese, in the order of the text, marked where it stands', async () => {
  await page.goto(`${base}/tools/validate`);
  await settled(page);
  assert.match(await text('.tool-main'), /请粘贴资源的 JSON/);
  await write(WRONG);
  await page.waitForFunction(() => document.querySelectorAll('.problem').length === 3);
  const places = await page.locator('.problem .link').allInnerTexts();
  assert.deepEqual(places.map((each) => Number(each.match(/第 (\d+) 行/)[1])), [3, 4, 5]);
  assert.match(await text('.problems'), /[\u4e00-\u9fff]/);
  assert.match(await text('.tool-main'), /3 个错误/);
  assert.deepEqual(await page.locator('.editor-numbered mark.editor-error').allInnerTexts(), ['"gender": "男"', '"birthDate": "1980-02-30"', '"familie": "张"']);
  await picture(page, 'validate-01-wrong');
});

await step('validate: an issue leads to its place', async () => {
  await page.locator('.problem .link').nth(1).click();
  assert.match(await text('.editor-numbered .editor-jump'), /1980-02-30/);
});

await step('validate: mended in the field, nothing is left to say', async () => {
  await write(WRONG.replace('"男"', '"male"').replace('02-30', '02-28').replace('familie', 'family'));
  await page.waitForFunction(() => document.querySelectorAll('.problem-error').length === 0 && document.querySelector('.tool-good, .problem'));
});

await step('validate: against a profile that is chosen, which the address keeps', async () => {
  const [observation] = await all(base, '/Observation?code=8867-4&_count=1&_elements=id');
  await page.goto(`${base}/tools/validate?resource=Observation/${observation.id}`);
  await settled(page);
  await page.waitForSelector('.tool-profiles input[type=checkbox]');
  await page.locator('.tool-profiles .tool-check', { hasText: 'StructureDefinition/bodyweight' }).click();
  await page.waitForSelector('.problem-error');   // a heart rate is no weight
  assert.ok(page.url().includes(encodeURIComponent('http://hl7.org/fhir/StructureDefinition/bodyweight')));
  await picture(page, 'validate-02-profile');
  await page.reload();
  await page.waitForSelector('.problem-error');
});

await step('validate: with the keyboard alone, on a phone', async () => {
  const { page: phone, context } = await open(browser, base, 'phone');
  await phone.goto(`${base}/tools/validate`);
  await settled(phone);
  await phone.getByLabel('资源的 JSON').focus();
  await phone.keyboard.insertText(WRONG);
  await phone.waitForSelector('.problem');
  await phone.locator('.problem .link').first().focus();
  await phone.keyboard.press('Enter');
  await phone.waitForSelector('.editor-jump');
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await picture(phone, 'validate-03-phone');
  await context.close();
});

await step('no script failed, and nothing was asked of any other address', () => assert.deepEqual(faults, []));

await browser.close();
finish();
