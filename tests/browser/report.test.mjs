// What `trex report` writes: the page says of the engines what the program says, with the options given
// to it, and the file is small enough to mail.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { after, test } from 'node:test';
import { graph_of, report_by_program, sample, stop, Tab, trex } from './frame.mjs';

after(stop);
const summary_of = (tab) => tab.page.evaluate(() => JSON.parse(JSON.stringify(globalThis.trex.engine.summary)));

test('the page agrees with the program, name and optimization profile too', async () => {
  const engine = graph_of(sample('decoder.trt10.built-only'));
  const options = ['--opt-profile', '1', '--name', 'a </script><!-- name'];
  const tab = await Tab.open(report_by_program(engine, ...options));
  const [here, there] = [await summary_of(tab), trex('summary', engine, ...options)];
  for (const summary of [here, there]) {
    delete summary.notes; // name files by their paths
    delete summary.sources;
  }
  assert.deepEqual(here, there);
  assert.equal(here.name, 'a </script><!-- name');
  await tab.close();
});

test('it opens where --open-at says', async () => {
  const tab = await Tab.open(report_by_program(graph_of(sample('resnet18.qat')), '--open-at', 'view=findings&layer=3'));
  await tab.hash_is('layer', '3');
  assert.equal(await tab.page.getByRole('button', { name: 'Findings', exact: true }).getAttribute('aria-current'), 'page');
  await tab.close();
});

test('an engine of 35 layers fits in 3 MB, and the same files give the same bytes', () => {
  const [one, two] = [0, 1].map(() => report_by_program(graph_of(sample('resnet18.qat'))));
  assert.ok(statSync(one).size <= 3e6, `${statSync(one).size} bytes`);
  assert.deepEqual(readFileSync(one), readFileSync(two));
});
