// What may be grouped by, and what is summed.

// SPDX-License-Identifier: Apache-2.0
import type { ColumnInfo } from '../../core/types';

export const measures = ['time_ms', 'recoverable_ms', 'count', 'io_bytes', 'weights_bytes', 'macs'];
export const aggregates = [
  'sum:time_ms', 'sum:share', 'sum:recoverable_ms', 'mean:efficiency', 'sum:io_bytes', 'sum:weights_bytes', 'sum:macs',
];

const useful = ['type', 'precision', 'scope', 'tactic_base', 'bound', 'output_precision', 'subtype', 'tensor_core', 'origin'];
const useless = new Set(['name', 'metadata', 'tactic_value', 'work_reason']);

// Columns of words, the useful ones first.
export function groupable(columns: readonly ColumnInfo[]): string[] {
  const words = columns.filter(({ type, name }) => (type === 'text' || type === 'bool') && !useless.has(name)).map(({ name }) => name);
  return [...useful.filter((name) => words.includes(name)), ...words.filter((name) => !useful.includes(name))];
}
