// Chromium for the journey: opens pages, takes a picture of each step, and watches what a page must never do.
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(`${root}web/package.json`);
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');
const pictures = `${root}build/browser`;

export const SIZES = { phone: { width: 360, height: 780 }, tablet: { width: 768, height: 1024 }, desk: { width: 1440, height: 900 }, wall: { width: 3840, height: 2160 } };

export async function launch() {
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-background-networking'] });
}

// A page of a size in a fresh profile. `faults` gathers what went wrong in it: errors of scripts, errors on the
// console, and requests to anywhere but `base`.
export async function open(browser, base, size, settings = {}) {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: 'light', locale: 'zh-CN', timezoneId: 'Asia/Shanghai', bypassCSP: true, permissions: ['clipboard-read', 'clipboard-write'] });
  await context.addInitScript((stored) => {
    for (const [key, value] of Object.entries(stored)) if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
  }, settings);
  context.setDefaultTimeout(90_000);   // on a busy machine a page takes its time
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  // What is under way, but for the live feed, which never ends.
  page.underWay = new Set();
  page.on('request', (request) => new URL(request.url()).pathname !== '/feed' && page.underWay.add(request));
  for (const event of ['requestfinished', 'requestfailed']) page.on(event, (request) => page.underWay.delete(request));
  page.on('request', (request) => !request.url().startsWith(base) && !request.url().startsWith('blob:') && faults.push(`foreign request: ${request.url()}`));
  return { context, page, faults };
}

// Until nothing is being fetched and no grey shape is left.
export async function settled(page) {
  await page.waitForLoadState('load');
  for (let quiet = 0; quiet < 4;) {
    quiet = page.underWay.size === 0 ? quiet + 1 : 0;
    await page.waitForTimeout(40);
  }
  await page.waitForFunction(() => document.querySelector('.bones') === null);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

export async function picture(page, name) {
  await page.screenshot({ path: `${pictures}/${name}.png` });
}

// What axe finds against WCAG 2.1 A and AA, as "rule: first place".
export async function accessibilityFaults(page) {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations.map((each) => `${each.id} (${each.nodes.length}): ${each.nodes[0].html.slice(0, 160)} ${each.nodes[0].failureSummary.split('\n')[1] ?? ''}`);
  });
}
