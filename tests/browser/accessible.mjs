// For everyone: a tour of every page in each look, with all that can be seen of a page while it is open: nothing wider than
// the screen, landmarks and names, axe, and in 关怀版 nothing small to press. Then 关怀版 and the keyboard by themselves.
// node tests/browser/accessible.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import { accessibilityFaults, launch, open, picture, settled } from './browser.mjs';
import { finish, step } from './report.mjs';
import { everyPage } from './village.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/accessible.mjs BASE-URL');

// Some of them by name, while something is mended: LOOKS=phone,desk PAGES=summary,find
const chosen = (variable, name) => !process.env[variable] || process.env[variable].split(',').includes(name);
const { home, pages: every } = await everyPage(base);
const pages = every.filter(([name]) => chosen('PAGES', name));
const browser = await launch();

// Every size; every pair of theme, language and mode is seen by axe.
const look = (theme, language, elder, size = 's') => ({ 'witmed.theme': theme, 'witmed.language': language, 'witmed.elder': elder, 'witmed.text-size': size });
const TOURS = [
  { name: 'desk', size: 'desk', look: look('light', 'zh', 'off'), axe: true }, { name: 'phone-dark-english', size: 'phone', look: look('dark', 'en', 'off'), axe: true },
  { name: 'desk-elder-english', size: 'desk', look: look('light', 'en', 'on'), axe: true }, { name: 'phone-elder-dark', size: 'phone', look: look('dark', 'zh', 'on'), axe: true },
  { name: 'phone', size: 'phone', look: look('light', 'zh', 'off') }, { name: 'phone-large', size: 'phone', look: look('light', 'zh', 'off', 'l') },
  { name: 'phone-elder', size: 'phone', look: look('light', 'zh', 'on') }, { name: 'tablet', size: 'tablet', look: look('light', 'zh', 'off') }, { name: 'wall', size: 'wall', look: look('light', 'zh', 'off') },
];
const AT_ONCE = 2;

// What is wrong with the page that is open, as texts.
async function faultsOf(page, { axe, look }, title) {
  const found = await page.evaluate(({ elder, missing }) => {
    const list = [];
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (over > 0) list.push(`${over} px too wide`);
    if (document.querySelectorAll('main').length !== 1) list.push('not one main');
    const heads = document.querySelectorAll('h1').length;
    if (heads !== 1 && !missing) list.push(`${heads} first headings`);
    const navs = [...document.querySelectorAll('nav')].map((each) => each.ariaLabel);
    if (navs.includes(null) || new Set(navs).size !== navs.length) list.push(`navigations: ${navs}`);
    for (const each of document.querySelectorAll('svg[role=img], canvas, [role=img]')) if (!each.ariaLabel && !each.closest('[aria-hidden=true]') && !each.closest('[role=img][aria-label]')) list.push(`nameless: ${each.outerHTML.slice(0, 80)}`);
    if (elder) {
      for (const each of document.querySelectorAll('button, select, input, summary, a')) {
        if (!each.checkVisibility() || each.closest('p, .skip, .visually-hidden')) continue;
        const { width, height } = (each.matches('[type=checkbox], [type=radio]') ? (each.closest('label') ?? each) : each).getBoundingClientRect();
        if (height < 47.5 || width < 44) list.push(`small: ${each.tagName} ${Math.round(width)}×${Math.round(height)} ${(each.textContent || each.ariaLabel || '').slice(0, 24)}`);
      }
    }
    return list;
  }, { elder: look['witmed.elder'] === 'on', missing: title === 'missing' });
  return axe ? [...found, ...await accessibilityFaults(page)] : found;
}

async function tour(each) {
  await step(`every page: ${each.name}`, async () => {
    const { page, context, faults } = await open(browser, base, each.size, each.look);
    const found = [];
    for (const [title, path] of pages) {
      await page.goto(base + path);
      await settled(page);
      await picture(page, `${each.name}-${title}`);
      for (const fault of await faultsOf(page, each, title)) found.push(`${title}: ${fault}`);
    }
    if (each.axe) {
      await page.goto(base + home);
      await settled(page);
      await page.locator('.settings > button').click();
      for (const fault of await accessibilityFaults(page)) found.push(`settings: ${fault}`);
    }
    await context.close();
    assert.deepEqual([...found, ...faults], []);
  });
}
const waiting = TOURS.filter(({ name }) => chosen('LOOKS', name));
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let each = waiting.shift(); each; each = waiting.shift()) await tour(each);
}));

await step('关怀版: switched by one button, kept, in plain words, and nothing that has to be dragged', async () => {
  const { page, context } = await open(browser, base, 'phone');
  await page.goto(base + home);
  await settled(page);
  await page.getByRole('button', { name: '关怀版' }).click();
  await page.reload();
  await settled(page);
  assert.match(await page.locator('.tabs').innerText(), /看病经过/);
  assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize)) >= 21);
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

await browser.close();
finish();
