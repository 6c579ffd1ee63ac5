// What `trex history --page` writes: a page without any engine that says and draws what the program
// says, and takes engines beside it.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { graph_of, page_by_program, sample, stop, Tab, trex, violations, written } from './frame.mjs';

after(stop);
const nights = 8;
const hostile = '</script><!-- <img src=x onerror=alert(1)> {a} "';

// Eight nights of one engine: between nights 0 to 0.4 %; from the fifth on the block layer2.0 takes 60 % more.
function folder_of_nights() {
  const files = sample('resnet18.fp16');
  const graph = readFileSync(graph_of(files), 'utf8');
  const profile = JSON.parse(readFileSync(files.find((file) => /profile\.json$/.test(file)), 'utf8'));
  for (let night = 1; night <= nights; ++night) {
    const slow = profile.map((row) => {
      const factor = (1 + (night % 3) * 0.002) * (night > 4 && row.name?.includes('layer2.0') ? 1.6 : 1);
      return row.name ? { ...row, timeMs: row.timeMs * factor, averageMs: row.averageMs * factor, medianMs: row.medianMs * factor } : row;
    });
    written(`nights/${night}/net.graph.json`, graph);
    written(`nights/${night}/net.profile.json`, JSON.stringify(slow));
    written(`nights/${night}/net.profile.log`,
      `&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec --onnx=net.onnx\n[03/0${night}/2026-10:00:00] [I] Starting inference\n`);
  }
  return path.dirname(path.dirname(written('nights/1/readme.txt', '')));
}

const folder = folder_of_nights();
const page = page_by_program('history', folder, '--metric', 'layer_time', '--page');
const [series] = trex('history', folder, '--metric', 'layer_time', '--all').series;
const open = async (options = {}) => {
  const tab = await Tab.open(page, { ...options, engines: false });
  await tab.page.waitForSelector('[data-figure="history"] canvas');
  return tab;
};

test('the page says and draws what the program says', async () => {
  assert.equal(series.changes.length, 1);
  const [change] = series.changes;
  assert.equal(change.index, 4);
  const tab = await open();
  const said = await tab.page.locator('.said li').allInnerTexts();
  assert.deepEqual(said, [change.sentence.replaceAll('  ', ' '), series.verdict]);
  const [, before, after] = /, ([\d.]+) ms → ([\d.]+) ms/.exec(said[0]).map(Number);
  assert.ok(Math.abs(before - change.before) < 1e-4 && Math.abs(after - change.after) < 1e-4, said[0]);

  // The picture as a file: the change, and both levels.
  const figure = tab.page.locator('[data-figure="history"]');
  const saving = tab.page.waitForEvent('download');
  await figure.getByRole('button', { name: 'save as SVG' }).click();
  const svg = readFileSync(await (await saving).path(), 'utf8');
  const percent = `+${(100 * change.change).toFixed(change.change < 0.1 ? 2 : 1)} %`;
  assert.ok(svg.includes(`>${percent}<`), percent);
  await figure.getByRole('button', { name: 'as a table' }).click();
  assert.equal(await figure.locator('tbody tr').count(), nights);
  assert.deepEqual(await figure.locator('tbody tr').nth(4).locator('td').allInnerTexts().then((cells) => [cells[1], cells[4]]), ['2026-03-05', percent]);
  await figure.getByRole('button', { name: 'as a table' }).click();

  const blocks = tab.page.getByRole('region', { name: /^Blocks, / }).locator('tbody tr');
  assert.equal(await blocks.first().locator('td').first().innerText(), 'layer2.0');
  const trends = tab.page.getByRole('region', { name: 'Time by block' }).locator('tbody tr');
  assert.equal(await trends.count(), series.by_scope.length);
  assert.match(await trends.first().innerText(), /^layer2\.0\s.*\+\d+\.\d %\s+2026-03-05/s);
  await tab.close();
});

test('a click on a point shows that engine, and the address keeps it', async () => {
  const tab = await open();
  const box = await tab.page.locator('[data-figure="history"] canvas').boundingBox();
  await tab.page.mouse.click(box.x + box.width - 40, box.y + box.height / 2);
  await tab.hash_is('history.engine', String(nights - 1));
  const facts = await tab.page.locator('dl').innerText();
  for (const known of ['2026-03-08', series.engines.at(-1).path]) assert.ok(facts.includes(known), facts);
  assert.match(facts, /GPU\s+–/, 'no file states the GPU');
  await tab.close();
});

test('dark, 400 px wide: readable, and nothing wider than the screen', async () => {
  const tab = await open({ width: 400, scheme: 'dark', hash: '#history.engine=2' });
  assert.deepEqual(await violations(tab), []);
  assert.deepEqual(await tab.page.evaluate(() => ['main', 'html'].map((name) => document.querySelector(name).scrollWidth)), [400, 400]);
  await tab.close();
});

test('names of any kind are text', async () => {
  const file = page_by_program('history', folder, '--metric', 'layer_time', '--page');
  const html = readFileSync(file, 'utf8').replaceAll('"label":"', () => `"label":"${JSON.stringify(hostile).slice(1, -1).replaceAll('<', '\\u003c')}`);
  const tab = await Tab.open(written('hostile.html', html), { engines: false, hash: '#history.series=7&history.engine=99999' });
  await tab.page.waitForSelector('[data-figure="history"] canvas');
  const box = await tab.page.locator('[data-figure="history"] canvas').boundingBox();
  await tab.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await tab.page.getByText('onerror=alert').first().waitFor();
  assert.equal(await tab.page.locator('img').count(), 0);
  await tab.close();
});

test('engines open beside the history', async () => {
  const tab = await open();
  assert.deepEqual(await tab.page.getByRole('navigation', { name: 'views' }).getByRole('button').allInnerTexts(), ['History']);
  await tab.page.setInputFiles('#open-files', sample('resnet18.fp16'));
  await tab.ready();
  await tab.hash_is('view', 'overview');
  await tab.page.keyboard.press('t');
  await tab.page.waitForSelector('[data-figure="history"] canvas');
  assert.equal(await tab.hash('view'), null);
  await tab.close();
});
