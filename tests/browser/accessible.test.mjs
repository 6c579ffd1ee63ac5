// axe-core finds no serious violation in any view, light or dark, wide or narrow; nothing is wider than
// a small screen; paper shows the view.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { empty_page, report, sample, stop, Tab, violations } from './frame.mjs';

after(stop);
const file = report(sample('resnet18.fp16'), sample('resnet18.qat'));
const views = ['overview', 'table', 'graph', 'findings', 'charts', 'roofline', 'memory', 'latency', 'compare', 'sources', 'glossary'];

for (const scheme of ['light', 'dark']) {
  for (const view of views) {
    test(`${view}, ${scheme}`, async () => {
      const tab = await Tab.of(file, { hash: `#view=${view}&layer=3`, scheme });
      await tab.settled();
      assert.deepEqual(await violations(tab), []);
      await tab.close();
    });
  }
}

test('palette, help and the empty page', async () => {
  const tab = await Tab.of(file);
  for (const key of ['Control+k', '?']) {
    await tab.page.keyboard.press(key);
    await tab.page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(tab), [], key);
    await tab.page.keyboard.press('Escape');
    await tab.page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await tab.close();
  const empty = await Tab.open(empty_page(), { engines: false });
  assert.deepEqual(await violations(empty), []);
  await empty.close();
});

test('400 px are wide enough', async () => {
  const tab = await Tab.of(file, { width: 400, height: 800 });
  for (const view of views) {
    await tab.go(`#view=${view}`);
    const wide = await tab.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 400, `${view} is ${wide} px wide`);
  }
  await tab.close();
});

test('everything can be reached by Tab, and the focus is seen', async () => {
  const tab = await Tab.open(file);
  const seen = new Set();
  for (let i = 0; i < 60; ++i) {
    await tab.page.keyboard.press('Tab');
    const focus = await tab.page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      return { what: element.id || element.getAttribute('aria-label') || element.textContent.trim().slice(0, 30), outline: style.outlineStyle, tag: element.tagName };
    });
    seen.add(focus.what);
  }
  for (const what of ['Overview', 'filter', 'Layers', 'dark or light']) assert.ok(seen.has(what), `${what} is reached: ${[...seen].join(', ')}`);
  await tab.close();
});
