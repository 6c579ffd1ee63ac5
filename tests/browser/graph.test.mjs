// The graph as a person uses it: scopes, selection, search, keys, the table beside it, files.
//
// What is drawn is asked of globalThis.trex_graph: a canvas cannot be.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { graph_of, report, sample, stop, Tab, trex, violations } from './frame.mjs';

after(stop);
const resnet = report(sample('resnet18.qat'));
const decoder = report(sample('decoder.trt10'));

async function graph(file, hash = '', options = {}) {
  const tab = await Tab.of(file, { hash: `#view=graph${hash}`, ...options });
  await drawn(tab, () => true);
  return tab;
}

// Until `told` holds of the drawing: {count, names, kinds, frames}. It runs here: the page's policy
// allows no evaluation of text.
async function drawn(tab, told) {
  const end = Date.now() + 60_000;
  for (;;) {
    const drawing = await tab.page.evaluate(() => {
      const graph = globalThis.trex_graph;
      const drawing = graph?.model?.drawing;
      if (!drawing || graph.viewer.scene?.drawing !== drawing || graph.model.busy) return null;
      const names = Array.from(drawing.boxes.name, (id) => drawing.texts[id] ?? '');
      const frames = Array.from(drawing.frames.name, (id) => drawing.texts[id] ?? '');
      return { count: drawing.boxes.count, names, frames, kinds: [...drawing.boxes.kind] };
    });
    if (drawing && told(drawing)) return;
    assert.ok(Date.now() < end, `the drawing never became such: ${told}`);
    await tab.page.waitForTimeout(50);
  }
}

// A point of the page in the middle of the box of that name.
async function place_of(tab, name) {
  const place = await tab.page.evaluate((wanted) => {
    const { viewer, model, text_of } = globalThis.trex_graph;
    const { boxes } = model.drawing;
    for (let box = 0; box < boxes.count; ++box) {
      if (text_of(model.drawing, boxes.name[box]) !== wanted) continue;
      const rect = viewer.screen_rect(box);
      return { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 };
    }
    return null;
  }, name);
  assert.ok(place, `a box is named ${name}`);
  const pane = await tab.page.getByRole('application').boundingBox();
  return { x: pane.x + place.x, y: pane.y + place.y };
}
async function bring(tab, name) {
  await tab.page.evaluate((wanted) => {
    const { viewer, model, text_of } = globalThis.trex_graph;
    const box = Array.from(model.drawing.boxes.name).findIndex((id) => text_of(model.drawing, id) === wanted);
    const r = model.drawing.boxes;
    viewer.place({ x: r.x[box] + r.w[box] / 2, y: r.y[box] + r.h[box] / 2, scale: 1 });
  }, name);
  return place_of(tab, name);
}

const selected = (tab) => tab.hash('layer');

test('a click on a box selects its layer in every view', async () => {
  const tab = await graph(resnet);
  const name = '/maxpool/MaxPool';
  const at = await bring(tab, name);
  await tab.page.mouse.click(at.x, at.y);
  const layer = trex('layers', graph_of(sample('resnet18.qat')), '--where', `name == "${name}"`);
  await tab.hash_is('layer', String((layer.layers ?? layer)[0].index));
  await tab.page.getByRole('complementary', { name: 'layer' }).getByRole('heading', { name, exact: true }).waitFor();
  await tab.close();
});

test('a scope opens and closes by double click and by Enter, and stays where it was', async () => {
  const tab = await graph(decoder);
  const at = await bring(tab, 'layers.3');
  await tab.page.mouse.dblclick(at.x, at.y);
  await drawn(tab, (d) => d.frames.includes('layers.3'));
  const top = await tab.page.evaluate(() => {
    const { viewer, model } = globalThis.trex_graph;
    const frame = Array.from(model.drawing.frames.name).findIndex((id) => model.drawing.texts[id] === 'layers.3');
    return (model.drawing.frames.y[frame] - viewer.camera.y) * viewer.camera.scale + viewer.pane.height / 2;
  });
  assert.ok(top > -5 && top < 400, `the frame begins in view, at ${top}`);
  await bring(tab, 'layers.4');
  const next = await place_of(tab, 'layers.4');
  await tab.page.mouse.click(next.x, next.y);
  await tab.page.keyboard.press('Enter');
  await drawn(tab, (d) => d.frames.includes('layers.4'));
  await tab.page.getByRole('button', { name: 'Close all scopes' }).click();
  await drawn(tab, (d) => d.frames.length === 0);
  await tab.close();
});

test('search lights what it finds, and Enter goes there, opening what hides it', async () => {
  const tab = await graph(decoder);
  const box = tab.page.getByRole('searchbox', { name: 'Find in the graph' });
  const found = trex('draw', graph_of(sample('decoder.trt10')), '--find', 'gemm -> kgen', '--list');
  await box.fill('gemm -> kgen');
  const count = (found.layers ?? found.chosen ?? found).length;
  await tab.page.getByText(/^\d+ layers$/).waitFor();
  assert.ok(count > 0);
  await box.press('Enter');
  await drawn(tab, (d) => d.kinds.filter((kind) => kind === 0).length > 8);
  const row = Number(await selected(tab));
  assert.equal(await tab.page.evaluate((r) => globalThis.trex_graph.model.drawing.boxes.kind[globalThis.trex_graph.model.owned.box_of[r]], row), 0);
  await box.fill('/layers_0.*MatMul/');
  await tab.page.getByText(/^\d+ layers?$/).waitFor();
  await box.fill('Conv[');
  await tab.page.getByText(/^0 layers$/).waitFor();
  await box.fill('/(/');
  await tab.page.locator('.said.bad').waitFor();
  await tab.close();
});

