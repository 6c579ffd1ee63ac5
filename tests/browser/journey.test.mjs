// What a person does with a report, on the sample engines: from the first screen to the slowest layer,
// its source ops and the graph; filters, findings, permalinks, keys.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { empty_page, graph_of, report, sample, stop, Tab, trex } from './frame.mjs';

after(stop);
const files = sample('resnet18.fp16');
const other = sample('resnet18.qat');
const file = report(files, other);
const layers = trex('layers', graph_of(files));
const rows = layers.layers ?? layers.rows ?? layers;

test('the first screen says what the engine is, without scrolling', async () => {
  const tab = await Tab.of(file);
  const summary = trex('summary', graph_of(files));
  await tab.page.getByText('evidence:').waitFor();
  const text = await tab.page.locator('main').innerText();
  for (const said of [summary.name, summary.device.name, `TensorRT ${summary.tensorrt_version}`, 'latency p50', 'latency p99', 'throughput', 'evidence:']) {
    assert.ok(text.includes(said), `the first screen says '${said}'`);
  }
  for (const name of ['Engine', 'Where the time goes', 'Top findings', 'Layers']) {
    const box = await tab.page.getByRole('region', { name, exact: true }).first().boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 801, `${name} is seen whole: ${JSON.stringify(box)}`);
  }
  const lint = trex('lint', graph_of(files));
  await tab.page.getByRole('button', { name: new RegExp(lint.findings[0].rule) }).first().waitFor();
  assert.equal(await tab.layers_meant(), summary.layer_count);
  await tab.close();
});

test('the slowest layer leads to its source ops and to the graph', async () => {
  const tab = await Tab.of(file);
  const slowest = [...rows].sort((a, b) => b.time_ms - a.time_ms)[0];
  await tab.page.locator('regular-table tbody tr').first().click();
  const panel = tab.page.getByRole('complementary', { name: 'layer' });
  await panel.getByRole('heading', { name: slowest.name, exact: true }).waitFor();
  await tab.hash_is('layer', String(slowest.index));
  const shown = trex('show', graph_of(files), String(slowest.index));
  for (const op of shown.source_ops) await panel.getByRole('button', { name: op, exact: true }).waitFor();
  await panel.getByText('Tensors', { exact: true }).waitFor();
  await panel.getByRole('button', { name: shown.source_ops[0], exact: true }).click();
  await tab.hash_is('view', 'sources');
  await panel.getByRole('button', { name: 'in the graph' }).click();
  await tab.hash_is('view', 'graph');
  await tab.close();
});

test('a filter chooses as trex layers --where does, offers words, and says what is wrong', async () => {
  const tab = await Tab.of(file);
  const where = 'precision == "FP16" and time_ms > 0.03';
  await tab.filter(where, rows.filter((row) => row.precision === 'FP16' && row.time_ms > 0.03).length);
  await tab.hash_is('where', where);
  await tab.filter('typ');
  await tab.page.getByRole('option', { name: /^type/ }).first().waitFor();
  await tab.page.keyboard.press('Tab');
  assert.equal(await tab.page.inputValue('#filter'), 'type ');
  await tab.filter('type == "Conv');
  await tab.page.getByRole('option', { name: /Convolution/ }).first().waitFor();
  await tab.page.keyboard.press('Tab');
  assert.equal(await tab.page.inputValue('#filter'), 'type == "Convolution" ');
  await tab.filter('tiem_ms > 1');
  await tab.page.getByText("no column or attribute 'tiem_ms', did you mean 'time_ms'?").waitFor();
  await tab.page.getByRole('button', { name: 'clear the filter' }).click();
  await tab.filter('', rows.length);
  await tab.close();
});

test('an INT8 engine is filtered to INT8 by a click on its precision', async () => {
  const tab = await Tab.of(file, { hash: '#engine=1' });
  const int8 = trex('layers', graph_of(other), '--where', 'precision == "INT8"');
  await tab.page.getByRole('button', { name: /^only layers of precision INT8/ }).click();
  await tab.hash_is('where', 'precision == "INT8"');
  assert.equal(await tab.layers_meant(), (int8.layers ?? int8.rows ?? int8).length);
  await tab.close();
});

