// A doctor's way through the pages, on a real server: node tests/browser/journey.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import { launch, open, picture, settled } from './browser.mjs';
import { finish, step } from './report.mjs';
import { all, count, fullestResident } from './village.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/journey.mjs BASE-URL');

const fullest = await fullestResident(base);
const name = fullest.patient.name[0].text;
const number = fullest.patient.identifier.find((each) => each.system === 'urn:oid:2.16.156.10011.1.3').value;
const home = `/residents/${fullest.id}`;
console.log(`fullest resident: ${fullest.id}, ${fullest.resources.length} resources`);

const browser = await launch();
const { page, faults, context } = await open(browser, base, 'desk');
const text = (selector) => page.locator(selector).first().innerText();
const go = async (path) => {
  await page.goto(base + path);
  await settled(page);
};
const shown = async () => Number((await text('.timeline-status strong')).match(/\d+/)[0]);
const next = (month) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 7);
const glided = () => page.waitForTimeout(400);

// A server that has just been started counts first.
const overview = async () => (await fetch(`${base}/fhir/$overview`)).json();
let figures = await overview();
while (figures.parameter.some((each) => each.name === 'preparing')) {
  await new Promise((done) => setTimeout(done, 200));
  figures = await overview();
}
const figure = (name) => figures.parameter.filter((each) => each.name === name);

await step('overview: the counts are the server\'s, and the banner says that the data is synthetic', async () => {
  await go('/');
  assert.match(await text('.synthetic'), /演示数据/);
  assert.match(await text('.as-of'), /数据截至 \d{4}-\d\d-\d\d \d\d:\d\d/);
  assert.equal(await text('.counts-main dd'), (await count(base, 'Patient')).toLocaleString('en-US'));
  const people = (await page.locator('.pyramid thead th').allInnerTexts()).join(' ').replaceAll(',', '').match(/\d+/g).map(Number);
  assert.equal(people[0] + people[1], figure('alive')[0].valueInteger - figure('unknown')[0].valueInteger);
  assert.equal(await page.locator('.months li').count(), 24);
  assert.equal(await page.locator('.heat tbody tr').count(), figure('disease').length);
  assert.equal(await page.locator('.map circle').count(), figure('institution').length);
  await page.waitForSelector('.changes li');
  await picture(page, '01-overview');
});

await step('overview: its figures are those of plain searches', async () => {
  const visits = figure('month').at(-2).part;
  const month = visits.find((each) => each.name === 'month').valueString;
  const sum = visits.reduce((total, each) => total + (each.valueInteger ?? 0), 0);
  // A visit counts in the month in which it began: who came before and stayed is found by both searches.
  const [begin, end] = [month, next(month)].map((each) => `${each}-01T00:00:00%2B08:00`);
  assert.equal(sum, await count(base, `Encounter?date=ge${begin}&date=lt${end}`) - await count(base, `Encounter?date=ge${begin}&date=lt${begin}`), month);
  const top = figure('disease')[0].part;
  const code = top.find((each) => each.name === 'code').valueString;
  const sick = new Set();
  for (const each of await all(base, '/Condition?_elements=subject,code&_count=2000')) if (each.code.coding?.[0]?.code?.startsWith(code)) sick.add(each.subject.reference);
  const alive = new Set((await all(base, '/Patient?_elements=deceased&_count=2000')).filter((each) => !each.deceasedDateTime && !each.deceasedBoolean).map((each) => `Patient/${each.id}`));
  assert.equal(top.find((each) => each.name === 'people').valueInteger, [...sick].filter((who) => alive.has(who)).length, code);
});

await step('overview: what is written appears by itself, is held while paused, and comes after', async () => {
  const write = (id) => fetch(`${base}/fhir/Basic/${id}`, { method: 'PUT', headers: { 'Content-Type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Basic', id, code: { text: `直播${id}` } }) });
  await write('live-1');
  await page.locator('.changes', { hasText: '直播live-1' }).waitFor({ timeout: 5000 });
  await page.getByRole('button', { name: '暂停' }).click();
  await write('live-2');
  await page.waitForTimeout(1200);
  assert.equal(await page.locator('.changes', { hasText: '直播live-2' }).count(), 0);
  await page.getByRole('button', { name: '继续' }).click();
  await page.locator('.changes', { hasText: '直播live-2' }).waitFor({ timeout: 5000 });
  for (const id of ['live-1', 'live-2']) await fetch(`${base}/fhir/Basic/${id}`, { method: 'DELETE' });
});

