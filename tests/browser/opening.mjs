// How soon the fullest record is there. It is timed, so it runs when nothing else does: node tests/browser/opening.mjs BASE-URL
import assert from 'node:assert/strict';
import { launch, open } from './browser.mjs';
import { finish, step } from './report.mjs';
import { fullestResident } from './village.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/opening.mjs BASE-URL');

const OPEN_LIMIT_MS = process.env.CI ? 2000 : 500;   // CI shares its machine: there it only guards against collapse
const OPENINGS = 5;
const MOST_OPENINGS = 15;   // a busy machine gets more chances of a quiet moment

const { id, resources } = await fullestResident(base);
const browser = await launch();
const { page } = await open(browser, base, 'desk');

await step(`the fullest resident opens in ${OPEN_LIMIT_MS} ms`, async () => {
  const times = [];
  for (let i = 0; i < OPENINGS || (i < MOST_OPENINGS && Math.min(...times) > OPEN_LIMIT_MS); i++) {
    await page.goto(`${base}/residents/${id}`);
    await page.waitForSelector('[data-opened]');
    times.push(Number(await page.locator('.record').getAttribute('data-opened')));
  }
  times.sort((a, b) => a - b);
  console.log(`  ${resources.length} resources open in ${times[0]} / ${times[times.length >> 1]} / ${times.at(-1)} ms (least, median, most of ${times.length})`);
  assert.ok(times[0] <= OPEN_LIMIT_MS, `${times[0]} ms at best`);
});

await browser.close();
finish();