test('a finding opens with its evidence, and its layers light up', async () => {
  const tab = await Tab.of(file);
  const lint = trex('lint', graph_of(files));
  const best = [...lint.findings].sort((a, b) => (b.recoverable_ms ?? -1) - (a.recoverable_ms ?? -1))[0];
  await tab.page.getByRole('button', { name: new RegExp(best.rule) }).first().click();
  await tab.hash_is('view', 'findings');
  await tab.hash_is('findings.open', best.fingerprint);
  const article = tab.page.getByRole('article', { name: 'finding' });
  await article.getByText(best.mitigation, { exact: true }).waitFor();
  assert.ok((await article.innerText()).includes(best.message));
  await article.getByRole('button', { name: /^filter to/ }).click();
  await tab.filter(await tab.page.inputValue('#filter'), new Set(best.indices).size);
  await article.getByRole('button', { name: best.layers[0], exact: true }).click();
  await tab.hash_is('layer', String(best.indices[0]));
  await tab.close();
});

test('the permalink opens the same state again', async () => {
  const tab = await Tab.of(file);
  await tab.page.getByRole('combobox', { name: 'engine' }).selectOption({ index: 1 });
  await tab.view('Layers');
  await tab.filter('type == "Convolution"');
  await tab.hash_is('where', 'type == "Convolution"');
  await tab.page.locator('regular-table tbody tr').nth(2).click();
  await tab.page.locator('regular-table thead th[data-column="time_ms"]').click();
  await tab.hash_is('table.sort', 'time_ms:desc');
  await tab.page.keyboard.press('d');
  await tab.page.keyboard.press('y');
  await tab.page.getByText('permalink copied').waitFor();
  const url = tab.page.url();
  const count = await tab.layers_meant();
  const again = await Tab.open(file, { hash: new URL(url).hash });
  await again.page.waitForSelector('tr[aria-selected="true"]');
  assert.equal(again.page.url(), url);
  assert.equal(await again.page.inputValue('#filter'), 'type == "Convolution"');
  assert.equal(await again.layers_meant(), count);
  assert.equal(await again.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await again.close();
  await tab.close();
});

test('the table sorts, groups, pivots, chooses columns, and saves what it shows', async () => {
  const tab = await Tab.of(file, { hash: '#view=table' });
  const table = tab.page.locator('regular-table');
  await table.locator('th[data-column="time_ms"]').click();
  await tab.hash_is('table.sort', 'time_ms:desc');
  const times = rows.map((row) => row.time_ms).sort((a, b) => b - a);
  await tab.page.waitForFunction(
    (first) => document.querySelector('td[data-column="time_ms"]').textContent === first, times[0].toFixed(4));
  const [download] = await Promise.all([tab.page.waitForEvent('download'), tab.page.getByRole('button', { name: 'CSV', exact: true }).click()]);
  const lines = (await streamed(download)).trim().split('\r\n');
  assert.equal(lines.length, rows.length + 1);
  assert.equal(Number(lines[1].split(',').at(lines[0].split(',').indexOf('time_ms'))), times[0]);
  await tab.page.getByRole('button', { name: 'Columns' }).click();
  await tab.page.getByRole('searchbox', { name: 'search columns' }).fill('PoolingType');
  await tab.page.getByRole('checkbox', { name: /PoolingType/ }).check();
  await tab.page.waitForFunction(() => new URLSearchParams(location.hash.slice(1)).get('table.columns')?.endsWith('PoolingType'));
  await tab.page.getByRole('combobox', { name: 'group by' }).selectOption('type');
  await tab.page.getByRole('button', { name: 'Pooling', exact: true }).waitFor();
  await tab.page.getByRole('combobox', { name: 'pivot by' }).selectOption('precision');
  await tab.page.getByRole('columnheader', { name: 'FP16', exact: true }).waitFor();
  await tab.page.getByRole('button', { name: 'Pooling', exact: true }).click();
  await tab.hash_is('where', 'type == "Pooling"');
  assert.equal(await tab.layers_meant(), rows.filter((row) => row.type === 'Pooling').length);
  await tab.close();
});

test('attributes of the file are columns too', async () => {
  const tab = await Tab.of(file, { hash: '#view=table&table.columns=index,PoolingType,name' });
  await tab.page.locator('th', { hasText: 'PoolingType' }).waitFor();
  const pooling = rows.find((row) => row.type === 'Pooling');
  const raw = trex('show', graph_of(files), String(pooling.index)).raw ?? {};
  const cell = tab.page.locator(`tr[data-row="${pooling.index}"] td[data-column="PoolingType"]`);
  await cell.waitFor();
  assert.equal(await cell.innerText(), raw.PoolingType ?? 'kMAX');
  await tab.close();
});

async function streamed(download) {
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

test('a click on a cell value narrows the filter', async () => {
  const tab = await Tab.of(file, { hash: '#view=table' });
  await tab.page.locator('td[data-column="type"]', { hasText: 'Pooling' }).first().click({ button: 'right' });
  await tab.hash_is('where', 'type == "Pooling"');
  await tab.close();
});

test('everything has a key', async () => {
  const tab = await Tab.open(file, { hash: '#compare.baseline=1' }); // else the first comparison goes to engine 1
  const { keyboard } = tab.page;
  for (const [key, view] of [['2', 'table'], ['3', 'graph'], ['4', 'findings'], ['5', 'charts'], ['6', 'roofline'], ['7', 'memory'],
    ['8', 'latency'], ['9', 'compare'], ['0', 'sources'], ['g', 'glossary'], ['1', null]]) {
    await keyboard.press(key);
    await tab.hash_is('view', view);
  }
  await keyboard.press('s');
  const slowest = [...rows].sort((a, b) => b.time_ms - a.time_ms)[0].index;
  await tab.hash_is('layer', String(slowest));
  await keyboard.press('j');
  await tab.hash_is('layer', String(slowest + 1));
  await keyboard.press('k'); // who types fast loses no key
  await keyboard.press('[');
  await tab.hash_is('layer', String(slowest + 1));
  await keyboard.press(']');
  await tab.hash_is('layer', String(slowest));
  await keyboard.press('p');
  await tab.hash_is('panel', 'pinned');
  await keyboard.press('Escape');
  await tab.hash_is('layer', null);
  await keyboard.press('c');
  await tab.hash_is('color', 'type');
  await keyboard.press('e');
  await tab.hash_is('engine', '1');
  await keyboard.press('/');
  assert.equal(await tab.page.evaluate(() => document.activeElement.id), 'filter');
  await keyboard.type('macs > 0');
  await tab.hash_is('where', 'macs > 0');
  assert.equal(await tab.hash('view'), null, 'letters typed into the filter are no keys');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await keyboard.press('?');
  await tab.page.getByRole('dialog', { name: 'Keys and help' }).waitFor();
  await keyboard.press('Escape');
  await tab.page.getByRole('dialog').waitFor({ state: 'detached' });
  await tab.close();
});

test('the palette finds views, layers, findings, actions, and takes a filter', async () => {
  const tab = await Tab.of(file);
  const { keyboard } = tab.page;
  const ask = async (text) => {
    await keyboard.press('Control+k');
    await tab.page.getByRole('combobox', { name: 'what do you look for' }).fill(text);
    await keyboard.press('Enter');
    await tab.page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  await ask('roofl');
  await tab.hash_is('view', 'roofline');
  await ask('maxpool');
  assert.ok(await tab.hash('layer') !== null || await tab.hash('view') === 'findings');
  await ask('>dark');
  await tab.hash_is('theme', 'dark');
  await ask(': type == "Pooling"');
  await tab.hash_is('where', 'type == "Pooling"');
  await tab.close();
});

test('the ribbon selects by a click and filters by a brush', async () => {
  const tab = await Tab.of(file);
  const box = await tab.page.getByRole('img', { name: 'Where the time goes' }).boundingBox();
  const { mouse } = tab.page;
  await mouse.click(box.x + 4, box.y + 10);
  await tab.hash_is('layer', '0');
  await tab.page.keyboard.press('Escape');
  await mouse.move(box.x + 4, box.y + 10);
  await mouse.down();
  await mouse.move(box.x + box.width / 2, box.y + 10, { steps: 4 });
  await mouse.up();
  await tab.page.waitForFunction(() => /where=index/.test(location.hash));
  assert.match(await tab.hash('where'), /^index >= 0 and index <= \d+$/);
  await tab.close();
});

test('files are opened by hand, in the empty page; what is none is told with the fix', async () => {
  const tab = await Tab.open(empty_page(), { engines: false });
  await tab.page.getByText('Drop the files of trtexec').waitFor();
  const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), tab.page.getByText('Open files').click()]);
  await chooser.setFiles({ name: 'nonsense.json', mimeType: 'application/json', buffer: Buffer.from('{"a": 1}') });
  await tab.page.getByRole('alert').waitFor();
  assert.match(await tab.page.getByRole('alert').innerText(), /nonsense\.json/);
  await tab.page.locator('input[type=file]').first().setInputFiles(files);
  await tab.ready();
  assert.equal(await tab.layers_meant(), rows.length);
  await tab.page.locator('#open-files').setInputFiles(other);
  await tab.page.getByRole('combobox', { name: 'engine' }).waitFor();
  await tab.hash_is('engine', '1');
  await tab.close();
});

test('files are dropped', async () => {
  const tab = await Tab.open(empty_page(), { engines: false });
  const { readFileSync } = await import('node:fs');
  const graph = readFileSync(graph_of(files), 'utf8');
  await tab.page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.graph.json'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
  }, graph);
  await tab.ready();
  assert.match(await tab.page.title(), /dropped/);
  await tab.close();
});
