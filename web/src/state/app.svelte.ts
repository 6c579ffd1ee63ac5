// The one state that all views share: engines, the current one, selection, filter, view, looks.
//
// Views read it, and change it only through its methods; it mirrors itself in the URL's hash.

// SPDX-License-Identifier: Apache-2.0
import { Client, unpack } from '../core/client';
import { Columns } from '../core/table';
import type { Calls, ColumnInfo, Json, OpenedEngine } from '../core/types';
import { read_hash, write_hash, type Place } from './hash';

export interface Engine {
  id: number; // of the core
  name: string;
  files: OpenedEngine['files'];
  summary: Json; // as `trex summary --json`
  layers: Columns; // row i is layer i; hidden ones too
  lint: Json | null; // as `trex lint --json`; null until it is known
}

export interface InputFile {
  name: string; // with folders
  bytes: ArrayBuffer;
}

export type ColorMode = 'precision' | 'type' | 'time' | 'efficiency' | 'findings';
export type ViewId =
  | 'overview' | 'table' | 'charts' | 'roofline' | 'memory' | 'latency' | 'graph' | 'findings' | 'compare' | 'sources' | 'glossary';

class App {
  core = new Client();
  phase = $state<'empty' | 'busy' | 'ready'>('empty');
  progress = $state({ text: '', part: 0 }); // part of 1 while busy
  errors = $state<string[]>([]);

  engines = $state.raw<Engine[]>([]);
  current = $state(0); // place in engines
  baseline = $state(0); // what compare measures against: place in engines
  view = $state<ViewId>('overview');
  selected = $state<number | null>(null); // a layer's row
  where = $state(''); // the filter, as `trex layers --where`
  filter_error = $state('');
  rows = $state.raw<Uint32Array>(new Uint32Array()); // of the filter, without hidden layers, in order
  inside = $state.raw<Uint8Array | null>(null); // by layer: in the filter; null: no filter
  color_by = $state<ColorMode>('precision');
  dark = $state(false);
  pinned = $state(false); // the layer panel stays
  place = $state.raw<Place>({}); // keys of views in the hash

  colors = $state.raw<Calls['colors']['answer'] | null>(null);
  columns = $state.raw<ColumnInfo[]>([]);
  attributes = $state.raw<string[]>([]);

  engine = $derived(this.engines.at(this.current) ?? null);
  private past: number[] = [];
  private future: number[] = [];
  private wasm: ArrayBuffer | null = null;
  private asked = 0;

  // Opens files as engines beside those that are open. What cannot be read is in `errors`.
  async open(files: InputFile[], groups?: string[][]): Promise<void> {
    this.phase = 'busy';
    this.progress = { text: 'starting the core', part: 0 };
    await this.start_core();
    const base = `/in/${this.asked++}`;
    for (const [i, file] of files.entries()) {
      this.progress = { text: `reading ${file.name}`, part: (0.3 * i) / files.length };
      await this.core.write_file(`${base}/${file.name}`, file.bytes);
    }
    const lists = groups ?? [files.map((file) => file.name)];
    const errors: string[] = [];
    const opened: Engine[] = [];
    for (const list of lists) {
      this.progress = { text: 'loading engines', part: 0.3 };
      const answer = await this.core.call('open', { files: list.map((name) => `${base}/${name}`) });
      errors.push(...answer.errors.map((error) => error.replaceAll(`${base}/`, '')));
      for (const engine of answer.engines) opened.push(await this.describe(engine));
    }
    this.errors = errors;
    this.engines = [...this.engines, ...opened];
    this.phase = this.engines.length > 0 ? 'ready' : 'empty';
    this.restore();
    await this.refilter();
    for (const engine of opened) void this.find_findings(engine);
  }

  private async start_core(): Promise<void> {
    if (this.wasm) return;
    this.wasm = await unpack(document.getElementById('trex-core')!.textContent!.trim());
    await this.core.start(this.wasm);
    this.colors = await this.core.call('colors', {});
  }

