// The core's layer table, read by column: row i is layer i of the engine, hidden ones too.

// SPDX-License-Identifier: Apache-2.0
import type { Columns } from '../../../core/table';
import type { CoreColumn } from '../../../core/types';
import { dims } from '../../../ui/units';
import type { Frame, FrameColumn } from './frame';

// The engine's own table, and one-column tables of the file's attributes that were asked for.
export interface EngineLayers {
  table: Columns;
  attributes: ReadonlyMap<string, Columns>;
}

// What people call the columns; others take the core's name without its unit.
const titles: Record<string, string> = {
  time_ms: 'time', median_ms: 'median time', share: 'share of time', io_bytes: 'activations', weights_bytes: 'weights',
  footprint_bytes: 'footprint', bytes_moved: 'bytes moved', macs: 'MACs', flops: 'FLOPs', intensity: 'arithmetic intensity',
  tflops: 'arithmetic rate', gbps: 'bandwidth', floor_ms: 'floor', efficiency: 'efficiency', recoverable_ms: 'recoverable',
  live_bytes: 'live', born_bytes: 'born', freed_bytes: 'freed', m: 'M', n: 'N', k: 'K',
  tactic_base: 'tactic', tensor_core: 'Tensor Cores', OutMaps: 'output channels', Kernel: 'kernel',
  subtype: 'kind', bound: 'bound by', name: 'layer', index: '#', scope: 'module',
};

export function title_of(name: string): string {
  return titles[name] ?? name.replace(/_(ms|bytes)$/, '').replaceAll('_', ' ');
}

function table_of(layers: EngineLayers, name: string): Columns {
  return layers.attributes.get(name) ?? layers.table;
}

export function find_column(layers: EngineLayers, name: string): CoreColumn | undefined {
  return table_of(layers, name).find(name);
}

export function unit_of(layers: EngineLayers, name: string): string {
  return find_column(layers, name)?.unit ?? '';
}

export function is_number(layers: EngineLayers, name: string): boolean {
  const column = find_column(layers, name);
  return column?.type === 'real' || column?.type === 'integer';
}

// NaN where unknown, or where there is no such column.
export function real(layers: EngineLayers, name: string): ArrayLike<number> {
  const column = find_column(layers, name);
  if (!column || column.texts || column.starts) return new Float64Array(layers.table.rows).fill(NaN);
  return column.values;
}

// Every kind of column as words; lists of numbers as dimensions, "3x3".
export function text(layers: EngineLayers, name: string): readonly (string | null)[] {
  const table = table_of(layers, name);
  const column = table.find(name);
  if (column?.texts && !column.starts) return table.texts(name);
  return Array.from({ length: layers.table.rows }, (_, row) => word_of(table.cell(name, row)));
}

function word_of(cell: ReturnType<Columns['cell']>): string | null {
  if (cell === undefined) return null;
  if (!Array.isArray(cell)) return typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : String(cell);
  return typeof cell[0] === 'number' ? dims(cell as number[]) : cell.join(', ');
}

// How many values each list of that column has; NaN: unknown.
export function list_lengths(layers: EngineLayers, name: string): ArrayLike<number> {
  const column = find_column(layers, name);
  if (!column?.starts) return new Float64Array(layers.table.rows).fill(NaN);
  const { starts, unknown } = column;
  return Float64Array.from({ length: layers.table.rows }, (_, row) => (unknown?.[row] ? NaN : starts[row + 1] - starts[row]));
}

// Those columns of those layers, with the layer's number and name first.
export function layer_frame(layers: EngineLayers, rows: ArrayLike<number>, names: readonly string[]): Frame {
  const kept = Array.from(rows);
  const wanted = [...new Set(['index', 'name', ...names])];
  const columns = wanted.map((name): FrameColumn => {
    const head = { name, title: title_of(name) };
    if (is_number(layers, name)) {
      const values = real(layers, name);
      return { ...head, unit: unit_of(layers, name), values: Float64Array.from(kept, (row) => values[row]) };
    }
    const words = text(layers, name);
    return { ...head, texts: kept.map((row) => words[row]) };
  });
  return { rows: kept.length, columns, layers: (row) => [kept[row]] };
}
