// Pictures of the page for the documents: docs/images/page-*.png, from our own sample engines.
//
//   node tools/page_gallery.mjs [NAME ...]      all, or those named
//
// TREX_PAGE, TREX, CHROMIUM as in tests/browser/frame.mjs.

// SPDX-License-Identifier: Apache-2.0
import path from 'node:path';
import { report, root, sample, stop, Tab } from '../tests/browser/frame.mjs';

const vit = report(sample('vit-base.trt10'));
const residual = report(sample('resnet18.fp32'), sample('resnet18.fp16'), sample('resnet18.qat'), sample('resnet18.qat-residual'));

const wide = { width: 1280, height: 800 };
const narrow = { width: 400, height: 860 };
const pictures = [
  { name: 'overview', file: vit, hash: '#color=type' },
  { name: 'overview-dark', file: vit, hash: '#color=type', scheme: 'dark' },
  { name: 'overview-narrow', file: vit, hash: '#color=type', size: narrow },
  { name: 'table', file: vit, hash: '#view=table&table.sort=recoverable_ms:desc' },
  { name: 'pivot', file: vit, hash: '#view=table&table.by=type&table.across=precision' },
  { name: 'panel', file: residual, hash: '#engine=2&layer=5' },
  { name: 'graph', file: residual, hash: '#engine=2&view=graph' },
  { name: 'graph-dark', file: residual, hash: '#engine=2&view=graph&layer=5', scheme: 'dark' },
  { name: 'findings', file: vit, hash: '#view=findings' },
  { name: 'charts', file: vit, hash: '#view=charts' },
  { name: 'charts-dark', file: residual, hash: '#engine=1&view=charts', scheme: 'dark' },
  { name: 'roofline', file: vit, hash: '#view=roofline' },
  { name: 'roofline-dark', file: residual, hash: '#engine=1&view=roofline', scheme: 'dark' },
  { name: 'memory', file: vit, hash: '#view=memory' },
  { name: 'latency', file: vit, hash: '#view=latency' },
  { name: 'compare', file: residual, hash: '#engine=1&view=compare' },
  { name: 'compare-dark', file: residual, hash: '#engine=1&view=compare', scheme: 'dark' },
  { name: 'sources', file: vit, hash: '#view=sources' },
  { name: 'glossary', file: vit, hash: '#view=glossary' },
  { name: 'palette', file: vit, hash: '', keys: ['Control+k', 'q', 'k', 'v'] },
  { name: 'help', file: vit, hash: '', keys: ['?'], scheme: 'dark' },
];

const named = process.argv.slice(2);
for (const picture of pictures.filter(({ name }) => named.length === 0 || named.includes(name))) {
  const tab = await Tab.open(picture.file, { ...(picture.size ?? wide), hash: picture.hash, scheme: picture.scheme ?? 'light' });
  await tab.page.waitForFunction(() => window.trex.engine?.lint && window.trex.core.idle, null, { timeout: 60_000 });
  for (const key of picture.keys ?? []) await tab.page.keyboard.press(key);
  await tab.page.waitForTimeout(1200); // charts grow into place
  await tab.page.screenshot({ path: path.join(root, `docs/images/page-${picture.name}.png`) });
  await tab.close();
}
await stop();
