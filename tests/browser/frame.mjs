// The frame of the browser tests: a page with engines in it, opened from file:// in Debian's Chromium
// with the network blocked, and every error of its console kept.
//
// TREX_PAGE: the built page (build/page/index.html). TREX: the program (build/quick/trex), which writes
// the sample engines. CHROMIUM: the browser.

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const from_web = createRequire(path.join(root, 'web/package.json'));
const { chromium } = from_web('playwright-core');

const page_file = path.resolve(process.env.TREX_PAGE ?? path.join(root, 'build/page/index.html'));
const program = path.resolve(process.env.TREX ?? path.join(root, 'build/quick/trex'));
const browser_file = process.env.CHROMIUM ?? '/usr/bin/chromium';
for (const [file, how] of [[page_file, 'make page'], [program, 'make'], [browser_file, 'apt-get install chromium']]) {
  if (!existsSync(file)) throw new Error(`${file}: no such file; ${how}`);
}

const work = mkdtempSync(path.join(tmpdir(), 'trex-browser-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

let browser;
export async function start() {
  browser ??= await chromium.launch({
    executablePath: browser_file,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}
export async function stop() {
  kept.clear();
  await browser?.close();
  browser = undefined;
}
// Tabs that the next test on the same file goes on with: opening a page costs more than most tests.
const kept = new Map();
// Waiting costs nothing where nothing is wrong; a machine with much else to do takes its time.
const patience_ms = 60_000;

let sample_folder;
// The files of that sample engine, such as "resnet18.fp16".
export function sample(name) {
  if (!sample_folder) {
    sample_folder = path.join(work, 'samples');
    execFileSync(program, ['sample', sample_folder], { stdio: 'pipe' });
  }
  const files = readdirSync(sample_folder).filter((file) => file.startsWith(`${name}.onnx.engine.`));
  assert.ok(files.length > 0, `no sample engine ${name}`);
  return files.map((file) => path.join(sample_folder, file));
}
export function sample_names() {
  sample('resnet18.fp16');
  const names = readdirSync(sample_folder).flatMap((file) => /^(.*)\.onnx\.engine\.graph\.json$/.exec(file)?.[1] ?? []);
  return names.sort();
}

// Folders of engines that others built, one list of files a folder; empty where they are not there.
export function corpus() {
  const top = path.resolve(root, '../shared/corpus');
  if (!existsSync(top)) return [];
  const folders = [top];
  const found = [];
  for (const folder of folders) {
    const entries = readdirSync(folder).sort().map((name) => path.join(folder, name));
    folders.push(...entries.filter((entry) => statSync(entry).isDirectory()));
    const files = entries.filter((entry) => /\.(json|log)$/.test(entry));
    if (files.some((file) => /\.json$/.test(file))) found.push({ name: path.relative(top, folder), files });
  }
  return found;
}

// Runs the program; its JSON.
export function trex(...args) {
  return JSON.parse(execFileSync(program, [...args, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }));
}
// The graph among an engine's files.
export const graph_of = (files) => files.find((file) => /graph\.json$/.test(file));

let reports = 0;
// A report as `trex report` writes it, of groups of files; the files of a group are one engine's.
export function report(...groups) {
  const packed = groups.flat().map((file) => ({
    name: path.basename(file), gzip_base64: gzipSync(readFileSync(file)).toString('base64'),
  }));
  const data = JSON.stringify({ files: packed, engines: groups.map((group) => group.map((file) => path.basename(file))) });
  const html = readFileSync(page_file, 'utf8').replace(
    '<!-- report -->', () => `<script type="application/json" id="trex-report">${data.replaceAll('</', '<\\/')}</script>`);
  const file = path.join(work, `report-${++reports}.html`);
  writeFileSync(file, html);
  return file;
}

// A page by the program itself, which is given these words and -o FILE.
export function page_by_program(...args) {
  const file = path.join(work, `report-${++reports}.html`);
  execFileSync(program, [...args, '-o', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  return file;
}
export const report_by_program = (...args) => page_by_program('report', ...args);

export function empty_page() {
  return page_file;
}

// Writes a file into the tests' own folder; its name may begin with folders.
export function written(name, text) {
  const file = path.join(work, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

// A tab in which nothing may go wrong unseen.
export class Tab {
  problems = []; // of the console, and requests that it should not make
  keep_as = undefined; // the file, of a tab that others go on with

  // A tab that shows the file as if it were just opened at that address; perhaps one used before. What
  // a reload alone resets (the way back, the baseline) may be another test's.
  static async of(file, { hash = '', width = 1280, height = 800, scheme = 'light' } = {}) {
    const known = kept.get(file);
    kept.delete(file); // back again when its user is done: a test that failed leaves it in no good state
    const tab = known ?? await Tab.open(file, { hash, width, height, scheme });
    tab.keep_as = file;
    if (!known) return tab;
    await tab.page.setViewportSize({ width, height });
    await tab.page.emulateMedia({ colorScheme: scheme });
    await tab.go('#view=glossary'); // so that the view is made anew
    await tab.page.evaluate(() => delete globalThis.trex_graph);
    await tab.go(hash);
    return tab;
  }

  // To another address of the same page.
  async go(hash) {
    await this.page.evaluate((wanted) => {
      document.activeElement?.blur();
      history.replaceState(null, '', wanted || location.pathname);
      dispatchEvent(new Event('hashchange'));
    }, hash);
    await this.settled();
  }

  // Until the view is there and the core has nothing to do for it.
  async settled() {
    await this.page.waitForFunction(() => {
      const main = document.querySelector('main');
      return main?.firstElementChild && globalThis.trex.core.idle;
    });
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await this.page.waitForFunction(() => globalThis.trex.core.idle);
  }

  static async open(file, { hash = '', width = 1280, height = 800, scheme = 'light', engines = true } = {}) {
    await start();
    const tab = new Tab();
    tab.context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, offline: true, acceptDownloads: true });
    tab.page = await tab.context.newPage();
    tab.page.setDefaultTimeout(patience_ms);
    tab.page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') tab.problems.push(`console ${message.type()}: ${message.text()}`);
    });
    tab.page.on('pageerror', (error) => tab.problems.push(`error: ${error.message}`));
    tab.page.on('dialog', (dialog) => {
      tab.problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    tab.page.on('request', (request) => {
      if (!/^(blob:|data:)/.test(request.url()) && request.url().split('#')[0] !== pathToFileURL(file).href) {
        tab.problems.push(`request: ${request.url().slice(0, 200)}`);
      }
    });
    await tab.page.goto(pathToFileURL(file).href + hash);
    if (engines) await tab.ready();
    return tab;
  }

  // Until the engines are open and the findings known.
  async ready() {
    await this.page.waitForSelector('#filter', { timeout: 2 * patience_ms });
    await this.page.waitForSelector('.count');
  }
  async view(title) {
    await this.page.getByRole('navigation', { name: 'views' }).getByRole('button', { name: title, exact: true }).click();
  }
  async hash(key) {
    return new URLSearchParams(new URL(this.page.url()).hash.slice(1)).get(key);
  }
  // Until that key of the permalink has that value.
  async hash_is(key, value) {
    await this.page.waitForFunction(
      ([k, v]) => new URLSearchParams(location.hash.slice(1)).get(k) === v, [key, value]);
  }
  // "3 of 26 layers": the first number.
  async layers_meant() {
    const text = await this.page.locator('.count').innerText();
    return Number(text.replaceAll('\u202f', '').match(/^\d+/)[0]);
  }
  async filter(text, count) {
    await this.page.fill('#filter', text);
    if (count === undefined) return;
    await this.page.waitForFunction(
      (n) => document.querySelector('.count').textContent.replaceAll('\u202f', '').trim().startsWith(`${n} of `), count);
  }
  async close() {
    const { problems } = this;
    if (this.keep_as === undefined || kept.has(this.keep_as) || problems.length > 0) await this.context.close();
    else kept.set(this.keep_as, this);
    assert.deepEqual(problems, [], 'the page is quiet and asks nothing of the network');
  }
}

// What axe-core finds serious in what the tab shows, in words.
export async function violations(tab) {
  await tab.page.evaluate(readFileSync(from_web.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await tab.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.ok(found.passes.length > 10, 'axe looked');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 160)}`).join(' | ')}`);
}

// Opens that chart of the report card large.
export async function open_chart(tab, id) {
  await tab.page.evaluate((chart) => {
    const hash = new URLSearchParams(location.hash.slice(1));
    hash.set('view', 'charts');
    hash.set('charts.open', chart);
    location.hash = hash.toString();
  }, id);
  await tab.page.waitForSelector(`[data-figure="${id}"]`);
}
