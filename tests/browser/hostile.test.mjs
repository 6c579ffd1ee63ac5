// Names that would be markup, code or far too long are shown as text, everywhere; so are those in
// findings, tables, palette, panel and files.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { report, stop, Tab, written } from './frame.mjs';

after(stop);

const evil = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';
const names = [
  evil, `"quotes' and \`ticks\` & <b>bold</b>`, 'control \u0001\u0007\u001b[31m\n\t bytes', `long ${'x'.repeat(100_000)}`,
  '{{template}} ${code} %s', '\u202eright to left', '', '=HYPERLINK("x")',
];
const tensor = (name) => ({ Name: name, Location: 'Device', Dimensions: [1, 8, 4, 4], 'Format/Datatype': 'Row major linear FP32' });
const graph = {
  Layers: names.map((name, i) => ({
    Name: name, LayerType: i === 1 ? '<i>Type</i>' : 'Reformat', ParameterType: i === 1 ? '<i>Type</i>' : 'Reformat',
    Inputs: [tensor(i === 0 ? 'input' : `${evil} ${i}`)], Outputs: [tensor(`${evil} ${i + 1}`)],
    TacticName: `<svg onload=alert(3)> ${i}`, TacticValue: '0x0', StreamId: 0, Metadata: `[ONNX Layer: ${evil} op ${i}]`,
    Origin: evil,
  })),
  Bindings: ['input', `${evil} ${names.length}`],
};
const profile = [
  { count: 10 },
  ...names.map((name, i) => ({ name, timeMs: 10 * (i + 1), averageMs: i + 1, medianMs: i + 1, percentage: 10 })),
];
const files = [
  written('hostile.graph.json', JSON.stringify(graph)), written('hostile.profile.json', JSON.stringify(profile)),
];
const file = report(files);

async function plain(tab, where) {
  const found = await tab.page.evaluate(() => ({
    scripts: [...document.querySelectorAll('script')].filter((one) => one.textContent.includes('alert(1)') && one.type !== 'application/json').length,
    elements: document.querySelectorAll('img, main i:not([style]):not([class]), [onerror], [onload]').length,
  }));
  assert.equal(found.scripts, 0, `${where}: no script of a name`);
  const images = await tab.page.locator('img').count();
  assert.equal(images, 0, `${where}: no picture of a name`);
}

test('hostile names are text in every view', async () => {
  const tab = await Tab.of(file);
  await tab.page.locator('regular-table td').filter({ hasText: '</script><script>alert(1)</script>' }).first().waitFor();
  for (const view of ['Overview', 'Layers', 'Graph', 'Findings', 'Charts', 'Roofline', 'Memory', 'Latency', 'Compare', 'Source ops', 'Glossary']) {
    await tab.view(view);
    await tab.settled();
    await plain(tab, view);
  }
  await tab.close();
});

test('the panel, the palette and the filter take them', async () => {
  const tab = await Tab.of(file, { hash: '#layer=0' });
  const panel = tab.page.getByRole('complementary', { name: 'layer' });
  await panel.getByRole('heading', { name: evil, exact: true }).waitFor();
  await tab.go('#layer=3');
  await panel.getByRole('button', { name: 'the whole name' }).waitFor();
  await plain(tab, 'panel');
  await tab.page.keyboard.press('Control+k');
  await tab.page.getByRole('combobox', { name: 'what do you look for' }).fill('alert');
  await tab.page.locator('#palette-list li').first().waitFor();
  await plain(tab, 'palette');
  await tab.page.keyboard.press('Escape');
  await tab.filter('type == "<i>', undefined);
  await tab.page.getByRole('option', { name: /<i>Type<\/i>/ }).waitFor();
  await tab.page.keyboard.press('Tab');
  await tab.hash_is('where', 'type == "<i>Type</i>"');
  assert.equal(await tab.layers_meant(), 1);
  await tab.page.keyboard.press('Escape');
  await tab.close();
});

test('the policy forbids the network, and no state of the address breaks the page', async () => {
  const tab = await Tab.open(file, { hash: `#view=${encodeURIComponent(evil)}&layer=-7&engine=99&where=${encodeURIComponent(evil)}&color=x&table.columns=%00,,&table.by=${encodeURIComponent(evil)}` });
  const policy = await tab.page.evaluate(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]').content);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /connect-src 'none'/);
  await tab.view('Layers');
  await plain(tab, 'address');
  await tab.close();
});
