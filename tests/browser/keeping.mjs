// A registrar's way through the pages of keeping, on a real server: node tests/browser/keeping.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, open, picture, settled } from './browser.mjs';
import { finish, step } from './report.mjs';
import { all, count } from './village.mjs';

const base = (process.argv[2] ?? '').replace(/\/$/, '');
if (!base) throw new Error('usage: node tests/browser/keeping.mjs BASE-URL');

// GB 11643 check character, so that the journey has numbers of nobody that are right.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const residentNumber = (seventeen) => seventeen + '10X98765432'[[...seventeen].reduce((sum, c, i) => sum + Number(c) * WEIGHTS[i], 0) % 11];
const run = String(Date.now()).slice(-3);   // so that it can go twice over one record
const number = residentNumber(`47012119730506${run}`);
const male = Number(run.at(-1)) % 2 === 1;
const given = [...run].map((c) => '零壹贰叁肆伍陆柒捌玖'[c]).join('');
const name = `欧阳𠮷${given}`;

const browser = await launch();
const { page, faults } = await open(browser, base, 'desk');
const text = (selector) => page.locator(selector).first().innerText();
const go = async (path) => {
  await page.goto(base + path);
  await settled(page);
};
const ask = async (path, body) => (await fetch(`${base}/fhir${path}`, { method: 'POST', headers: { 'Content-Type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Parameters', parameter: body }) })).json();
const dialog = page.locator('.ant-modal-container, .ant-modal-content').first();
const saveDialog = async () => {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await dialog.getByRole('button', { name: '保存', exact: true }).click();
  return (await answered).status();
};
let resident;

await step('register: a slip in the number is named at its field, with the keyboard alone', async () => {
  await go('/register');
  await page.getByLabel('证件号码').focus();
  await page.keyboard.type(number.slice(0, 16) + (number[16] === '0' ? '1' : '0') + number[17]);
  await page.keyboard.press('Tab');
  await page.waitForSelector('.finding-error');
  assert.match(await text('.finding-error'), /校验位|号码/);
});

await step('register: birth date and age come from the number; saved with Enter', async () => {
  await page.getByLabel('证件号码').fill(number);
  await page.getByLabel('姓名', { exact: false }).first().fill(name);
  await page.locator('.choice').filter({ hasText: '性别' }).getByLabel(male ? '男' : '女').check();
  await page.waitForFunction(() => [...document.querySelectorAll('.field-hint')].some((each) => /年龄 \d+岁/.test(each.textContent)));
  await page.getByLabel('村（居）').fill('柳湾村');
  await page.getByLabel('户号').fill(`J-${run}`);
  await page.locator('.choice').filter({ hasText: '过敏史' }).getByLabel('无', { exact: true }).check();
  await picture(page, 'keep-01-register');
  await page.getByLabel('网格').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.saved');
  await page.getByRole('link', { name: '打开档案' }).click();
  await settled(page);
  assert.equal(await text('.who h1'), name);
  assert.match(await text('.who'), /已询问，无已知过敏/);
  resident = page.url().split('/').at(-1);
});

await step('register: somebody likely the same is shown while typing, with reasons, and must be told apart', async () => {
  await go('/register');
  await page.getByLabel('姓名', { exact: false }).first().fill(name);
  await page.locator('.choice').filter({ hasText: '性别' }).getByLabel(male ? '男' : '女').check();
  await page.getByLabel('出生日期').fill('1973-06-05');
  await page.locator('.candidate', { hasText: '出生月日颠倒' }).waitFor();
  const candidate = await text('.candidate');
  assert.match(candidate, new RegExp(name));
  assert.match(candidate, /姓名相同/);
  assert.ok(!candidate.includes(number), 'the whole identity number stands in the list');
  await page.getByRole('button', { name: '建档', exact: true }).click();
  await page.waitForSelector('.form-check');
  await picture(page, 'keep-02-duplicate');
  assert.match(await text('.form-check'), /没有任何证件/);
  assert.equal(await count(base, `Patient?name=${encodeURIComponent(name)}`), 1);
  await page.getByRole('button', { name: '不是同一人' }).first().click();
  await page.locator('.form-check input').first().check();
  await page.getByRole('button', { name: '建档', exact: true }).click();
  await page.waitForSelector('.saved');
});

