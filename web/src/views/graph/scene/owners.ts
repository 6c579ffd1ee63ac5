// Which box shows a layer: its own, or that of the closed scope it is in?
//
// Selection, search and colours speak of layers, the canvas of boxes; here they meet.

// SPDX-License-Identifier: Apache-2.0
import { Kind, type Drawing } from './drawing';

// The tree of scopes, once an engine: parents by scope (of the root, 0: itself), scope by layer row.
export interface ScopeTree {
  parent: Uint32Array;
  of_layer: Uint32Array;
  name: string[];
  path: string[];
  layer_count: Uint32Array;
}

export const no_box = -1;

export interface Owners {
  box_of: Int32Array; // by layer row, -1: not drawn
  starts: Uint32Array; // rows of box b: rows[starts[b]] .. rows[starts[b + 1]]
  rows: Uint32Array;
}

export function owners(drawing: Drawing, tree: ScopeTree): Owners {
  const b = drawing.boxes;
  const layers = tree.of_layer.length;
  const box_of = new Int32Array(layers).fill(no_box);
  const scope_box = new Int32Array(tree.parent.length).fill(no_box);
  for (let box = 0; box < b.count; ++box) {
    const subject = b.subject[box];
    if (b.kind[box] === Kind.scope && subject >= 0 && subject < scope_box.length) scope_box[subject] = box;
    else if (b.kind[box] === Kind.layer && subject >= 0 && subject < layers) box_of[subject] = box;
  }
  // Parents stand before their children: one pass hands a box down to all that is below it.
  for (let s = 1; s < scope_box.length; ++s) {
    const above = scope_box[tree.parent[s]];
    if (above !== no_box) scope_box[s] = above;
  }
  const starts = new Uint32Array(b.count + 1);
  for (let row = 0; row < layers; ++row) {
    if (box_of[row] === no_box) box_of[row] = scope_box[tree.of_layer[row]] ?? no_box;
    if (box_of[row] !== no_box) ++starts[box_of[row] + 1];
  }
  for (let box = 0; box < b.count; ++box) starts[box + 1] += starts[box];
  const next = starts.slice(0, b.count);
  const rows = new Uint32Array(starts[b.count]);
  for (let row = 0; row < layers; ++row) if (box_of[row] !== no_box) rows[next[box_of[row]]++] = row;
  return { box_of, starts, rows };
}

export function rows_of(owned: Owners, box: number): Uint32Array {
  return owned.rows.subarray(owned.starts[box], owned.starts[box + 1]);
}

// The boxes that show any of those layers, each once, in the order of the first.
export function boxes_of(owned: Owners, rows: Iterable<number>): number[] {
  const seen = new Set<number>();
  for (const row of rows) {
    const box = owned.box_of[row] ?? no_box;
    if (box !== no_box) seen.add(box);
  }
  return [...seen];
}

// By box: does it show any of those layers?
export function marked(owned: Owners, rows: Iterable<number>): Uint8Array {
  const result = new Uint8Array(owned.starts.length - 1);
  for (const row of rows) {
    const box = owned.box_of[row] ?? no_box;
    if (box !== no_box) result[box] = 1;
  }
  return result;
}

// Names from the outermost scope down to this one, without the root.
export function chain(tree: ScopeTree, scope: number): number[] {
  const result: number[] = [];
  for (let s = scope; s > 0 && result.length < 64; s = tree.parent[s]) result.push(s);
  return result.reverse();
}
