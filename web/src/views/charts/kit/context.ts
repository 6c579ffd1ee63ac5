// What a chart may ask: the layer table, rows and sums of a filter (all by the core), and colours.

// SPDX-License-Identifier: Apache-2.0
import type { Hues } from '../../../ui/coloring';
import { color_by_number, color_by_word, type Coloring } from './colors';
import type { Frame } from './frame';
import { is_number, real, text, title_of, unit_of, type EngineLayers } from './layers';

export interface Context {
  layers: EngineLayers;
  hues: Hues;
  filter: string; // "": none
  inside: Uint8Array | null; // by layer: in the filter; null: no filter
  // Layers for which `where` holds, in execution order, without the hidden ones.
  rows(where: string): Promise<number[]>;
  // Makes an attribute of the file, such as Kernel, a column; false: no layer has it.
  fetch(column: string): Promise<boolean>;
  // The core's sums: one row a group, of layers for which `where` holds.
  group(where: string, by: readonly string[], aggregates: readonly string[]): Promise<Frame>;
}

export function coloring_of({ layers, hues }: Context, rows: readonly number[], by: string): Coloring {
  if (is_number(layers, by)) {
    const values = real(layers, by);
    return color_by_number(hues, title_of(by), unit_of(layers, by), rows.map((row) => values[row]));
  }
  const words = text(layers, by);
  const times = real(layers, 'time_ms');
  return color_by_word(hues, by, title_of(by), rows.map((row) => words[row]), rows.map((row) => times[row]));
}

export function inside_of(context: Context, rows: readonly number[]): Uint8Array | null {
  return context.inside ? Uint8Array.from(rows, (row) => context.inside![row]) : null;
}

// "3 of 35 layers are in the filter": what a pale bar means.
export function filter_note(context: Context, rows: readonly number[]): string[] {
  if (!context.inside) return [];
  const count = rows.filter((row) => context.inside![row]).length;
  return [`${count} of these ${rows.length} layers are in the filter; the others are pale`];
}

export function count_unknown(values: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < values.length; ++i) count += Number.isFinite(values[i]) ? 0 : 1;
  return count;
}