await step('an unknown person is registered with nothing, and identified later', async () => {
  await go('/register');
  await page.getByLabel('身份不明（无名氏）').check();
  await page.getByLabel('特征与经过').fill('男，约 60 岁，左腕有疤');
  await page.getByRole('button', { name: '建档', exact: true }).click();
  await page.waitForSelector('.saved');
  await page.getByRole('link', { name: '档案维护' }).click();
  await settled(page);
  assert.match(await text('.keep-name h2'), /^无名氏/);
  await page.getByRole('button', { name: '确认身份' }).click();
  await dialog.getByLabel('姓名').fill('许有名');
  await dialog.getByLabel('证件号码').fill(residentNumber(`47012119500101${run}`));
  await dialog.getByLabel(male ? '男' : '女', { exact: true }).check();
  await dialog.getByLabel('理由').fill('家属认领');
  if (await saveDialog() !== 200) {
    for (const box of await dialog.locator('.check input').all()) await box.check();
    assert.equal(await saveDialog(), 200);
  }
  await page.waitForFunction(() => document.querySelector('.keep-name h2')?.textContent === '许有名');
  assert.match(await text('.kept-facts'), /无名氏/);
});

await step('keep: corrected with a reason, and the act can be undone', async () => {
  await go(`/keep/${resident}`);
  await picture(page, 'keep-03-keep');
  await page.getByRole('button', { name: '更正' }).click();
  await dialog.getByLabel('电话').fill('13912345678');
  assert.equal(await saveDialog(), 422);
  assert.match(await dialog.getByRole('alert').innerText(), /理由/);
  await picture(page, 'keep-04-correct');
  await dialog.getByLabel('理由').fill('本人来电');
  assert.equal(await saveDialog(), 200);
  await page.waitForFunction(() => document.querySelector('.kept-facts')?.textContent.includes('13912345678'));
  await page.locator('.act-list li').filter({ hasText: '更正' }).getByRole('button', { name: '撤销' }).click();
  await dialog.getByLabel('理由').fill('打错了');
  assert.equal(await saveDialog(), 200);
  await page.waitForFunction(() => !document.querySelector('.kept-facts')?.textContent.includes('13912345678'));
  assert.match(await text('.act-list'), /已撤销/);
});

await step('keep: moved away, then deceased', async () => {
  await page.getByRole('button', { name: '迁出' }).click();
  await dialog.getByLabel('迁往哪里').fill('外省');
  assert.equal(await saveDialog(), 200);
  await page.waitForSelector('.keep-name .died');
  assert.match(await text('.keep-name'), /已迁出/);
  await page.getByRole('button', { name: '死亡登记' }).click();
  await dialog.getByLabel('依据').fill('死亡医学证明');
  assert.equal(await saveDialog(), 200);
  await page.waitForFunction(() => document.querySelector('.keep-name')?.textContent.includes('已故'));
  assert.equal(await page.getByRole('button', { name: '迁出' }).count(), 0);
});

await step('keep: twins of one mother', async () => {
  const mother = (await ask('/Patient/$register', [{ name: 'name', valueString: `华母亲${given}` }, { name: 'sex', valueString: '女' }, { name: 'birth-date', valueString: '1996-04-05' }, { name: 'confirm', valueString: 'document-none' }, { name: 'confirm', valueString: 'duplicate-likely' }])).parameter[0].resource.id;
  await go(`/keep/${mother}`);
  for (const order of ['1', '2']) {
    await page.getByRole('button', { name: '登记新生儿' }).click();
    await dialog.getByLabel('女', { exact: true }).check();
    await dialog.getByLabel('双（多）胞胎顺序').fill(order);
    assert.equal(await saveDialog(), 200);
    await page.getByRole('link', { name: `华母亲${given}之女${'零一二'[order]}` }).waitFor();
  }
});

