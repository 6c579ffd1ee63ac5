// The report card: a chart's table says what it draws, a brush filters, a click selects, files come out.
// That every chart draws on every engine is in corpus.test.mjs.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { graph_of, open_chart, report, sample, stop, Tab, trex } from './frame.mjs';

after(stop);
const qat = sample('resnet18.qat');
const file = report(qat);

async function saved(tab, figure, button) {
  const [download] = await Promise.all([tab.page.waitForEvent('download'), figure.getByRole('button', { name: button }).click()]);
  return readFileSync(await download.path());
}

test('the table and the CSV say what the program says', async () => {
  const tab = await Tab.of(file);
  await open_chart(tab, 'by-type');
  const figure = tab.page.locator('[data-figure="by-type"]');
  const csv = (await saved(tab, figure, 'CSV')).toString();
  const groups = trex('layers', graph_of(qat), '--group-by', 'type', '--agg', 'sum:time_ms');
  const told = new Map(csv.trim().split('\r\n').slice(1).map((line) => [line.split(',')[0], Number(line.split(',')[2])]));
  assert.equal(told.size, groups.length);
  for (const { type, time_ms } of groups) assert.ok(Math.abs(told.get(type) - time_ms) < 1e-12, `${type}: ${told.get(type)} ${time_ms}`);
  await figure.getByRole('button', { name: 'as a table' }).click();
  assert.deepEqual(await figure.locator('tbody tr td:first-child').allInnerTexts(), [...told.keys()]);
  await tab.close();
});

test('a brush over the layers filters them', async () => {
  const tab = await Tab.of(file);
  await open_chart(tab, 'time');
  const box = await tab.page.locator('[data-figure="time"] canvas').boundingBox();
  const y = box.y + box.height / 2;
  await tab.page.mouse.move(box.x + box.width * 0.3, y);
  await tab.page.mouse.down();
  await tab.page.mouse.move(box.x + box.width * 0.45, y, { steps: 4 });
  await tab.page.mouse.move(box.x + box.width * 0.6, y, { steps: 4 });
  await tab.page.mouse.up();
  await tab.page.waitForFunction(() => new URLSearchParams(location.hash.slice(1)).has('where'));
  const [, low, high] = /^index >= (\d+) and index <= (\d+)$/.exec(await tab.hash('where'));
  assert.ok(Number(low) > 3 && Number(high) < 30 && Number(high) - Number(low) > 5, `${low} to ${high}`);
  await tab.page.getByText('are in the filter').first().waitFor();
  await tab.close();
});

test('a click on a bar selects its layer', async () => {
  const tab = await Tab.of(file);
  await open_chart(tab, 'time');
  const box = await tab.page.locator('[data-figure="time"] canvas').boundingBox();
  await tab.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await tab.page.waitForFunction(() => new URLSearchParams(location.hash.slice(1)).has('layer'));
  const layer = Number(await tab.hash('layer'));
  assert.ok(layer > 10 && layer < 25, `layer ${layer} in the middle of 35`);
  await tab.close();
});

test('a choice stays in the permalink', async () => {
  const tab = await Tab.of(file);
  await open_chart(tab, 'time');
  await tab.page.locator('[data-figure="time"] select').last().selectOption('type');
  await tab.hash_is('charts.choices', 'time.color=type');
  await tab.page.getByRole('group', { name: 'colours: type' }).getByText('Convolution').waitFor();
  await tab.close();
});

for (const id of ['time', 'tree', 'mnk']) {
  test(`${id} as SVG and PNG`, async () => {
    const tab = await Tab.of(file);
    await open_chart(tab, id);
    const figure = tab.page.locator(`[data-figure="${id}"]`);
    await figure.locator('canvas').waitFor();
    const svg = (await saved(tab, figure, 'SVG')).toString();
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.ok((svg.match(/<(path|circle|rect|line)/g) ?? []).length > 30);
    const png = await saved(tab, figure, 'PNG');
    assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from('PNG')]);
    assert.ok(png.length > 5000);
    await tab.close();
  });
}
