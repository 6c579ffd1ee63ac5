// Every sample and every kind of engine of the corpus opens, and shows in each view, and in each chart of
// the report card, without an error.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { corpus, open_chart, report, sample, sample_names, stop, Tab } from './frame.mjs';

after(stop);

const views = ['Layers', 'Graph', 'Findings', 'Roofline', 'Memory', 'Latency', 'Compare', 'Source ops', 'Charts', 'Overview'];

async function every_view(tab) {
  assert.ok(await tab.layers_meant() > 0);
  for (const view of views) {
    await tab.view(view);
    await tab.page.waitForFunction(
      () => document.querySelector('main').innerText.trim() !== '' || document.querySelector('main canvas'));
    if (view === 'Charts') await every_chart(tab);
  }
  await tab.page.keyboard.press('j');
  await tab.page.getByRole('complementary', { name: 'layer' }).getByRole('heading', { level: 2 }).waitFor();
  await tab.page.keyboard.press('Escape');
}

// In small, all at once: each is a drawing, or a sentence that says why there is none.
async function every_chart(tab) {
  await tab.page.getByRole('button', { name: 'All charts' }).click();
  await tab.page.waitForFunction(() => {
    const all = [...document.querySelectorAll('[data-entry]')];
    return all.length >= 30 && all.every((one) => one.querySelector('canvas, .none'));
  });
  const problems = await tab.page.$$eval('[data-entry] .problem', (all) => all.map((one) => one.textContent));
  assert.deepEqual(problems, []);
}

// And large, one by one, with table, notes and legend.
async function every_chart_large(tab) {
  await tab.view('Charts');
  const ids = await tab.page.$$eval('[data-entry]', (all) => all.map((one) => one.dataset.entry));
  for (const id of ids) {
    await open_chart(tab, id);
    await tab.page.locator(`[data-figure="${id}"]`).locator('canvas, .empty').first().waitFor();
  }
}

// What makes the page show other things: an engine of a kind seen before shows nothing new.
const seen = new Set();
const kind_of = (tab) => tab.page.evaluate(() => {
  const { summary, layers } = globalThis.trex.engine;
  const known = (name) => layers.numbers(name).some((value) => Number.isFinite(value));
  return JSON.stringify([
    summary.schema, summary.verbosity, summary.layer_time_ms !== null, summary.end_to_end_ms?.source, summary.device?.name != null,
    known('macs'), known('efficiency'), known('io_bytes'),
  ]);
});

async function every_engine(files_of_engines, large) {
  // High enough that all small charts are in sight; a first comparison without a baseline chooses engines.
  const tab = await Tab.open(report(...files_of_engines), { height: 3600, hash: '#compare.baseline=1' });
  const count = await tab.page.evaluate(() => globalThis.trex.engines.length);
  for (let engine = 0; engine < count; ++engine) {
    if (engine > 0) {
      await tab.page.keyboard.press('e');
      await tab.hash_is('engine', String(engine));
    }
    const kind = await kind_of(tab);
    if (seen.has(kind)) continue;
    seen.add(kind);
    await every_view(tab);
    if (large && engine === 0) await every_chart_large(tab);
  }
  await tab.close();
}

const families = new Map();
for (const name of sample_names()) {
  const family = name.split(/[.-]/)[0];
  families.set(family, [...(families.get(family) ?? []), name]);
}
for (const [family, names] of families) test(`samples of ${family}`, () => every_engine(names.map(sample), true));

const folders = corpus();
test('corpus', { skip: folders.length === 0 && 'no ../shared/corpus here' }, async (all) => {
  for (const { name, files } of folders) await all.test(name, () => every_engine([files], false));
});
