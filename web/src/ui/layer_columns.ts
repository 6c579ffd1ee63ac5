// The columns of the layer table as the page shows them: titles, texts, bars.

// SPDX-License-Identifier: Apache-2.0
import type { ColumnInfo } from '../core/types';
import type { Columns } from '../core/table';
import type { GridColumn } from './Grid.svelte';
import { cell_text, head_unit } from './units';

export const usual_columns = [
  'index', 'name', 'time_ms', 'share', 'type', 'precision', 'efficiency', 'recoverable_ms', 'bound', 'findings', 'tactic',
];
export const few_columns = ['index', 'name', 'time_ms', 'share', 'type', 'precision', 'recoverable_ms', 'efficiency'];

const titles: Record<string, string> = {
  index: '#', name: 'layer', time_ms: 'time', median_ms: 'median', share: 'share', io_bytes: 'activations',
  weights_bytes: 'weights', footprint_bytes: 'footprint', bytes_moved: 'moved', recoverable_ms: 'recoverable',
  floor_ms: 'floor', macs: 'MACs', flops: 'FLOPs', live_bytes: 'live', findings: 'findings',
};

export function title_of(info: ColumnInfo): string {
  const unit = head_unit(info);
  const title = titles[info.name] ?? info.name.replace(/_(ms|bytes)$/, '').replaceAll('_', ' ');
  return unit ? `${title}, ${unit}` : title;
}

export interface Swatches {
  type: (row: number) => string;
  precision: (row: number) => string;
}

// Those names of the table, in that order; what it lacks is left out. `all`: the engine's own table,
// where `layers` is a part of it.
export function grid_columns(layers: Columns, names: readonly string[], swatches: Swatches, all = layers): GridColumn[] {
  let largest_share = 0;
  const shares = all.numbers('share');
  for (let row = 0; row < all.rows; ++row) largest_share = Math.max(largest_share, shares[row] || 0);
  return names.flatMap((name): GridColumn[] => {
    const info = layers.find(name);
    if (!info) return [];
    const number = info.type === 'real' || info.type === 'integer';
    const text = (row: number) => cell_text(info, layers.cell(name, row));
    const column: GridColumn = { name, title: title_of(info), doc: `${info.name}: ${info.doc}`, number, text };
    if (name === 'name') column.wide = true;
    if (name === 'type') column.color = swatches.type;
    if (name === 'precision') column.color = swatches.precision;
    if (name === 'share' && largest_share > 0) column.part = (row) => (layers.number('share', row) || 0) / largest_share;
    if (name === 'efficiency') column.part = (row) => layers.number('efficiency', row) || 0;
    if (name === 'findings') column.text = (row) => (layers.number('findings', row) ? text(row) : '');
    return [column];
  });
}
