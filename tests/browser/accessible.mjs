// For everyone: axe on every page in both themes, both languages and elder mode; the keyboard alone; big targets.
// node tests/browser/accessible.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import { accessibilityFaults, launch, open, pagesOf, picture, settled } from './browser.mjs';
import { finish, step } from './report.mjs';
import { fullestResident } from './village.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/accessible.mjs BASE-URL');

const id = process.argv[3] ?? (await fullestResident(base)).id;   // a resident may be named
const home = `/residents/${id}`;
const browser = await launch();

// Every pair of theme, language and mode occurs.
const LOOKS = [
  { 'witmed.theme': 'light', 'witmed.language': 'zh', 'witmed.elder': 'off' }, { 'witmed.theme': 'dark', 'witmed.language': 'en', 'witmed.elder': 'off' },
  { 'witmed.theme': 'light', 'witmed.language': 'en', 'witmed.elder': 'on' }, { 'witmed.theme': 'dark', 'witmed.language': 'zh', 'witmed.elder': 'on' },
];

const only = process.env.LOOKS?.split(",").map(Number);   // some of them, while something is mended
for (const [i, look] of LOOKS.entries()) {
  if (only && !only.includes(i)) continue;
  const name = Object.values(look).join(' ');
  await step(`axe finds nothing: ${name}`, async () => {
    const { page, context } = await open(browser, base, i % 2 === 0 ? 'desk' : 'phone', look);
    const found = [];
    for (const [title, path] of pagesOf(home)) {
      await page.goto(base + path);
      await settled(page);
      for (const fault of await accessibilityFaults(page)) found.push(`${title}: ${fault}`);
    }
    await page.goto(base + home);
    await settled(page);
    await page.locator('.settings > button').click();
    for (const fault of await accessibilityFaults(page)) found.push(`settings: ${fault}`);
    await context.close();
    assert.deepEqual(found, []);
  });
}

await step('关怀版: switched by one button, kept, in plain words, and everything that is pressed is at least 48 px high', async () => {
  const { page, context } = await open(browser, base, 'phone');
  await page.goto(base + home);
  await settled(page);
  await page.getByRole('button', { name: '关怀版' }).click();
  await page.reload();
  await settled(page);
  assert.match(await page.locator('.tabs').innerText(), /看病经过/);
  assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize)) >= 21);
  const small = [];
  for (const [title, path] of pagesOf(home)) {
    await page.goto(base + path);
    await settled(page);
    await picture(page, `elder-${title}`);
    const found = await page.evaluate(() => [...document.querySelectorAll('button, select, input, summary, a')].filter((each) => each.checkVisibility() && !each.closest('p, .skip, .visually-hidden')).flatMap((each) => {
      const { width, height } = (each.matches('[type=checkbox], [type=radio]') ? (each.closest('label') ?? each) : each).getBoundingClientRect();
      return height >= 47.5 && width >= 44 ? [] : [`${each.tagName} ${Math.round(width)}×${Math.round(height)} ${(each.textContent || each.ariaLabel || '').slice(0, 24)}`];
    }));
    small.push(...found.map((each) => `${title}: ${each}`));
  }
  assert.deepEqual(small, []);
  await page.goto(`${base}${home}/timeline`);
  await settled(page);
  assert.equal(await page.locator('.plot, .brush').count(), 0, 'something to drag is left');
  const whole = Number((await page.locator('.timeline-status strong').innerText()).match(/\d+/)[0]);
  await page.locator('select').last().selectOption({ index: 1 });
  assert.ok(Number((await page.locator('.timeline-status strong').innerText()).match(/\d+/)[0]) < whole, 'a year of the list');
  await context.close();
});

await step('keyboard: the content is one step away, everything is reached, and what has the focus is seen', async () => {
  const { page, context } = await open(browser, base, 'desk');
  await page.goto(base + home);
  await settled(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  const stops = await page.evaluate(() => [...document.querySelectorAll('main :is(a[href], button, select, summary, input, [tabindex="0"])')].filter((each) => each.checkVisibility()).length);
  const reached = new Set();
  for (let i = 0; i < stops; i++) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const at = document.activeElement;
      const style = getComputedStyle(at);
      at.dataset.stop ??= String(Math.random());
      return { stop: at.dataset.stop, inside: !!at.closest('main'), seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none', what: at.outerHTML.slice(0, 90) };
    });
    if (!now.inside) break;
    assert.ok(now.seen, `the focus is not seen: ${now.what}`);
    reached.add(now.stop);
  }
  assert.equal(reached.size, stops);
  await page.keyboard.press('Escape');
  // The settings close with Escape and give the focus back.
  await page.locator('.settings > button').focus();
  await page.keyboard.press('Enter');
  await page.locator('.settings-panel').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.settings-panel').count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement.closest('.settings') !== null));
  await context.close();
});

await step('landmarks and names: one main, one first heading, each navigation and each picture named', async () => {
  const { page, context } = await open(browser, base, 'desk');
  for (const [title, path] of pagesOf(home)) {
    await page.goto(base + path);
    await settled(page);
    const found = await page.evaluate(() => ({
      mains: document.querySelectorAll('main').length, heads: document.querySelectorAll('h1').length, navs: [...document.querySelectorAll('nav')].map((each) => each.ariaLabel),
      nameless: [...document.querySelectorAll('svg[role=img], canvas, [role=img]')].filter((each) => !each.ariaLabel && !each.closest('[aria-hidden=true]') && !each.closest('[role=img][aria-label]')).map((each) => each.outerHTML.slice(0, 80)),
    }));
    assert.equal(found.mains, 1, title);
    if (title !== 'missing') assert.equal(found.heads, 1, `${title}: ${found.heads} first headings`);
    assert.equal(new Set(found.navs).size, found.navs.length, `${title}: ${found.navs}`);
    assert.ok(!found.navs.includes(null), title);
    assert.deepEqual(found.nameless, [], title);
  }
  await context.close();
});

await browser.close();
finish();