  private async describe(opened: OpenedEngine): Promise<Engine> {
    this.progress = { text: `analysing ${opened.name}`, part: 0.6 };
    const engine = opened.id;
    const summary = await this.core.call('summary', { engine });
    const layers = await this.core.call('layers', { engine });
    const { columns, attributes } = await this.core.call('columns', { engine });
    this.columns = columns;
    this.attributes = attributes;
    return { ...opened, summary, layers: new Columns(layers.table ?? layers), lint: null };
  }

  private async find_findings(engine: Engine): Promise<void> {
    const lint = await this.core.call('lint', { engine: engine.id });
    this.engines = this.engines.map((one) => (one.id === engine.id ? { ...one, lint } : one));
  }

  // Ends what the core is doing; the files must be opened again.
  cancel(): void {
    this.core.cancel();
    this.wasm = null;
    this.engines = [];
    this.phase = 'empty';
  }

  show(view: ViewId): void {
    this.view = view;
    this.remember();
  }

  choose_engine(place: number): void {
    this.current = place;
    this.selected = null;
    void this.refilter();
    this.remember();
  }

  select(layer: number | null): void {
    if (layer === this.selected) return;
    if (this.selected !== null) this.past.push(this.selected);
    this.future = [];
    this.selected = layer;
    this.remember();
  }
  back(): void {
    this.travel(this.past, this.future);
  }
  forward(): void {
    this.travel(this.future, this.past);
  }
  private travel(from: number[], to: number[]): void {
    const layer = from.pop();
    if (layer === undefined) return;
    if (this.selected !== null) to.push(this.selected);
    this.selected = layer;
    this.remember();
  }

  async filter(where: string): Promise<void> {
    this.where = where;
    this.remember();
    await this.refilter();
  }
  // Narrows what is filtered already.
  add_filter(clause: string): Promise<void> {
    return this.filter(this.where ? `(${this.where}) and ${clause}` : clause);
  }

  private async refilter(): Promise<void> {
    const engine = this.engine;
    if (!engine) return;
    const number = ++this.asked;
    try {
      const { rows } = await this.core.call('select', { engine: engine.id, where: this.where });
      if (number !== this.asked) return; // a newer filter was typed meanwhile
      this.rows = rows;
      this.filter_error = '';
      if (this.where) {
        const inside = new Uint8Array(engine.layers.rows);
        for (const row of rows) inside[row] = 1;
        this.inside = inside;
      } else {
        this.inside = null;
      }
    } catch (error) {
      if (number === this.asked) this.filter_error = (error as Error).message;
    }
  }

  set_dark(dark: boolean): void {
    this.dark = dark;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }

  // A view's own part of the permalink; "" forgets it.
  keep(key: string, value: string): void {
    this.place = { ...this.place, [key]: value };
    this.remember();
  }

  private remember(): void {
    const hash = write_hash({
      ...this.place,
      view: this.view === 'overview' ? '' : this.view,
      engine: this.current === 0 ? '' : String(this.current),
      layer: this.selected === null ? '' : String(this.selected),
      where: this.where,
      color: this.color_by === 'precision' ? '' : this.color_by,
    });
    if (hash !== location.hash) history.replaceState(null, '', hash || location.pathname + location.search);
  }

  // From the address to the state: at the start, and when the user edits the hash.
  restore(): void {
    const { view, engine, layer, where, color, ...rest } = read_hash(location.hash);
    this.place = rest;
    if (view) this.view = view as ViewId;
    const place = Number(engine ?? 0);
    this.current = place < this.engines.length && place >= 0 ? place : 0;
    const row = Number(layer ?? NaN);
    this.selected = this.engine && row >= 0 && row < this.engine.layers.rows ? row : null;
    this.where = where ?? '';
    if (color) this.color_by = color as ColorMode;
  }
}

export const app = new App();
