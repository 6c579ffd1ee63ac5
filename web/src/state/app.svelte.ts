// The one state that all views share: engines, the current one, selection, filter, view, looks.
//
// Views read it, and change it only through its methods; it mirrors itself in the URL's hash.

// SPDX-License-Identifier: Apache-2.0
import { Cancelled, Client, type Group, type Progress } from '../core/client';
import { latest } from '../core/latest';
import type { InputFile } from '../core/messages';
import type { ModelHistory } from '../core/reports';
import type { Cell } from '../core/table';
import type { Calls } from '../core/types';
import { coloring, color_modes, flat, type ColorMode } from '../ui/coloring';
import { Engine } from './engine.svelte';
import { read_hash, write_hash, type Place } from './hash';
import { History } from './history';
import { both, equals } from './where';

export type { ColorMode, Engine, InputFile };
export const view_ids = [
  'overview', 'table', 'graph', 'findings', 'charts', 'roofline', 'memory', 'latency', 'compare', 'sources', 'glossary',
  'history',
] as const;
export type ViewId = (typeof view_ids)[number];
export type Theme = 'auto' | 'light' | 'dark';

const no_rows = new Uint32Array();
const longest_kept = 8000; // characters of one value in the address

class App {
  core = new Client();
  phase = $state<'empty' | 'busy' | 'ready'>('empty');
  progress = $state.raw({ text: '', part: 0 }); // part of 1 while busy
  errors = $state.raw<string[]>([]); // of the last opening
  model_history = $state.raw<ModelHistory | null>(null); // of the report, as `trex history --json`; needs no engine
  report_notes = $state.raw<readonly string[]>([]); // what was left out of the report's files

  engines = $state.raw<Engine[]>([]);
  current = $state(0); // place in engines
  private expected = 0; // engines, when all are loaded
  private asked_for = -1; // the one to show once it is loaded
  baseline = $state(0); // what compare measures against: place in engines
  engine = $derived(this.engines.at(this.current) ?? null);
  columns = $derived(this.engine?.columns ?? []);
  attributes = $derived(this.engine?.attributes ?? []);

  view = $state<ViewId>('overview');
  place = $state.raw<Place>({}); // keys of views in the hash

  selected = $state<number | null>(null); // a layer's row
  hovered = $state<number | null>(null); // the layer under the pointer, in any view
  pinned = $state(false); // the layer panel stays

  where = $state(''); // the filter that holds, as `trex layers --where`
  draft = $state(''); // what stands in the filter bar, right or wrong
  filter_error = $state(''); // what is wrong with it
  hidden = $state(false); // with the layers that `trex layers` leaves out
  private chosen = $state.raw<Uint32Array | null>(null); // rows of the filter; null: no filter
  rows = $derived(this.chosen ?? this.unfiltered()); // the layers meant, in execution order
  inside = $derived(this.chosen && marks(this.chosen, this.engine?.layers.rows ?? 0)); // by layer; null: no filter

  color_by = $state<ColorMode>('precision');
  theme = $state<Theme>('auto');
  system_dark = $state(false);
  dark = $derived(this.theme === 'dark' || (this.theme === 'auto' && this.system_dark));
  colors = $state.raw<Calls['colors']['answer'] | null>(null); // for light and dark
  hues = $derived(flat(this.colors, this.dark)); // those of the ground that is shown
  coloring = $derived(this.engine && coloring(this.engine, this.hues, this.color_by));
  type_colors = $derived(this.engine && coloring(this.engine, this.hues, 'type'));
  precision_colors = $derived(this.engine && coloring(this.engine, this.hues, 'precision'));

  private readonly history = new History();
  private readonly ask_rows = latest(
    ({ engine, where }: { engine: Engine; where: string }) =>
      this.core.call('select', { engine: engine.id, where, all: this.hidden }),
    ({ rows }, { engine, where }) => {
      if (engine === this.engine) this.take_rows(where, rows);
    },
    (error) => {
      if (!(error instanceof Cancelled)) this.filter_error = message_of(error);
    },
  );