await step('entries: a visit and a diagnosis of the wrong person go to the right one, in one go', async () => {
  const visits = await all(base, '/Encounter?status=finished&_count=50&_elements=subject');
  const who = visits[0].subject.reference;
  await go(`/keep/${who.slice('Patient/'.length)}`);
  await page.getByRole('link', { name: '查找并处理写错的记录' }).click();
  await page.locator('.entry-list .check').first().click();
  await page.getByRole('button', { name: '诊断', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('.entry-list input:not(:disabled):not(:checked)'));
  await settled(page);
  await page.locator('.entry-list .check:has(input:not(:disabled))').last().click();
  assert.match(await text('.keeping'), /已选 2 条/);
  assert.equal(await page.locator('.entry-chosen li').count(), 2, 'what was chosen among another kind is out of sight');
  const submit = page.locator('.merge-form button[type=submit]');
  assert.ok(await submit.isDisabled(), 'nothing is moved without whom and why');
  await page.getByRole('searchbox').fill(number);
  await page.locator('.choose-row input').first().check();
  await page.getByLabel('理由').fill('刷错健康卡');
  await picture(page, 'keep-08-entries');
  await submit.click();
  await page.getByRole('heading', { name: /已办理 [12] 条/ }).waitFor();
  await settled(page);
  await picture(page, 'keep-09-entries-done');
  assert.match(await text('.entry-list'), /录入有误，已移走/);
  assert.ok(await count(base, `Condition?subject=Patient/${resident}`) >= 1);
  assert.equal(await count(base, `Encounter?subject=Patient/${resident}`), 1);
});

await step('entries: marked as entered in error with the keyboard alone; marked twice it is said so, not done', async () => {
  const visit = (await all(base, '/Encounter?status=finished&_count=20&_elements=subject')).at(-1);
  await go(`/keep/${visit.subject.reference.slice('Patient/'.length)}/entries`);
  await page.locator('.entry-list input:not(:disabled)').first().focus();
  await page.keyboard.press('Space');
  await page.locator('.choice').getByLabel('只标为录入有误').focus();
  await page.keyboard.press('Space');
  await page.getByLabel('理由').focus();
  await page.keyboard.type('重复录入');
  await page.getByLabel('操作者').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '已办理 1 条' }).waitFor();
  await settled(page);
  assert.match(await text('.entry-list .entry-wrong'), /录入有误/);
  assert.ok(await page.locator('.entry-list .entry-wrong input').first().isDisabled());
});

await step('institutions: found, opened; a ward with a bed, staff with an expired licence', async () => {
  await go('/institutions');
  assert.ok(await page.locator('.institution-list li').count() > 2);
  await picture(page, 'keep-05-institutions');
  await page.locator('.institution-list a').first().click();
  await page.waitForSelector('.kept-facts');
  await page.getByRole('button', { name: '添加病区' }).click();
  await dialog.getByLabel('病区名称').fill(`内科${given}病区`);
  assert.equal(await saveDialog(), 200);
  await page.locator('.kept-rows li').filter({ hasText: `内科${given}病区` }).getByRole('button', { name: '添加床位' }).click();
  await dialog.getByLabel('床号').fill('1');
  assert.equal(await saveDialog(), 200);
  await page.waitForSelector('.bed');
  await page.getByRole('button', { name: '登记人员' }).click();
  await dialog.getByLabel('姓名').fill(`何过期${given}`);
  await dialog.getByLabel('执业类别').fill('护士执业证书');
  await dialog.getByLabel('有效期至').fill('2020-01-01');
  assert.equal(await saveDialog(), 200);
  await page.locator('.kept-rows li').filter({ hasText: `何过期${given}` }).locator('.expired').waitFor();
  await settled(page);
  await picture(page, 'keep-06-institution');
});

