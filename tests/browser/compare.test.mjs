// Comparing, memory, latency, roofline and source operations, as people use them.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { graph_of, report, sample, stop, Tab, trex } from './frame.mjs';

after(stop);
const [fp16, qat, fp32] = ['resnet18.fp16', 'resnet18.qat', 'resnet18.fp32'].map(sample);
const file = report(fp16, qat, fp32);
const bare = report([graph_of(fp16)]); // one engine without a timing file

async function saved(tab, button) {
  const [download] = await Promise.all([tab.page.waitForEvent('download'), button.click()]);
  return readFileSync(await download.path(), 'utf8');
}
function numbers_of(csv, column) {
  const fields = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => match[1]);
  const [head, ...lines] = csv.trim().split('\r\n').map(fields);
  return lines.map((line) => Number(line[head.indexOf(column)]));
}

test('the waterfall adds up to the change of the totals', async () => {
  const tab = await Tab.of(file, { hash: '#view=compare&engine=1&compare.baseline=0' });
  const figure = tab.page.locator('[data-figure="waterfall"]');
  await figure.locator('canvas').waitFor();
  const steps = numbers_of(await saved(tab, figure.getByRole('button', { name: 'CSV' })), 'delta_ms');
  const { totals, waterfall } = trex('diff', graph_of(fp16), graph_of(qat));
  assert.equal(steps.length, waterfall.length);
  const sum = steps.reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum - totals.end_to_end_ms.delta) < 1e-9, `${sum} ${totals.end_to_end_ms.delta}`);
  assert.equal(await figure.getByText('do not add up').count(), 0);
  await tab.close();
});

test('the first visit compares in the order the engines were given', async () => {
  const tab = await Tab.open(file, { hash: '#view=compare' });
  await tab.hash_is('engine', '1');
  assert.equal(await tab.page.getByLabel('baseline').inputValue(), '0');
  await tab.close();
});

test('a step of the waterfall and a change narrow the pairs; a pair selects', async () => {
  const tab = await Tab.of(file, { hash: '#view=compare&engine=1&compare.baseline=0' });
  const { pairs } = trex('diff', graph_of(fp16), graph_of(qat), '--all');
  await tab.page.getByText(`${pairs.length} of ${pairs.length} pairs`).waitFor();
  await tab.page.getByLabel('step of the waterfall').selectOption('precision');
  const of_cause = pairs.filter((pair) => pair.cause === 'precision');
  await tab.page.getByText(`${of_cause.length} of ${pairs.length} pairs`).waitFor();
  await tab.page.getByRole('button', { name: /^tactic / }).click();
  const both = of_cause.filter((pair) => pair.changes.includes('tactic'));
  await tab.page.getByText(`${both.length} of ${pairs.length} pairs`).waitFor();
  await tab.page.getByRole('region', { name: 'pairs of layers' }).locator('tbody tr').first().click();
  await tab.hash_is('layer', String(both[0].b_indices[0]));
  await tab.close();
});

test('every engine stands in the matrix, with its speed-up', async () => {
  const tab = await Tab.of(file, { hash: '#view=compare&engine=1&compare.baseline=0' });
  const { totals } = trex('compare', graph_of(fp16), graph_of(qat), graph_of(fp32));
  const rows = tab.page.getByRole('region', { name: 'totals of every engine' }).locator('tbody tr');
  await rows.first().waitFor();
  assert.equal(await rows.count(), 3);
  for (const [i, { engine, speedup }] of totals.entries()) {
    const text = await rows.nth(i).innerText();
    assert.ok(text.includes(engine) && text.includes(String(Number(speedup.toPrecision(4)))), text);
  }
  await tab.close();
});

test('one engine says how to compare', async () => {
  const tab = await Tab.of(bare, { hash: '#view=compare' });
  await tab.page.getByRole('heading', { name: 'One engine is open' }).waitFor();
  await tab.close();
});

test('memory shows the peak that the program tells, and buffers in three orders', async () => {
  const tab = await Tab.of(file, { hash: '#view=memory&engine=1' });
  const summary = trex('summary', graph_of(qat));
  await tab.page.getByText(`${(summary.peak_activation_bytes / 2 ** 20).toFixed(1)} MiB`, { exact: true }).first().waitFor();
  const first = tab.page.getByRole('region', { name: 'buffers', exact: true }).last().locator('tbody tr').first();
  const seen = new Set();
  for (const order of ['execution order', 'size', 'padding waste']) {
    await tab.page.getByRole('button', { name: `by ${order}` }).click();
    seen.add(await first.innerText());
  }
  assert.equal(seen.size, 3);
  await first.click();
  await tab.page.waitForFunction(() => new URLSearchParams(location.hash.slice(1)).has('layer'));
  await tab.close();
});

test('latency tells the percentiles of the program; without times it says which option makes them', async () => {
  const tab = await Tab.of(file, { hash: '#view=latency&engine=1' });
  const { end_to_end_ms } = trex('summary', graph_of(qat));
  const row = tab.page.getByRole('region', { name: /percentiles$/ }).locator('tbody tr').first();
  await row.waitFor();
  for (const figure of ['median', 'p90', 'p95', 'p99']) assert.ok((await row.innerText()).includes(end_to_end_ms[figure].toFixed(4)), figure);
  await tab.page.locator('[data-figure="latency-run"] canvas').waitFor();
  await tab.close();
  const without = await Tab.of(bare, { hash: '#view=latency' });
  await without.page.getByText('--exportTimes').first().waitFor();
  await without.close();
});

test('the roofline is a work list: most to win first', async () => {
  const tab = await Tab.of(file, { hash: '#view=roofline&engine=1' });
  const [most] = trex('layers', graph_of(qat), '--columns', 'all', '--sort', 'recoverable_ms', '--top', '1');
  const first = tab.page.getByRole('region', { name: 'layers by recoverable time' }).locator('tbody tr').first();
  await first.click();
  await tab.hash_is('layer', String(most.index));
  await tab.close();
});

test('from a node of the model to its layer and back', async () => {
  const tab = await Tab.of(file, { hash: '#view=sources&engine=1' });
  await tab.page.getByRole('searchbox', { name: 'search the nodes of the model' }).fill('maxpool');
  await tab.page.getByRole('region', { name: 'nodes of the model' }).locator('tbody tr').first().click();
  await tab.hash_is('sources.op', '/maxpool/MaxPool');
  await tab.page.waitForFunction(() => new URLSearchParams(location.hash.slice(1)).has('layer'));
  const layer = Number(await tab.hash('layer'));
  const [row] = trex('layers', graph_of(qat), '--columns', 'all', '--where', `index == ${layer}`);
  assert.ok(row.source_ops.includes('/maxpool/MaxPool'));
  await tab.close();
});
