// N engines side by side as tables: totals with speed-ups, and milliseconds by type, precision, block.

// SPDX-License-Identifier: Apache-2.0
import type { Frame, NumberColumn } from '../charts/kit/frame';
import type { ByWord, Comparison } from './answers';
import { total_spec } from './totals';

const of_engine = ['engine', 'speedup', 'speedup_per_item', 'per_item_ms', 'batch'];

// A row an engine; columns without any value are left out.
export function many_totals(comparison: Comparison): Frame {
  const { totals } = comparison;
  const keys = Object.keys(totals[0] ?? {}).filter((key) => !of_engine.includes(key));
  const number = (key: string, title: string, unit: string): NumberColumn => ({
    name: key, title, unit, values: totals.map((row) => (typeof row[key] === 'number' ? (row[key] as number) : NaN)),
  });
  const columns = [
    number('speedup', 'speed-up', '×'),
    ...keys.map((key) => number(key, total_spec(key).label, total_spec(key).unit)),
    number('batch', 'batch', ''),
    number('per_item_ms', 'of one item', 'ms'),
  ];
  return {
    rows: totals.length,
    columns: [
      { name: 'engine', title: 'engine', texts: totals.map((row) => String(row.engine)) },
      ...columns.filter((column) => Array.from(column.values).some(Number.isFinite)),
    ],
  };
}

export const breakdowns = [
  { id: 'by_type', word: 'type', title: 'type' },
  { id: 'by_precision', word: 'precision', title: 'precision' },
  { id: 'by_scope', word: 'scope', title: 'block of the network' },
] as const;
export type Breakdown = (typeof breakdowns)[number]['id'];
export type MatrixValue = 'time_ms' | 'count';

export interface MatrixRow {
  word: string | null;
  values: number[]; // by engine; NaN unknown
}

export function matrix_rows(comparison: Comparison, by: Breakdown, value: MatrixValue): MatrixRow[] {
  const { word } = breakdowns.find((one) => one.id === by)!;
  return comparison[by].map((row: ByWord) => ({
    word: typeof row[word] === 'string' ? (row[word] as string) : null,
    values: ((row[value] as (number | null)[] | undefined) ?? []).map((v) => v ?? NaN),
  }));
}

export function matrix_frame(comparison: Comparison, by: Breakdown, value: MatrixValue): Frame {
  const rows = matrix_rows(comparison, by, value);
  const { word, title } = breakdowns.find((one) => one.id === by)!;
  return {
    rows: rows.length,
    columns: [
      { name: word, title, texts: rows.map((row) => row.word) },
      ...comparison.engines.map((engine, i) => ({
        name: `${value} ${engine.name}`, title: engine.label || engine.name, unit: value === 'time_ms' ? 'ms' : '', values: rows.map((row) => row.values[i]),
      })),
    ],
  };
}

// How far a cell is from the baseline's: below 1 faster. NaN: one of them is unknown or nothing.
export function against(row: MatrixRow, engine: number, baseline: number): number {
  const base = row.values[baseline];
  return base > 0 ? row.values[engine] / base : NaN;
}