await step('institutions: corrected, then merged into another that was searched for', async () => {
  const made = async (name) => (await ask('/Organization/$register', [{ name: 'resource', resource: { resourceType: 'Organization', active: true, name } }])).parameter[0].resource.id;
  const one = await made(`柳湾旧院${given}`), other = await made(`柳湾新院${given}`);
  await go(`/institutions/${one}`);
  await page.getByRole('button', { name: '更正' }).click();
  await dialog.getByLabel('地址').fill('青柳镇 1 号');
  await dialog.getByLabel('理由').fill('核对执业许可证');
  assert.equal(await saveDialog(), 200);
  await page.waitForFunction(() => document.querySelector('.kept-facts')?.textContent.includes('青柳镇 1 号'));
  await page.getByRole('link', { name: '并入其他机构' }).click();
  await page.getByRole('searchbox').fill(`柳湾新院${given}`);
  await page.locator('.choose-row input').first().check();
  await page.waitForSelector('.compare');
  await page.getByLabel('我已逐项核对').check();
  await page.getByLabel('理由').fill('县卫健局批复');
  await picture(page, 'keep-10-institution-merge');
  await page.locator('.merge-form button[type=submit]').click();
  await page.waitForURL(`**/institutions/${other}`);
  await go(`/institutions/${one}`);
  assert.match(await text('.keeping'), /已停用/);
});

await step('institutions: a wrong credit code is refused in the dialog', async () => {
  await go('/institutions');
  await page.getByRole('button', { name: '登记机构' }).click();
  await dialog.getByLabel('机构名称').fill('错码医院');
  await dialog.getByLabel('统一社会信用代码').fill('91330100799655058C');
  assert.equal(await saveDialog(), 422);
  assert.match(await dialog.getByRole('alert').innerText(), /校验位/);
});

await step('import: preview line by line, stored, taken back', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'witmed-')), '居民.csv');
  writeFileSync(file, `姓名,性别,出生日期,身份证号\n导入甲${given},${male ? '男' : '女'},,${residentNumber(`47012119600101${run}`)}\n导入乙,男,1980-02-30,\n`);
  await go('/import');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.waitForSelector('.import-table');
  assert.match(await text('.sums'), /可导入 1/);
  assert.match(await text('.import-table'), /没有这个日期/);
  await picture(page, 'keep-07-import');
  await page.getByRole('button', { name: '导入 1 行' }).click();
  await page.getByRole('button', { name: '撤销这次导入' }).waitFor();
  assert.equal(await count(base, `Patient?name=${encodeURIComponent(`导入甲${given}`)}`), 1);
  await page.getByRole('button', { name: '撤销这次导入' }).click();
  await page.waitForFunction(() => document.querySelector('.sums')?.textContent.includes('已撤销'));
  assert.equal(await count(base, `Patient?name=${encodeURIComponent(`导入甲${given}`)}`), 0);
});

await step('the institutions can be exported', async () => {
  await go('/import');
  await page.locator('.choice').getByLabel('机构').check();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出机构 .xlsx' }).click();
  assert.match((await waiting).suggestedFilename(), /^机构-.*[.]xlsx$/);
  await page.locator('.choice').getByLabel('居民').check();
});

await step('the empty table can be downloaded, filled in and read again', async () => {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载空表' }).click();
  const path = await (await waiting).path();
  await page.locator('input[type=file]').setInputFiles({ name: '居民.xlsx', mimeType: 'application/octet-stream', buffer: (await import('node:fs')).readFileSync(path) });
  await page.waitForFunction(() => document.querySelector('.sums')?.textContent.includes('0 行'));
});

await step('no script failed, and nothing was asked of any other address', () => assert.deepEqual(faults.filter((each) => !/status of (409|422)/.test(each)), []));

await browser.close();
finish();