  // Opens files as engines beside those that are open. What cannot be read is in `errors`.
  async open(files: InputFile[], groups?: Group[]): Promise<void> {
    this.phase = 'busy';
    this.errors = [];
    this.progress = { text: 'starting the core', part: 0 };
    try {
      this.colors ??= await this.core.call('colors', {});
      const { engines, errors } = await this.core.open(files, groups, (progress) => this.advance(progress));
      const opened = engines.map((one) => new Engine(one, this.core));
      await this.load(opened);
      if (opened.length === 0 && errors.length === 0) errors.push('no engine in these files; open a graph JSON');
      this.errors = errors;
    } catch (error) {
      if (!(error instanceof Cancelled)) this.errors = [message_of(error)];
    }
    this.expected = this.engines.length;
    this.phase = this.expected > 0 ? 'ready' : 'empty';
  }

  // The engine that the address asks for (else the first) is shown as soon as it and those before it
  // are loaded; the others follow.
  private async load(opened: Engine[]): Promise<void> {
    const first = this.engines.length;
    this.asked_for = -1;
    this.expected = first + opened.length;
    const asked = Number(read_hash(location.hash).engine ?? 0);
    const wanted = first === 0 && asked > 0 && asked < opened.length ? asked : 0;
    for (const [i, engine] of opened.entries()) {
      this.progress = { text: `analysing ${engine.name}`, part: 0.5 + (0.5 * i) / opened.length };
      await engine.load();
      if (i < wanted) continue;
      this.engines = [...this.engines.slice(0, first), ...opened.slice(0, i + 1)];
      if (this.asked_for === first + i) this.choose_engine(this.asked_for);
      if (i > wanted) continue;
      if (first === 0 && this.model_history) this.show('overview'); // who opens an engine wants to see it
      else if (first === 0) this.restore();
      else this.choose_engine(first);
    }
    void this.judge();
  }

  private async judge(): Promise<void> {
    const order = this.engine ? [this.engine, ...this.engines] : this.engines;
    for (const engine of order) await engine.judge().catch(() => {});
  }

  private advance({ done, total, name }: Progress): void {
    this.progress = { text: `reading ${name}`, part: (0.5 * done) / Math.max(total, 1) };
  }

  // Ends what the core is doing; the engines that are open stay so.
  cancel(): void {
    this.core.cancel();
    void this.judge();
  }

  // The same files again, as they are now: selection, filter and view stay.
  async reload(files: InputFile[], groups?: Group[]): Promise<void> {
    this.core.reset();
    this.engines = [];
    await this.open(files, groups);
  }

  close_all(): void {
    this.core.reset();
    this.engines = [];
    this.expected = 0;
    this.phase = 'empty';
    this.errors = [];
    this.reset_filter();
    this.history.forget();
    this.selected = null;
    this.remember();
  }

  show(view: ViewId): void {
    this.view = view;
    this.remember();
  }

  choose_engine(place: number): void {
    this.asked_for = place < this.expected ? place : -1;
    if (place === this.current || place < 0 || place >= this.engines.length) return;
    this.current = place;
    this.history.forget();
    this.selected = null;
    this.hovered = null;
    this.refilter();
    this.remember();
  }

  // Round and round, those that are still being loaded too.
  next_engine(): void {
    const from = this.asked_for >= this.engines.length ? this.asked_for : this.current;
    this.choose_engine((from + 1) % Math.max(this.expected, 1));
  }

  select(layer: number | null): void {
    if (layer === this.selected) return;
    this.history.leave(this.selected);
    this.selected = layer;
    this.remember();
  }
  // The next or previous of the layers shown.
  step(by: 1 | -1): void {
    const rows = this.rows;
    if (rows.length === 0) return;
    const at = this.selected === null ? -1 : rows.indexOf(this.selected);
    if (at < 0) this.select(by > 0 ? rows[0] : rows[rows.length - 1]);
    else this.select(rows[Math.min(Math.max(at + by, 0), rows.length - 1)]);
  }
  back(): void {
    this.travel(this.history.back(this.selected));
  }
  forward(): void {
    this.travel(this.history.forward(this.selected));
  }
  private travel(layer: number | null): void {
    if (layer === null) return;
    this.selected = layer;
    this.remember();
  }
  hover(layer: number | null): void {
    this.hovered = layer;
  }
  pin(pinned: boolean): void {
    this.pinned = pinned;
    this.remember();
  }