await step('find: by name, chosen and opened with the keyboard alone', async () => {
  await go('/find');
  await page.keyboard.type(name);
  await page.waitForSelector('.person');
  await settled(page);
  const rows = await page.locator('.person').allInnerTexts();
  const at = rows.findIndex((row) => row.includes(number.slice(-4)) && row.includes(name));
  assert.ok(at >= 0, `${name} is not among: ${rows.join(' | ')}`);
  assert.ok(!rows.join().includes(number), 'the whole identity number stands in the list');
  await picture(page, '02-find');
  for (let i = 0; i <= at; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${home}`);
  await settled(page);
  assert.equal(await text('.who h1'), name);
});

await step('find: by the whole identity number, by its last four, by nobody\'s name', async () => {
  for (const query of [number, number.slice(-4)]) {
    await go(`/find?q=${query}`);
    assert.ok((await page.locator('.person').allInnerTexts()).some((row) => row.includes(name)), query);
  }
  await go('/find?q=zzzzqqqq');
  assert.match(await text('.nothing'), /没有找到/);
});

await step('record: who it is, what harms, what is not recorded', async () => {
  await go(home);
  assert.equal(await text('.who h1'), name);
  const resources = fullest.resources;
  const allergies = resources.filter((each) => each.resourceType === 'AllergyIntolerance');
  if (allergies.length === 0) assert.match(await text('.who'), /过敏史未记录/);
  else assert.match(await text('.allergy'), new RegExp(allergies[0].code.text));
  assert.match(await text('.who-opened'), new RegExp(`^${resources.length} 条记录`));
  assert.ok(await page.locator('.series-row').count() > 3);
  await picture(page, '03-record');
});

await step('timeline: zoom by button, by Ctrl and wheel, move by dragging, all again', async () => {
  await go(`${home}/timeline`);
  const whole = await shown();
  await page.getByRole('button', { name: '放大' }).click();
  await glided();
  const nearer = await shown();
  assert.ok(nearer < whole, `${nearer} of ${whole}`);
  const plot = page.locator('.plot canvas');
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.down('Control');
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -120);
  await page.keyboard.up('Control');
  await glided();
  assert.ok(await shown() < nearer, 'the wheel did not zoom');
  const before = await plot.getAttribute('aria-label');
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 200, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  assert.notEqual(await plot.getAttribute('aria-label'), before, 'dragging did not move');
  await picture(page, '04-timeline-zoomed');
  await page.getByRole('button', { name: '全部', exact: true }).click();
  await glided();
  assert.ok(await shown() >= whole);
});

await step('timeline: filters by kind, by what is abnormal, by institution, and clears them', async () => {
  const whole = await shown();
  await page.getByRole('button', { name: '用药', exact: true }).click();
  const without = await shown();
  assert.ok(without < whole);
  await page.getByRole('button', { name: '只看异常' }).click();
  const abnormal = await shown();
  assert.ok(abnormal < without);
  for (const row of await page.locator('.event').all()) assert.match(await row.innerText(), /偏高|偏低|异常/);
  await page.getByRole('button', { name: '清除筛选' }).click();
  await page.locator('.timeline-institution').selectOption({ index: 1 });
  assert.ok(await shown() < whole);
  await page.getByRole('button', { name: '清除筛选' }).click();
  assert.equal(await shown(), whole);
});

await step('timeline: only the rows in sight exist', async () => {
  assert.ok(await shown() > 100 && await page.locator('.event').count() < 80, `${await page.locator('.event').count()} rows`);
});

await step('raw FHIR of an entry is what the server holds, and can be copied', async () => {
  await page.locator('.event button').first().click();
  await page.locator('.resource summary').first().click();
  await page.waitForSelector('.resource pre');
  const reference = await text('.resource code');
  const drawn = await page.locator('.resource pre').first().innerText();
  const held = await (await fetch(`${base}/fhir/${reference}`)).json();
  assert.deepEqual(JSON.parse(drawn), held);
  await page.locator('.copy').first().click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), drawn);
  await picture(page, '05-raw');
  await page.keyboard.press('Escape');
});

await step('trends: charts come and go with their buttons', async () => {
  await go(`${home}/trends`);
  const charts = await page.locator('.trend canvas').count();
  assert.ok(charts > 0);
  await picture(page, '06-trends');
  await page.locator('.trends-tools .kind-chip[aria-pressed="false"]').first().click();
  await page.locator('.trend').nth(charts).waitFor();
});

await step('medicines over time', async () => {
  await go(`${home}/medicines`);
  const names = new Set(fullest.resources.filter((each) => each.resourceType === 'MedicationRequest').map((each) => each.medicationCodeableConcept.text));
  assert.equal(await page.locator('.gantt-row').count(), names.size);
  assert.ok(await page.locator('.gantt-bar, .gantt-dot').count() >= names.size);
  await picture(page, '07-medicines');
});

await step('language: English at a switch, and kept', async () => {
  await page.getByRole('button', { name: 'English' }).click();
  assert.match(await text('.nav'), /Overview/);
  await go(home);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.match(await text('.synthetic'), /Synthetic data/);
  await picture(page, '08-english');
  await page.getByRole('button', { name: '中文' }).click();
  assert.match(await text('.nav'), /概览/);
});

await step('a resident who is not there, and a page that is not there', async () => {
  const ignored = faults.length;
  await go('/residents/nobody-at-all');
  assert.match(await text('.notice'), /没有这份档案/);
  await go('/nowhere');
  assert.match(await text('.notice'), /没有这个页面/);
  faults.length = ignored;   // the console names the 404 that was asked for
});

await step('off line: said so, and mended by trying again', async () => {
  await go('/find');
  const ignored = faults.length;
  await context.setOffline(true);
  await page.keyboard.type('王');
  await page.waitForSelector('.notice');
  assert.match(await text('.notice'), /连不上服务器/);
  assert.match(await text('.offline'), /网络已断开/);
  await picture(page, '09-offline');
  await context.setOffline(false);
  faults.length = ignored;
  await page.getByRole('button', { name: '重试' }).click();
  await page.waitForSelector('.person');
});

await step('sources: each institution with its entries; one alone never hides an allergy', async () => {
  await go(`${home}/sources`);
  const counts = (await page.locator('.source-types strong').allInnerTexts()).map((each) => Number(each.match(/\d+/)[0]));
  assert.equal(counts.reduce((sum, each) => sum + each, 0), fullest.resources.length);
  assert.ok(counts.length >= 2);
  const before = await page.locator('.who .who-line').allInnerTexts();
  await picture(page, '10-sources');
  await page.getByRole('button', { name: '只看这家' }).first().click();
  assert.match(await text('.filtered'), new RegExp(`的 ${counts[0] + 1} 条记录|的 ${counts[0]} 条记录`));
  assert.deepEqual(await page.locator('.who .who-line').allInnerTexts(), before);
  await page.getByRole('link', { name: '时间线' }).click();
  await page.waitForSelector('.event-place');
  const name = (await text('.filtered')).match(/“(.+)”/)[1];
  assert.deepEqual(new Set(await page.locator('.event-place').allInnerTexts()), new Set([name]));
  await page.getByRole('button', { name: '显示全部机构' }).click();
  assert.equal(await page.locator('.filtered').count(), 0);
});

await step('family: the relatives on file, and the way to the record of one', async () => {
  const kin = fullest.resources.filter((each) => each.resourceType === 'RelatedPerson');
  await go(`${home}/family`);
  const [relatives, ...households] = await page.locator('.family > section').all();
  assert.equal(await relatives.locator('.member').count(), kin.length + (fullest.patient.link ?? []).length);
  const others = (group) => (group.member ?? []).some((each) => !each.inactive && each.entity.reference !== `Patient/${fullest.id}`);
  assert.equal(households.length, fullest.resources.filter((each) => each.resourceType === 'Group' && others(each)).length);
  await picture(page, '11-family');
  const link = page.locator('.member-records a').first();
  if (await link.count() === 0) return;
  const other = await page.locator('.member', { has: page.locator('.member-records a') }).first().locator('h3').innerText();
  await link.click();
  await page.waitForSelector('.who h1');
  await page.waitForFunction((own) => document.querySelector('.record')?.dataset.resident !== own, fullest.id);
  await settled(page);
  assert.ok(other.startsWith(await text('.who h1')), `${other} led to ${await text('.who h1')}`);
});

await step('print: a link to the PDF of the summary', async () => {
  await go(home);
  const href = await page.getByRole('link', { name: '打印摘要' }).getAttribute('href');
  const answer = await fetch(base + href);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.equal(Buffer.from(await answer.arrayBuffer()).subarray(0, 5).toString(), '%PDF-');
});

await step('a record that cannot be understood says so, and opens when it can be asked for again', async () => {
  const { page: other, context } = await open(browser, base, 'phone');
  // Valid JSON that is no valid FHIR: a list of reactions that is a number.
  await other.route('**/$everything**', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.entry.push({ resource: { resourceType: 'AllergyIntolerance', id: 'broken', reaction: 5 } });
    await route.fulfill({ json: answer });
  });
  await other.goto(base + home);
  await other.waitForSelector('.notice');
  assert.match(await other.locator('.notice').innerText(), /收到的内容无法读懂/);
  assert.equal(await other.locator('.bones').count(), 0, 'grey shapes go on where nothing will come');
  await picture(other, '12-broken');
  await other.unrouteAll();
  await other.getByRole('button', { name: '重试' }).click();
  await other.waitForSelector('.who h1');
  assert.equal(await other.locator('.notice').count(), 0);
  await context.close();
});

await step('a record on its way says whose it is, and that allergies and diseases are not there yet', async () => {
  const { page: other, context } = await open(browser, base, 'phone');
  let release;
  const held = new Promise((done) => { release = done; });
  await other.route('**/$everything**', async (route) => {
    await held;
    await route.continue();
  });
  await other.goto(base + home);
  await other.waitForSelector('.who[aria-busy]');
  const said = await other.locator('.who').innerText();
  assert.ok(said.includes(name));
  assert.match(said, /正在读取全部记录，过敏、疾病与用药稍后显示/);
  assert.equal(await other.locator('.who-label').count(), 0, 'something is said of allergies before they are known');
  await picture(other, '13-arriving');
  release();
  await other.waitForSelector('[data-opened]');
  assert.equal(await other.locator('.who[aria-busy]').count(), 0);
  await context.close();
});

await step('no script failed, and nothing was asked of any other address', () => assert.deepEqual(faults, []));

await browser.close();
finish();
