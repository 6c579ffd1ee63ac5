// The graph of one engine: its drawing from the core, what is open in it, where its layers are.
//
// Every change of what is open is a call of the core, which answers with the whole drawing; calls
// go one after another, and what was asked for meanwhile is done last.

// SPDX-License-Identifier: Apache-2.0
import { app, type Engine } from '../../state/app.svelte';
import { quoted, type Ask } from './scene/ask';
import { Kind, type Drawing } from './scene/drawing';
import { chain, owners, type ScopeTree } from './scene/owners';

export interface GraphOptions {
  direction: 'down' | 'right';
  regions: boolean;
  constants: boolean;
  style: 'full' | 'minimal' | 'keras';
}
export const default_options: GraphOptions = { direction: 'down', regions: false, constants: false, style: 'full' };

// What the place of the old and the new drawing is that should stay where it is on the screen.
export type Stay = { scope: number } | { row: number } | null;

export class GraphModel {
  drawing = $state.raw<Drawing | null>(null);
  stay: Stay = null; // of the last change
  busy = $state(false);
  error = $state('');
  tree = $state.raw<ScopeTree | null>(null);
  owned = $derived(this.drawing && this.tree ? owners(this.drawing, this.tree) : null);
  options = $state.raw<GraphOptions>(default_options);
  spent_ms = 0; // of the last call of the core
  changes = $state.raw<{ scope: number; open: boolean }[]>([]); // since the graph was opened, for the permalink
  depth = $state<string>(''); // '': as many as fit, 'all', or a number
  private view = -1;
  private restarts = app.core.restarts; // a core that was ended took its graphs along
  private queue: Promise<void> = Promise.resolve();

  constructor(readonly engine: Engine) {}

  private run(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(async () => {
      this.busy = true;
      this.error = '';
      const start = performance.now();
      try {
        if (this.view >= 0 && this.restarts !== app.core.restarts) await this.reopen();
        await work();
      } catch (error) {
        this.error = (error as Error).message;
      }
      this.spent_ms = performance.now() - start;
      this.busy = false;
    });
    return this.queue;
  }

  private async reopen(): Promise<void> {
    this.view = -1;
    await this.ask(this.options, this.depth, this.changes);
  }

  open(options: GraphOptions = this.options, depth = this.depth, changes: { scope: number; open: boolean }[] = []): Promise<void> {
    return this.run(async () => {
      this.drawing = await this.ask(options, depth, changes);
    });
  }

  private async ask(options: GraphOptions, depth: string, changes: { scope: number; open: boolean }[]): Promise<Drawing> {
    this.options = options;
    this.depth = depth;
    const answer = await app.core.call('graph_open', {
      engine: this.engine.id, direction: options.direction, regions: options.regions, constants: options.constants,
      style: options.style, color: 'type', ...(depth === '' ? {} : { depth: depth === 'all' ? 'all' : Number(depth) }),
    });
    this.close();
    this.view = answer.view;
    this.restarts = app.core.restarts;
    this.tree = answer.scopes;
    this.stay = null;
    this.changes = changes.filter(({ scope }) => scope < answer.scopes.parent.length);
    let last: Drawing = answer;
    for (const { scope, open } of this.changes) last = await app.core.call('graph_toggle', { view: this.view, scope, open });
    return last;
  }

  toggle(scope: number, open: boolean): Promise<void> {
    return this.run(async () => {
      const answer = await app.core.call('graph_toggle', { view: this.view, scope, open });
      this.changes = [...this.changes.filter((change) => change.scope !== scope), { scope, open }];
      this.stay = { scope };
      this.drawing = answer;
    });
  }

  // Opens what is around a layer, until it has a box of its own.
  reveal(row: number): Promise<void> {
    return this.run(async () => {
      const tree = this.tree;
      const box = this.owned?.box_of[row] ?? -1;
      if (!tree || (box >= 0 && this.drawing!.boxes.kind[box] === Kind.layer)) return;
      const answer = await app.core.call('graph_reveal', { view: this.view, layer: row });
      const opened = chain(tree, tree.of_layer[row]).map((scope) => ({ scope, open: true }));
      this.changes = [...this.changes.filter((change) => !opened.some((one) => one.scope === change.scope)), ...opened];
      this.stay = { row };
      this.drawing = answer;
    });
  }

  // Rows of the layers that a question means, a beam from those layers; null: it asks for nothing.
  async find(ask: Ask, from: number[] = []): Promise<Uint32Array | null> {
    if (ask.kind === 'none' || this.view < 0) return null;
    const view = this.view;
    if (ask.kind === 'beam') {
      return (await app.core.call('graph_find', { view, kind: 'beam', layers: from, radius: ask.radius })).rows;
    }
    const kind = ask.kind === 'text' ? 'regex' : ask.kind;
    const text = ask.kind === 'text' ? quoted(ask.text) : ask.text;
    return (await app.core.call('graph_find', { view, kind, text })).rows;
  }

  async svg(color: string): Promise<string> {
    return (await app.core.call('graph_svg', { view: this.view, color })).svg;
  }

  close(): void {
    if (this.view >= 0 && this.restarts === app.core.restarts) void app.core.call('graph_close', { view: this.view }).catch(() => {});
    this.view = -1;
  }

  is_frame(scope: number): boolean {
    return this.frame_of(scope) >= 0;
  }
  frame_of(scope: number): number {
    return this.drawing ? this.drawing.frames.scope.indexOf(scope) : -1;
  }
  box_of_scope(scope: number): number {
    const boxes = this.drawing?.boxes;
    if (!boxes) return -1;
    for (let box = 0; box < boxes.count; ++box) if (boxes.kind[box] === Kind.scope && boxes.subject[box] === scope) return box;
    return -1;
  }
}

