// The nodes of the model and the layers made of them, for both lists.

// SPDX-License-Identifier: Apache-2.0
import type { Columns } from '../../core/table';
import type { Frame } from '../charts/kit/frame';

export interface SourceOps {
  names: string[];
  time_ms: number[]; // of all its layers, by op; NaN: unknown
  layers: number[][]; // rows, by op
  of_layer: Map<number, number[]>; // ops, by layer row
}

export function source_ops(table: Columns): SourceOps {
  const names = Array.from({ length: table.rows }, (_, op) => table.text('name', op) ?? '–');
  const layers = names.map((_, op) => table.list_of('layers', op) as number[]);
  const of_layer = new Map<number, number[]>();
  layers.forEach((rows, op) => {
    for (const row of rows) {
      const list = of_layer.get(row);
      if (list) list.push(op);
      else of_layer.set(row, [op]);
    }
  });
  const time_ms = names.map((_, op) => table.number('time_ms', op));
  return { names, time_ms, layers, of_layer };
}

// Operations whose name has every word of the search, in any case.
export function found_ops(ops: SourceOps, search: string): number[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return ops.names.flatMap((name, op) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word)) ? [op] : [];
  });
}

// The time stands for all layers that name the node: a fused layer's time belongs to all its nodes.
export function ops_frame(ops: SourceOps, kept: readonly number[]): Frame {
  const shared = (op: number) => ops.layers[op].reduce((most, row) => Math.max(most, ops.of_layer.get(row)!.length), 0);
  return {
    rows: kept.length,
    columns: [
      { name: 'name', title: 'node of the model', texts: kept.map((op) => ops.names[op]) },
      { name: 'layers', title: 'layers', unit: '', values: kept.map((op) => ops.layers[op].length) },
      { name: 'time_ms', title: 'time of these layers', unit: 'ms', values: kept.map((op) => ops.time_ms[op]) },
      { name: 'fused', title: 'nodes in the largest', unit: '', values: kept.map((op) => (ops.layers[op].length > 0 ? shared(op) : NaN)) },
    ],
    layers: (row) => ops.layers[kept[row]],
  };
}