test('a path and a beam light what lies between and around', async () => {
  const tab = await graph(resnet, '&layer=3');
  const box = tab.page.getByRole('searchbox', { name: 'Find in the graph' });
  const lit = () => tab.page.evaluate(() => [...globalThis.trex_graph.viewer.scene.box_states].filter((state) => state === 2).length);
  await box.fill('0..4');
  await tab.page.waitForFunction(() => globalThis.trex_graph.viewer.scene.box_states.includes(2));
  const path = trex('draw', graph_of(sample('resnet18.qat')), '--path', '0..4', '--format', 'json');
  assert.equal(await lit(), path.boxes.filter((one) => one.kind === 'layer').length);
  await box.fill('~1');
  await tab.page.waitForFunction((n) => [...globalThis.trex_graph.viewer.scene.box_states].filter((state) => state === 2).length !== n, await lit());
  assert.ok((await lit()) >= 2);
  await box.press('Escape');
  await tab.page.waitForFunction(() => !globalThis.trex_graph.viewer.scene.box_states.includes(2));
  await tab.close();
});

test('the keys walk along the tensors, and zoom', async () => {
  const tab = await graph(resnet, '&layer=1');
  const pane = tab.page.getByRole('application');
  await pane.focus();
  await tab.page.keyboard.press('ArrowDown');
  await tab.page.waitForFunction(() => !/layer=1(&|$)/.test(location.hash));
  const down = await selected(tab);
  await tab.page.keyboard.press('ArrowUp');
  await tab.hash_is('layer', '1');
  assert.notEqual(down, '1');
  const scale = () => tab.page.evaluate(() => globalThis.trex_graph.viewer.camera.scale);
  const before = await scale();
  await tab.page.keyboard.press('w');
  assert.ok((await scale()) > before);
  await tab.page.keyboard.press('0');
  await tab.page.waitForFunction(() => {
    const { camera, pane: p, scene } = globalThis.trex_graph.viewer;
    return scene.size.h * camera.scale < p.height;
  });
  await tab.close();
});

test('the table beside it names what the selected box reads and writes', async () => {
  const tab = await graph(resnet, '&layer=1');
  await tab.page.getByRole('button', { name: 'Neighbourhood as a table' }).click();
  const table = tab.page.getByRole('complementary', { name: 'Neighbourhood' });
  await table.getByRole('table', { name: 'Reads from' }).waitFor();
  await table.getByRole('table', { name: 'Writes to' }).getByRole('button').first().click();
  await tab.page.waitForFunction(() => !/layer=1(&|$)/.test(location.hash));
  await tab.close();
});

test('a filter of the page lights its layers here', async () => {
  const tab = await graph(resnet);
  const count = (trex('layers', graph_of(sample('resnet18.qat')), '--where', 'precision == "INT8"').layers ?? []).length;
  await tab.filter('precision == "INT8"');
  await tab.page.waitForFunction(() => globalThis.trex_graph.viewer.scene.box_states.includes(2));
  const lit = await tab.page.evaluate(() => [...globalThis.trex_graph.viewer.scene.box_states].filter((state) => state === 2).length);
  if (count > 0) assert.equal(lit, count);
  await tab.close();
});

test('the permalink brings back what is open and where one looked', async () => {
  const tab = await graph(decoder);
  const at = await bring(tab, 'layers.5');
  await tab.page.mouse.dblclick(at.x, at.y);
  await drawn(tab, (d) => d.frames.includes('layers.5'));
  await tab.page.waitForFunction(() => /graph=/.test(location.hash));
  await tab.page.waitForTimeout(800);
  const hash = new URL(tab.page.url()).hash;
  const camera = await tab.page.evaluate(() => globalThis.trex_graph.viewer.camera);
  await tab.close();
  const again = await Tab.open(decoder, { hash });
  await drawn(again, (d) => d.frames.includes('layers.5'));
  await again.page.waitForFunction((y) => Math.abs(globalThis.trex_graph.viewer.camera.y - y) < 2, camera.y);
  await again.close();
});

test('nothing is drawn while nothing changes', async () => {
  const tab = await graph(resnet);
  await tab.page.waitForTimeout(600);
  const frames = () => tab.page.evaluate(() => globalThis.trex_graph.viewer.frames);
  const before = await frames();
  await tab.page.waitForTimeout(700);
  assert.equal(await frames(), before);
  await tab.close();
});

test('the graph is saved as the SVG of trex draw, and as PNG', async () => {
  const tab = await graph(resnet);
  for (const [button, start] of [['Save as SVG', '<svg'], ['Save as PNG', '\x89PNG']]) {
    await tab.page.getByLabel('Options and files').click();
    const [file] = await Promise.all([tab.page.waitForEvent('download'), tab.page.getByRole('button', { name: button }).click()]);
    const bytes = readFileSync(await file.path());
    assert.equal(bytes.subarray(0, 4).toString('latin1'), start);
    await tab.page.keyboard.press('Escape');
    if (await tab.page.getByRole('button', { name: button }).isVisible()) await tab.page.getByLabel('Options and files').click();
  }
  await tab.close();
});

test('it can be used without seeing it: axe finds nothing serious, light and dark', async () => {
  for (const scheme of ['light', 'dark']) {
    const tab = await graph(resnet, '&layer=1', { scheme });
    await tab.page.getByRole('button', { name: 'Neighbourhood as a table' }).click();
    assert.deepEqual(await violations(tab), []);
    await tab.close();
  }
});