  filter(where: string): void {
    this.draft = where;
    this.refilter();
  }
  // Narrows what is filtered already.
  add_filter(clause: string): void {
    this.filter(both(this.where, clause));
  }
  add_equal(column: string, value: Cell): void {
    this.add_filter(equals(column, value));
  }
  show_hidden(shown: boolean): void {
    this.hidden = shown;
    this.refilter();
    this.remember();
  }
  private reset_filter(): void {
    this.draft = this.where = this.filter_error = '';
    this.chosen = null;
  }
  private refilter(): void {
    const where = this.draft.trim();
    if (where !== '' && this.engine) {
      this.ask_rows({ engine: this.engine, where });
    } else if (where === '') {
      this.take_rows('', null);
    }
  }
  private take_rows(where: string, rows: Uint32Array | null): void {
    if (this.draft.trim() !== where) return; // overtaken
    this.where = where;
    this.chosen = rows;
    this.filter_error = '';
    this.remember();
  }
  private unfiltered(): Uint32Array {
    if (!this.engine) return no_rows;
    if (!this.hidden) return this.engine.visible;
    return Uint32Array.from({ length: this.engine.layers.rows }, (_, row) => row);
  }

  color(mode: ColorMode): void {
    this.color_by = mode;
    this.remember();
  }
  next_color(): void {
    const at = color_modes.findIndex(({ id }) => id === this.color_by);
    this.color(color_modes[(at + 1) % color_modes.length].id);
  }
  set_theme(theme: Theme): void {
    this.theme = theme;
    this.remember();
  }
  toggle_dark(): void {
    const dark = !this.dark;
    this.set_theme(dark === this.system_dark ? 'auto' : dark ? 'dark' : 'light');
  }

  // A view's own part of the permalink, "view.key"; "" forgets it.
  keep(key: string, value: string): void {
    this.place = { ...this.place, [key]: value };
    this.remember();
  }

  private first_view(): ViewId {
    return this.model_history ? 'history' : 'overview';
  }

  private remember(): void {
    const all: Place = {
      ...this.place,
      view: this.view === this.first_view() ? '' : this.view,
      engine: this.current === 0 ? '' : String(this.current),
      layer: this.selected === null ? '' : String(this.selected),
      where: this.where,
      color: this.color_by === 'precision' ? '' : this.color_by,
      theme: this.theme === 'auto' ? '' : this.theme,
      panel: this.pinned ? 'pinned' : '',
      hidden: this.hidden ? 'shown' : '',
    };
    // Rather left out than cut.
    const fitting = Object.entries(all).filter(([, value]) => value.length <= longest_kept);
    const hash = write_hash(Object.fromEntries(fitting));
    if (hash !== location.hash) history.replaceState(null, '', hash || location.pathname + location.search);
  }

  // From the address to the state: at the start, and when the user edits the hash.
  restore(hash = location.hash): void {
    const { view, engine, layer, where, color, theme, panel, hidden, ...rest } = read_hash(hash);
    this.place = rest;
    this.view = view_ids.find((id) => id === view) ?? this.first_view();
    const place = Number(engine ?? 0);
    this.current = Number.isInteger(place) && place >= 0 && place < this.engines.length ? place : 0;
    const row = Number(layer ?? NaN);
    this.selected = this.engine && Number.isInteger(row) && row >= 0 && row < this.engine.layers.rows ? row : null;
    this.color_by = color_modes.find(({ id }) => id === color)?.id ?? 'precision';
    this.theme = theme === 'light' || theme === 'dark' ? theme : 'auto';
    this.pinned = panel === 'pinned';
    this.hidden = hidden === 'shown';
    this.draft = where ?? '';
    this.refilter();
  }
}

function message_of(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function marks(rows: Uint32Array, count: number): Uint8Array {
  const inside = new Uint8Array(count);
  for (const row of rows) inside[row] = 1;
  return inside;
}

export const app = new App();
