// Every engine of the corpus and every sample opens, and shows in each view without an error.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { corpus, report, sample, sample_names, stop, Tab } from './frame.mjs';

after(stop);

const views = ['Layers', 'Graph', 'Findings', 'Charts', 'Roofline', 'Memory', 'Latency', 'Compare', 'Source ops', 'Overview'];

async function look(tab) {
  assert.ok(await tab.layers_meant() > 0);
  for (const view of views) {
    await tab.view(view);
    await tab.page.waitForFunction(
      () => document.querySelector('main').innerText.trim() !== '' || document.querySelector('main canvas'), null, { timeout: 20_000 });
  }
  await tab.page.keyboard.press('j');
  await tab.page.getByRole('complementary', { name: 'layer' }).getByRole('heading', { level: 2 }).waitFor();
}

for (const name of sample_names()) {
  test(`sample ${name}`, async () => {
    const tab = await Tab.open(report(sample(name)));
    await look(tab);
    await tab.close();
  });
}

const folders = corpus();
test('corpus', { skip: folders.length === 0 && 'no ../shared/corpus here' }, async (all) => {
  for (const { name, files } of folders) {
    await all.test(name, async () => {
      const tab = await Tab.open(report(files));
      const count = await tab.page.evaluate(() => document.querySelectorAll('.engine option').length || 1);
      for (let engine = 0; engine < count; ++engine) {
        if (engine > 0) await tab.page.keyboard.press('e');
        await look(tab);
        await tab.page.keyboard.press('Escape');
      }
      await tab.close();
    });
  }
});
